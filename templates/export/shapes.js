/*
 * A slide as shapes of a presentation, in reading order: paragraphs with their runs, code, tables, formulas
 * and figures, each at its place in slide pixels. Marks what it has taken, so that it can be hidden.
 */
(index) => {
  const page = document.querySelectorAll("div.remark-slide-container")[index];
  const scaler = page.querySelector(".remark-slide-scaler");
  const origin = scaler.getBoundingClientRect();
  const shapes = [];
  const number = (element) => Number(element.getAttribute("lang")?.match(/-x-n(\d+)$/)?.[1] ?? 0);
  const box = ({ left, top, right, bottom }) => [left - origin.left, top - origin.top, right - left, bottom - top];
  const PICTURES = "img, svg, video, audio, canvas, iframe, object, embed, [role=img]";
  const isHidden = (element, style) => style.display === "none" || style.visibility === "hidden" || element.matches(".remark-slide-notes, .slidegen-copy, template, style, script");
  const alignment = ({ direction, textAlign }) => {
    const [start, end] = direction === "rtl" ? ["r", "l"] : ["l", "r"];
    return { center: "ctr", left: "l", right: "r", end, justify: "just" }[textAlign] ?? start;
  };
  const isInline = (style) => /^(inline|ruby|contents)/.test(style.display) && !/flex|grid|table/.test(style.display);
  const opacity = (element) => {
    let found = 1;
    for (let each = element; each && each !== page; each = each.parentElement) found *= Number(getComputedStyle(each).opacity);
    return found;
  };
  const colour = (text) => {
    const found = text.match(/[\d.]+/g)?.map(Number);
    if (/^rgba?\(/.test(text)) return [...found.slice(0, 3).map(Math.round), found[3] ?? 1];
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  /** By how much the page enlarges an element: computed sizes leave that out, places do not. */
  const zoom = (element) => element.currentCSSZoom ?? 1;
  const pixels = (text) => parseFloat(text) || 0;
  const families = (window.slidegenFamilies ??= new Map());
  const format = (element) => {
    const style = getComputedStyle(element);
    const family = `${style.fontFamily}|${Number(style.fontWeight) >= 600}|${style.fontStyle !== "normal"}`;
    const says = (each) => [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!families.has(family) || (says(element) && !says(families.get(family)))) families.set(family, element);
    const link = element.closest("a[href]");
    const raised = element.closest("sup") ? 30 : element.closest("sub") ? -25 : 0;
    const [red, green, blue, alpha] = colour(style.color);
    return {
      family: [...families.keys()].indexOf(family),
      size: parseFloat(style.fontSize) * zoom(element) * (raised ? 1 / 0.66 : 1),
      spacing: pixels(style.letterSpacing) * zoom(element),
      bold: Number(style.fontWeight) >= 600,
      italic: style.fontStyle !== "normal",
      underline: style.textDecorationLine.includes("underline") || Boolean(link && getComputedStyle(link).textDecorationLine.includes("underline")),
      strike: style.textDecorationLine.includes("line-through") || Boolean(element.closest("del, s")),
      colour: [red, green, blue],
      alpha: alpha * opacity(element),
      link: link?.getAttribute("href") ?? "",
      raised,
      upper: style.textTransform === "uppercase",
    };
  };
  const take = (element) => element.setAttribute("data-taken", "");
  const picture = (element) => {
    const found = box(element.getBoundingClientRect());
    if (found[2] < 1 || found[3] < 1) return;
    element.setAttribute("data-figure", "");
    shapes.push({ kind: "picture", box: found, token: number(element) });
  };
  /** The runs of inline content; formulas and pictures are placeholders. */
  const runs = (nodes, isCode) => {
    const made = [];
    const add = (text, element) => {
      if (!text) return;
      take(element);
      const own = format(element);
      const last = made[made.length - 1];
      if (own.upper) text = text.toUpperCase();
      const isSame = last && !last.token && !last.room && JSON.stringify({ ...last, text: "" }) === JSON.stringify({ ...own, text: "", token: 0, room: 0 });
      if (isSame) last.text += text;
      else made.push({ ...own, text, token: 0, room: 0 });
    };
    /** Leaves room after what stands there already, as the edges of an element in the line do. */
    const leave = (element, style, side) => {
      const room = ["padding", "margin"].reduce((sum, kind) => sum + pixels(style[kind + side]), pixels(style[`border${side}Width`])) * zoom(element);
      const last = made[made.length - 1];
      if (!last?.text || isCode || Math.abs(room) < 0.5 || !isInline(style)) return;
      const letter = last.text.match(/.$/su)?.[0] ?? "";
      if (last.text.length > letter.length) {
        last.text = last.text.slice(0, -letter.length);
        made.push({ ...last, text: letter, room });
      } else last.room += room;
    };
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const keeps = isCode || getComputedStyle(node.parentElement).whiteSpace.startsWith("pre");
        add(keeps ? node.data : node.data.replace(/[ \t\n\r]+/g, " "), node.parentElement);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        const style = getComputedStyle(node);
        if (isHidden(node, style)) return;
        if (node.localName === "br") add("\n", node.parentElement);
        else if (node.matches("math")) {
          made.push({ ...format(node), text: "", token: number(node), room: 0 });
          take(node);
        } else if (node.matches(PICTURES) || node.matches("input, button")) picture(node);
        else {
          leave(node, style, "Left");
          for (const child of node.childNodes) walk(child);
          leave(node, style, "Right");
        }
      }
    };
    nodes.forEach(walk);
    return made;
  };
  const trimmed = (made) => {
    for (const [at, run] of made.entries()) {
      if (run.token) continue;
      if (at === 0 || /\s$/.test(made[at - 1].text)) run.text = run.text.replace(/^[ ]+/, "");
      if (at === made.length - 1) run.text = run.text.replace(/\s+$/, "");
    }
    return made.filter((run) => run.text || run.token);
  };
  const edges = (element, style) => ["Left", "Right"].map((side) => (pixels(style[`padding${side}`]) + pixels(style[`border${side}Width`])) * zoom(element));
  const lineHeightOf = (element, style) => (parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.2) * zoom(element);
  const textsOf = (nodes) => {
    const found = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) found.push(node);
      else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(`math, ${PICTURES}`)) node.childNodes.forEach(walk);
    };
    nodes.forEach(walk);
    return found;
  };
  const paragraph = (parent, nodes, bullet) => {
    const made = trimmed(runs(nodes, false));
    if (!made.length) return;
    const style = getComputedStyle(parent);
    const range = document.createRange();
    range.setStartBefore(nodes[0]);
    range.setEndAfter(nodes[nodes.length - 1]);
    const rect = range.getBoundingClientRect();
    const outer = parent.getBoundingClientRect();
    const [left, right] = edges(parent, style);
    const isFlow = isInline(style) || outer.width < rect.width;
    const kind = /^H[1-6]$/.test(parent.tagName) ? "heading" : "text";
    const texts = textsOf(nodes);
    const letters = texts.map((text) => {
      const own = document.createRange();
      own.setStart(text, text.data.search(/\S/));
      own.setEnd(text, text.data.search(/\S/) + 1);
      return own.getBoundingClientRect();
    });
    const areLinesAlike = !made.some((run) => run.text.includes("\n"));
    const lineHeight = Math.max(lineHeightOf(parent, style), ...(areLinesAlike ? texts : []).map(({ parentElement }) => lineHeightOf(parentElement, getComputedStyle(parentElement))));
    const count = Math.max(1, Math.round(rect.height / lineHeight));
    const middle = (rect.top + rect.bottom) / 2;
    const height = Math.max(rect.height, count * lineHeight);
    const align = alignment(style);
    // Lines of even length end where they end; in a box as wide as the longest, others end them there, too.
    const isTight = isFlow || (count > 1 && ["balance", "pretty"].includes(style.textWrapStyle));
    const start = isFlow || (isTight && align !== "l") ? rect.left : outer.left + left;
    const first = align === "l" && !bullet && letters.length && made[0].text ? letters[0].left - start : 0;
    if (bullet) (parent.closest("li") ?? parent).setAttribute("data-bullet", "");
    shapes.push({
      kind,
      first,
      bulletColour: bullet ? colour(getComputedStyle(parent.closest("li") ?? parent, "::marker").color).slice(0, 3) : null,
      box: box({
        left: start,
        right: isTight ? rect.right : outer.right - right,
        top: middle - height / 2,
        bottom: middle + height / 2,
      }),
      runs: made,
      align,
      lineHeight,
      lines: count,
      wraps: count > 1,
      lead: letters.length ? (lineHeight - Math.max(...letters.map((each) => each.height))) / 2 : 0,
      level: kind === "heading" ? Number(parent.tagName[1]) : 0,
      bullet: bullet ?? "",
      rtl: style.direction === "rtl",
      pagination: Boolean(parent.closest(".remark-slide-number, .slidegen-foot > .footer")),
      token: number(parent),
    });
  };
  const bulletOf = (item) => {
    const list = item.parentElement;
    const type = getComputedStyle(item).listStyleType;
    if (type === "none" || !list) return "";
    if (list.localName === "ol") {
      const at = [...list.children].indexOf(item) + (Number(list.getAttribute("start")) || 1);
      const kind = { "lower-alpha": "alphaLcPeriod", "upper-alpha": "alphaUcPeriod", "lower-roman": "romanLcPeriod", "upper-roman": "romanUcPeriod" }[type] ?? "arabicPeriod";
      return `${kind} ${at}`;
    }
    return { circle: "◦", square: "▪" }[type] ?? "•";
  };
  const table = (element) => {
    const rows = [...element.rows].filter((row) => row.getBoundingClientRect().height > 0);
    const cells = rows.map((row) =>
      [...row.cells].map((cell) => {
        const style = getComputedStyle(cell);
        const [red, green, blue, alpha] = colour(style.backgroundColor);
        return {
          runs: trimmed(runs([...cell.childNodes], false)),
          box: box(cell.getBoundingClientRect()),
          columns: cell.colSpan,
          rows: cell.rowSpan,
          align: alignment(style),
          padding: [style.paddingLeft, style.paddingTop, style.paddingRight, style.paddingBottom].map((each) => pixels(each) * zoom(cell)),
          fill: alpha > 0.05 ? [red, green, blue] : null,
        };
      }),
    );
    if (!cells.length) return;
    shapes.push({ kind: "table", box: box(element.getBoundingClientRect()), cells, heights: rows.map((row) => row.getBoundingClientRect().height), token: number(element), head: Boolean(element.tHead || element.querySelector("th")), rtl: getComputedStyle(element).direction === "rtl" });
  };
  const code = (element) => {
    const inner = element.querySelector("code") ?? element;
    const lines = [...inner.querySelectorAll(".remark-code-line")];
    const made = [];
    if (lines.length) {
      for (const [at, line] of lines.entries()) {
        const own = runs([...line.childNodes], true).map((run) => ({ ...run, text: run.text.replace(/\n/g, "") })).filter((run) => run.text);
        if (at) made.push({ ...format(line), text: "\n", token: 0, room: 0 });
        made.push(...own);
      }
    } else made.push(...runs([...inner.childNodes], true));
    const style = getComputedStyle(inner);
    const rect = inner.getBoundingClientRect();
    const [left, right] = edges(inner, style);
    const text = document.createRange();
    text.selectNodeContents(lines[0] ?? inner);
    const letters = [...text.getClientRects()].map((each) => each.height).filter((each) => each > 0);
    const top = (pixels(style.paddingTop) + pixels(style.borderTopWidth)) * zoom(inner);
    const lineHeight = lineHeightOf(lines[0] ?? inner, getComputedStyle(lines[0] ?? inner));
    if (made.length) shapes.push({ kind: "code", box: box({ left: rect.left + left, right: rect.right - right, top: rect.top + top, bottom: rect.bottom }), runs: made, align: "l", lineHeight, lines: lines.length || 1, wraps: lines.some((each) => each.getBoundingClientRect().height > lineHeight * 1.5), level: 0, bullet: "", rtl: false, pagination: false, token: number(element), lead: letters.length ? Math.max(0, (lineHeight - Math.min(...letters)) / 2) : 0, hanging: lines[0] ? pixels(getComputedStyle(lines[0]).paddingLeft) * zoom(lines[0]) : 0 });
  };
  const walk = (element, bullet) => {
    let run = [];
    let mark = bullet;
    const end = () => {
      if (run.some((node) => node.nodeType === Node.ELEMENT_NODE || node.data.trim())) {
        paragraph(element, run, mark);
        mark = "";
      }
      run = [];
    };
    for (const child of [...element.childNodes]) {
      if (child.nodeType === Node.TEXT_NODE) {
        run.push(child);
        continue;
      }
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      const style = getComputedStyle(child);
      if (isHidden(child, style)) continue;
      const isBlock = !isInline(style) || /absolute|fixed/.test(style.position) || style.float !== "none";
      if (!isBlock && !child.querySelector("p, ul, ol, table, pre, h1, h2, h3, h4, h5, h6, blockquote, div:not(.remark-code-line)")) {
        run.push(child);
        continue;
      }
      end();
      if (child.matches("math")) {
        take(child);
        shapes.push({ kind: "formula", box: box(child.getBoundingClientRect()), token: number(child), runs: [{ ...format(child), text: "", token: number(child), room: 0 }], align: "ctr", lineHeight: 0, lines: 1, wraps: false, level: 0, bullet: "", rtl: false, pagination: false });
      } else if (child.matches(PICTURES)) picture(child);
      else if (child.matches("table")) table(child);
      else if (child.matches("pre")) code(child);
      else if (child.matches("li")) walk(child, bulletOf(child));
      else {
        walk(child, mark);
        if (child.matches("p")) mark = "";
      }
    }
    end();
  };
  const content = page.querySelector(".remark-slide-content");
  walk(content, "");
  return { shapes };
};
