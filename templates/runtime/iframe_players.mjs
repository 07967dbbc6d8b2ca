// For slides with: iframe
/** Commands that the players of YouTube and of Vimeo understand; others ignore them. */
const PAUSE = ['{"event":"command","func":"pauseVideo","args":""}', '{"method":"pause"}'];

/**
 * Stops videos in frames when their slide is left, like other videos.
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
