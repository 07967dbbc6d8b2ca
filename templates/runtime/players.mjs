// For slides with: iframe
/** What the players of YouTube and of Vimeo understand; others take no notice. */
const PAUSE = ['{"event":"command","func":"pauseVideo","args":""}', '{"method":"pause"}'];

/**
 * Films in frames stop when their slide is left, as others do.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  let shown = deck.slide?.steps;
  return deck.on("changed", () => {
    const left = shown;
    shown = deck.slide.steps;
    if (left === shown) return;
    for (const frame of left?.container.querySelectorAll("iframe") ?? []) {
      for (const message of PAUSE) frame.contentWindow?.postMessage(message, "*");
    }
  });
}
