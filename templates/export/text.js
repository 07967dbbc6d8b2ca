/*
 * The text of the visible slides, as blocks in reading order. A formula is represented by the number of
 * its mark between two private use characters, a picture by its alternative text.
 */
() => {
  const INLINE = new Set(["a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "data", "dfn", "em", "i", "img", "input", "kbd", "label", "mark", "math", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "wbr", "del", "ins"]);
  const PICTURES = "img, svg, video, audio, canvas, iframe, object, embed";
  const number = (element) => element.getAttribute("lang")?.match(/-x-n(\d+)$/)?.[1];
  const isHidden = (element) =>
    element.matches(".remark-slide-number, .slidegen-foot > .footer, template, style, script, .slidegen-copy, [aria-hidden=true]") ||
    (getComputedStyle(element).display === "none" && !element.matches(".remark-slide-notes, .remark-slide-notes *"));
  const inline = (node, plain) => {
    if (node.nodeType === Node.TEXT_NODE) return plain ? node.data : node.data.replace(/\s+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || isHidden(node)) return "";
    if (node.matches("math")) return `\uE000${number(node)}\uE001`;
    if (node.matches(PICTURES)) return `\uE002${number(node)}\uE001`;
    if (node.localName === "br") return "\n";
    if (node.matches("input[type=checkbox]")) return node.checked ? "[x] " : "[ ] ";
    const text = [...node.childNodes].map((each) => inline(each, plain)).join("");
    if (node.matches("a[href]") && !node.getAttribute("href").startsWith("#")) return `\uE003${text}\uE004${node.getAttribute("href")}\uE001`;
    return text;
  };
  const blocks = (parent, into, depth, quote) => {
    let run = "";
    let label = "";
    const end = (kind = "text") => {
      const text = run.replace(/[ \t]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
      if (text) into.push({ kind: label ? "item" : kind, text: text, level: depth, label, quote });
      run = "";
      label = "";
    };
    if (parent.localName === "li") {
      const list = parent.parentElement;
      const index = [...list.children].indexOf(parent) + (Number(list.getAttribute("start")) || 1);
      label = list.localName === "ol" ? `${index}.` : "-";
    }
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) run += child.data.replace(/\s+/g, " ");
      if (child.nodeType !== Node.ELEMENT_NODE || isHidden(child)) continue;
      const tag = child.localName;
      const isBlock = !INLINE.has(tag) && !child.matches(PICTURES);
      if (!isBlock && !child.querySelector("p, div:not(.remark-code-line), ul, ol, table, pre")) {
        run += inline(child);
        continue;
      }
      if (parent.localName === "li" && tag === "p" && label) {
        run += inline(child);
        end();
        continue;
      }
      end();
      if (/^h[1-6]$/.test(tag)) into.push({ kind: "heading", text: inline(child).trim(), level: Number(tag[1]), label: "", quote });
      else if (tag === "pre") {
        const lines = child.querySelectorAll(".remark-code-line");
        const text = lines.length ? [...lines].map((line) => line.textContent.replace(/\n$/, "")).join("\n") : child.textContent;
        into.push({ kind: "code", text: text.replace(/\n+$/, ""), level: depth, label: "", quote });
      } else if (tag === "table") {
        for (const [at, row] of [...child.rows].entries()) {
          const cells = [...row.cells].map((cell) => inline(cell).replace(/\s+/g, " ").trim());
          into.push({ kind: "row", text: cells.join(" | "), level: at, label: "", quote });
        }
      } else if (tag === "blockquote") blocks(child, into, depth, true);
      else if (tag === "ul" || tag === "ol") for (const item of child.children) blocks(item, into, depth + (parent.localName === "li" ? 1 : 0), quote);
      else blocks(child, into, depth, quote);
    }
    end();
    return into;
  };
  return [...document.querySelectorAll("div.remark-slide-container")].map((page) => ({
    slide: blocks(page.querySelector(".remark-slide-content"), [], 0, false),
    notes: blocks(page.querySelector(".remark-slide-notes") ?? document.createElement("div"), [], 0, false),
  }));
};
