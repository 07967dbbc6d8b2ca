/** Pixels by which something may stick out without being noticed. */
const SLACK = 4;
/** What has a fixed place on a slide, or is not part of its content. */
const APART = ".remark-slide-number, .slidegen-foot, .remark-slide-notes, .slidegen-ink, script, style, template, annotation, [hidden]";
/** Elements that form one picture. */
const PICTURES = "img, video, canvas, iframe, svg, object, embed";

/**
 * What extends beyond a slide's edge, or lies under its footer.
 * @typedef {object} Overflow
 * @property {"high" | "wide" | "foot"} kind too high, too wide, or under the footer
 * @property {number} pixels of the slide
 * @property {string} line `+N`: so many lines below the one where the slide starts
 * @property {string} cut what is cut off, of how much: `2/14 li`
 */

/**
 * Measures the step of a slide that is in the document.
 * @param {Element} container
 * @returns {Overflow[]} the largest of each kind
 */
export function overflowOf(container) {
  const slide = container.querySelector(".remark-slide-scaler"); // the slide in it grows with its content
  const content = container.querySelector(".remark-slide-content");
  if (!slide || !content) return [];
  slide.getBoundingClientRect(); // the first answer about a slide that is not shown may be older than its layout
  const edge = slide.getBoundingClientRect();
  const scale = edge.width / /** @type {HTMLElement} */ (slide).offsetWidth || 1;
  const foot = textBoxes(container.querySelector(".slidegen-foot"));
  /** @type {Map<string, { kind: "high" | "wide" | "foot", over: number, first: Element, all: Element[] }>} */
  const worst = new Map();
  const note = (/** @type {"high" | "wide" | "foot"} */ kind, /** @type {number} */ over, /** @type {Element} */ element) => {
    if (over <= SLACK) return;
    const known = worst.get(kind);
    if (!known) worst.set(kind, { kind, over, first: element, all: [element] });
    else {
      known.over = Math.max(known.over, over);
      known.all.push(element);
    }
  };
  for (const { box, element, free } of boxesIn(content)) {
    const seen = clipped(box, element, content);
    const across = Math.max(seen.right - edge.right, edge.left - seen.left) / scale;
    const down = Math.max(seen.bottom - edge.bottom, edge.top - seen.top) / scale;
    if (!free) {
      note("high", down, element);
      note("wide", across, element);
    }
    note("high", seen.cutDown / scale, element);
    note("wide", seen.cutAcross / scale, element);
    for (const line of foot) {
      const deep = Math.min(seen.bottom - line.top, line.bottom - seen.top) / scale;
      const broad = Math.min(seen.right, line.right) - Math.max(seen.left, line.left);
      if (broad > SLACK && !free) note("foot", deep, element);
    }
  }
  return [...worst.values()].map(({ kind, over, first, all }) => ({
    kind,
    pixels: Math.round(over),
    line: first.closest("[data-line^='+']")?.getAttribute("data-line") ?? "+0",
    cut: kind === "wide" ? "" : cutOff(first, all),
  }));
}

/**
 * The boxes of a slide's content: lines of text, and pictures.
 * @param {Element} content
 * @returns {Generator<{ box: DOMRect, element: Element, free: boolean }>}
 */
function* boxesIn(content) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue?.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
    return /** @type {Element} */ (node).matches(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = /** @type {Element} */ (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
    if (node !== element) range.selectNodeContents(node);
    else if (!element.matches(PICTURES) || element.parentElement?.closest("svg")) continue;
    const boxes = node === element ? [element.getBoundingClientRect()] : range.getClientRects();
    if (!boxes.length || !isSeen(element)) continue;
    const free = node === element && isFree(element, content);
    for (const box of boxes) if (box.width > 1 && box.height > 1) yield { box, element, free };
  }
}

/** @param {Element} element */
function isSeen(element) {
  const style = getComputedStyle(element);
  if (style.visibility === "hidden" && !element.closest(".remark-slide-container:not(.remark-visible)")) return false;
  for (let at = /** @type {Element | null} */ (element); at && !at.matches(".remark-slide-content"); at = at.parentElement) {
    if (getComputedStyle(at).opacity === "0") return false;
  }
  return true;
}

/**
 * Whether a picture's author has positioned it, and may want it to extend beyond the edge.
 * @param {Element} element
 * @param {Element} content
 */
function isFree(element, content) {
  for (let at = /** @type {Element | null} */ (element); at && at !== content; at = at.parentElement) {
    if (["absolute", "fixed"].includes(getComputedStyle(at).position)) return true;
  }
  return false;
}

/**
 * The part of a box that boxes around it leave visible, and how far it extends beyond what scrolls.
 * @param {DOMRect} box
 * @param {Element} element
 * @param {Element} content
 */
function clipped(box, element, content) {
  let { left, right, top, bottom } = box;
  let [cutDown, cutAcross] = [0, 0];
  for (let at = /** @type {Element | null} */ (element); at && at !== content; at = at.parentElement) {
    const { overflowX, overflowY, display } = getComputedStyle(at);
    if (display === "inline" || (overflowX === "visible" && overflowY === "visible")) continue;
    const around = at.getBoundingClientRect();
    if (overflowY !== "visible") {
      if (at.matches("pre, pre *, .remark-code")) cutDown = Math.max(cutDown, bottom - around.bottom);
      [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
    }
    if (overflowX !== "visible") {
      if (at.matches("pre, pre *, .remark-code")) cutAcross = Math.max(cutAcross, right - around.right);
      [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
    }
  }
  return { left, right, top, bottom, cutDown, cutAcross };
}

/**
 * The boxes of the lines of text in an element.
 * @param {Element | null} element
 */
function textBoxes(element) {
  if (!element) return [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const found = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.nodeValue?.trim()) continue;
    range.selectNodeContents(walker.currentNode);
    found.push(...range.getClientRects());
  }
  return found;
}

/**
 * How many items of a list, rows of a table or lines of code are cut off: `2/14 li`.
 * @param {Element} first
 * @param {Element[]} all
 */
function cutOff(first, all) {
  for (const part of ["li", "tr", ".remark-code-line"]) {
    const item = first.closest(part);
    const list = item?.parentElement;
    if (!item || !list) continue;
    const items = [...(part === "tr" ? /** @type {Element} */ (item.closest("table")).querySelectorAll("tr") : list.children)];
    const cut = items.filter((each) => all.some((element) => each.contains(element)));
    return `${cut.length}/${items.length} ${part.replace(".remark-code-line", "line")}`;
  }
  return "";
}
