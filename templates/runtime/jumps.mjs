import { addCommand } from "./commands.mjs";

/** Places that are remembered. */
const MOST = 100;

/**
 * Backspace leads back to where somebody jumped from: by a link, a search, a number, the list of slides.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** @type {number[]} */
  let from = [];
  let last = deck.current;

  const follow = (/** @type {import("./deck.mjs").Slide} */ { index }, /** @type {string} */ by) => {
    if (by !== "edit" && last >= 0 && Math.abs(index - last) > 1) from = [...from.slice(1 - MOST), last];
    last = index;
  };
  const back = () => {
    const place = from.pop();
    if (place === undefined) return;
    last = place; // the way back is no jump
    deck.goto(place);
  };
  const removals = [
    addCommand("back", "Backspace", back),
    deck.on("changed", follow),
    deck.on("renewed", (/** @type {Map<number, number>} */ moved) => {
      from = from.flatMap((index) => moved.get(index) ?? []);
      last = moved.get(last) ?? -1;
    }),
  ];
  return () => removals.forEach((remove) => remove());
}
