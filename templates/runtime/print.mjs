/**
 * On paper every slide is at its last step, the one on the screen too.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const before = () => deck.slide?.steps.reset();
  const after = () => deck.slide?.steps.show(deck.slide.step);
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
  };
}
