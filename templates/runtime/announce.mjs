import { make } from "./make.mjs";

/** What is read of no slide: formulas' sources, code of the page, and the number, which its label has. */
const UNREAD = "annotation, script, style, .remark-slide-number";

/**
 * Tells people who do not see the slide what has changed when they change it: the focus moves to the new slide,
 * which makes a screen reader say its label; of a step, what has come is said. What comes from another window or
 * from an edit is left unsaid, and whoever has the focus keeps it.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const status = make("div", { class: "slidegen-status", role: "status" });
  let before = deck.slide;
  let text = before ? textOf(before.steps.content) : "";

  const follow = (/** @type {import("./deck.mjs").Slide} */ slide, /** @type {string} */ by) => {
    const stays = slide.steps === before?.steps;
    const now = textOf(slide.steps.content);
    const news = stays ? added(text, now) : "";
    before = slide;
    text = now;
    status.textContent = "";
    if (by !== "here" || document.querySelector("dialog:modal")) return;
    const { container } = slide.steps;
    const { activeElement } = document;
    if (stays) status.textContent = news;
    else if (activeElement && activeElement !== document.body && !deck.area.contains(activeElement)) {
      status.textContent = container.getAttribute("aria-label"); // a button pressed again and again keeps the focus
    } else {
      container.tabIndex = -1;
      container.focus({ preventScroll: true });
    }
  };

  document.body.append(status);
  const forget = deck.on("changed", follow);
  return () => {
    forget();
    status.remove();
  };
}

/** @param {Element} content */
function textOf(content) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Element) return node.matches(UNREAD) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return NodeFilter.FILTER_ACCEPT;
  });
  let text = "";
  while (walker.nextNode()) text += walker.currentNode.nodeValue;
  return text.replace(/\s+/g, " ").trim();
}

/**
 * What a text has between the beginning and the end that it shares with an earlier one.
 * @param {string} before
 * @param {string} now
 */
function added(before, now) {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === now.at(-1 - end)) end++;
  return now.slice(start, now.length - end).trim();
}
