import { listen } from "./events.mjs";
import { isReading } from "./focus.mjs";

/**
 * On paper every slide is at its last step, the one on the screen too, and none is hidden from style sheets that
 * have a rule of their own for what is.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** @type {HTMLElement[]} */
  let hidden = [];
  const before = () => {
    deck.slide?.steps.reset();
    hidden = deck.slides.map((slide) => slide.steps.container).filter((container) => container.hidden);
    for (const container of hidden) container.hidden = false;
  };
  const after = () => {
    if (!isReading()) deck.slide?.steps.show(deck.slide.step);
    for (const container of hidden) container.hidden = /** @type {any} */ ("until-found");
  };
  const removals = [listen(window, "beforeprint", before), listen(window, "afterprint", after)];
  return () => removals.forEach((remove) => remove());
}
