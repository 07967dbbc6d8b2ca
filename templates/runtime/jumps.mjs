import { addCommand } from "./commands.mjs";

/** How many places to remember. */
const MOST = 100;

/**
 * Backspace returns from a jump: a link, a search, a number, the list of slides.
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
    last = place; // the way back is not a jump
    deck.goto(place);
  };
  const removals = [
    addCommand("back", "Backspace", back),
    deck.on("changed", follow),
    deck.on("renewed", (/** @type {Map<number, number>} */ moved) => {
      from = from.flatMap((index) => moved.get(index) ?? []);
      last = deck.current;
    }),
  ];
  return () => removals.forEach((remove) => remove());
}
