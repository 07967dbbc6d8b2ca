/*
 * What a slide shows as shapes of a presentation, in reading order: paragraphs with their runs, code, tables, formulas
 * and figures, each where the browser has put it, in pixels of the slide. Marks what it took, so that it can be hidden.
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
      size: parseFloat(style.fontSize) * (raised ? 1 / 0.66 : 1),
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
  /** Runs of what stands in a line; formulas and pictures are marks. */
  const runs = (nodes, isCode) => {
    const made = [];
    const add = (text, element) => {
      if (!text) return;
      take(element);
      const own = format(element);
      const last = made[made.length - 1];
      if (own.upper) text = text.toUpperCase();
      if (last && !last.token && JSON.stringify({ ...last, text: "" }) === JSON.stringify({ ...own, text: "" , token: 0})) last.text += text;
      else made.push({ ...own, text, token: 0 });
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
          made.push({ ...format(node), text: "", token: number(node) });
          take(node);
        } else if (node.matches(PICTURES) || node.matches("input, button")) picture(node);
        else for (const child of node.childNodes) walk(child);
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
  const edges = (style) => ["Left", "Right"].map((side) => parseFloat(style[`padding${side}`]) + parseFloat(style[`border${side}Width`]));
  const paragraph = (parent, nodes, bullet) => {
    const made = trimmed(runs(nodes, false));
    if (!made.length) return;
    const style = getComputedStyle(parent);
    const range = document.createRange();
    range.setStartBefore(nodes[0]);
    range.setEndAfter(nodes[nodes.length - 1]);
    const rect = range.getBoundingClientRect();
    const outer = parent.getBoundingClientRect();
    const [left, right] = edges(style);
    const isFlow = isInline(style) || outer.width < rect.width;
    const kind = /^H[1-6]$/.test(parent.tagName) ? "heading" : "text";
    const lines = [...range.getClientRects()].map((each) => each.height);
    const lineHeight = parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.2;
    const count = Math.max(1, Math.round(rect.height / lineHeight));
    const middle = (rect.top + rect.bottom) / 2;
    const height = Math.max(rect.height, count * lineHeight);
    shapes.push({
      kind,
      box: box({
        left: isFlow ? rect.left : outer.left + left,
        right: isFlow ? rect.right : outer.right - right,
        top: middle - height / 2,
        bottom: middle + height / 2,
      }),
      runs: made,
      align: { center: "ctr", right: "r", end: style.direction === "rtl" ? "l" : "r", justify: "just" }[style.textAlign] ?? (style.direction === "rtl" ? "r" : "l"),
      lineHeight,
      lines: count,
      wraps: count > 1,
      lead: Math.max(0, (lineHeight - Math.max(...lines.filter((each) => each <= lineHeight), 0)) / 2) % lineHeight,
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
          align: { center: "ctr", right: "r", end: "r" }[style.textAlign] ?? "l",
          padding: [style.paddingLeft, style.paddingTop, style.paddingRight, style.paddingBottom].map(parseFloat),
          fill: alpha > 0.05 ? [red, green, blue] : null,
        };
      }),
    );
    if (!cells.length) return;
    shapes.push({ kind: "table", box: box(element.getBoundingClientRect()), cells, heights: rows.map((row) => row.getBoundingClientRect().height), token: number(element), head: Boolean(element.tHead || element.querySelector("th")) });
  };
  const code = (element) => {
    const inner = element.querySelector("code") ?? element;
    const lines = [...inner.querySelectorAll(".remark-code-line")];
    const made = [];
    if (lines.length) {
      for (const [at, line] of lines.entries()) {
        const own = runs([...line.childNodes], true).map((run) => ({ ...run, text: run.text.replace(/\n/g, "") })).filter((run) => run.text);
        if (at) made.push({ ...format(line), text: "\n", token: 0 });
        made.push(...own);
      }
    } else made.push(...runs([...inner.childNodes], true));
    const style = getComputedStyle(inner);
    const rect = inner.getBoundingClientRect();
    const [left, right] = edges(style);
    const text = document.createRange();
    text.selectNodeContents(lines[0] ?? inner);
    const letters = [...text.getClientRects()].map((each) => each.height).filter((each) => each > 0);
    const top = parseFloat(style.paddingTop) + parseFloat(style.borderTopWidth);
    const lineHeight = (lines[0] && parseFloat(getComputedStyle(lines[0]).lineHeight)) || parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.2;
    if (made.length) shapes.push({ kind: "code", box: box({ left: rect.left + left, right: rect.right - right, top: rect.top + top, bottom: rect.bottom }), runs: made, align: "l", lineHeight, lines: lines.length || 1, wraps: true, level: 0, bullet: "", rtl: false, pagination: false, token: number(element), lead: letters.length ? Math.max(0, (lineHeight - Math.min(...letters)) / 2) : 0, hanging: lines[0] ? Math.max(0, parseFloat(getComputedStyle(lines[0]).paddingLeft)) : 0 });
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
        shapes.push({ kind: "formula", box: box(child.getBoundingClientRect()), token: number(child), runs: [{ ...format(child), text: "", token: number(child) }], align: "ctr", lineHeight: 0, lines: 1, wraps: false, level: 0, bullet: "", rtl: false, pagination: false });
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
