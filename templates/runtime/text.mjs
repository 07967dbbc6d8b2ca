/** Elements whose text is not the slide's own. */
const UNREAD = "script, style, template, annotation, button, .remark-slide-number, .slidegen-foot > .footer, [aria-hidden=true]";
/** Elements that do not interrupt text. */
const INLINE = "a, abbr, b, bdi, cite, code:not(pre > *), del, em, i, kbd, mark, q, s, small, span, strong, sub, sup, u";
const BLOCK = `:not(${INLINE})`;

/**
 * The text of an element as people read it.
 * @typedef {object} Text
 * @property {string} text with a line break between blocks
 * @property {string} folded the same, as it is compared
 * @property {{ node: Text, at: number }[]} parts the text nodes, and where in the text they begin
 */

/**
 * @param {Element} element
 * @returns {any}
 */
export function readText(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const parts = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = /** @type {any} */ (walker.currentNode);
    if (!node.data.trim() || node.parentElement.closest(UNREAD)) continue;
    const around = node.parentElement.closest(BLOCK);
    if (text && around !== block) text += "\n";
    block = around;
    parts.push({ node, at: text.length });
    text += node.data;
  }
  return { text, folded: fold(text), parts };
}

/**
 * What a slide is called in lists: its title, else how it begins, or what its first picture shows.
 * @param {import("./deck.mjs").Slide} slide
 * @returns {string}
 */
export function titleOf({ title, name, steps: { content } }) {
  return title || readText(content).text.slice(0, 90).trim() || content.querySelector("img")?.alt || name || "…";
}

/**
 * Text for comparison, of the same length: without case and accents, with spaces for white space.
 * @param {string} text
 */
export function fold(text) {
  return text
    .replace(/\s/g, " ")
    .replace(/[\u00c0-\u0fff\u1e00-\u1fff]/g, (letter) => letter.normalize("NFD")[0])
    .toLowerCase();
}

/**
 * Where a query occurs in a text.
 * @param {{ folded: string }} read
 * @param {string} query
 */
export function placesOf({ folded }, query) {
  const wanted = fold(query);
  const places = [];
  for (let at = folded.indexOf(wanted); wanted.trim() && at >= 0; at = folded.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}

/**
 * A part of a text in the document.
 * @param {{ parts: { node: any, at: number }[] }} read
 * @param {number} at
 * @param {number} length
 */
export function rangeOf({ parts }, at, length) {
  const holding = (/** @type {number} */ place) => parts.findLast((part) => part.at <= place) ?? parts[0];
  const range = document.createRange();
  const first = holding(at);
  const last = holding(at + length - 1);
  range.setStart(first.node, Math.min(at - first.at, first.node.length));
  range.setEnd(last.node, Math.min(at + length - last.at, last.node.length));
  return range;
}
