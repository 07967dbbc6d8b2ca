// For slides with: .remark-code
/**
 * Lets the keyboard scroll what is wider than its box.
 * @param {Element} within
 * @param {string} selector
 */
export function reach(within, selector) {
  for (const each of within.querySelectorAll(selector)) {
    if (each.scrollWidth > each.clientWidth + 1) each.setAttribute("tabindex", "0");
  }
}

/**
 * Lets the keyboard scroll a listing with lines longer than its width.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const follow = () => reach(deck.slide.steps.content, ".remark-code");
  if (deck.slide) follow();
  return deck.on("changed", follow);
}
