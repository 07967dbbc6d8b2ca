import { addCommand } from "./commands.mjs";
import { isReading } from "./focus.mjs";

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
  /** Whether a step forward or back is under way, which is not a jump. */
  let steps = false;
  const { move } = deck;
  const stepping = (/** @type {() => void} */ act) => {
    steps = true;
    act();
    steps = false;
  };

  const follow = (/** @type {import("./deck.mjs").Slide} */ { index }, /** @type {string} */ by) => {
    const isFar = Math.abs(index - last) > 1; // all that is known of other windows, and of scrolling
    if (by !== "edit" && last >= 0 && (by === "here" && !isReading() ? !steps : isFar)) from = [...from.slice(1 - MOST), last];
    last = index;
  };
  const back = () => {
    const place = from.pop();
    if (place !== undefined) stepping(() => deck.goto(place)); // the way back is not a jump
  };
  deck.move = (by) => stepping(() => move.call(deck, by));
  const removals = [
    addCommand("back", "Backspace", back),
    deck.on("changed", follow),
    deck.on("renewed", (/** @type {Map<number, number>} */ moved) => {
      from = from.flatMap((index) => moved.get(index) ?? []);
      last = deck.current;
    }),
    () => (deck.move = move),
  ];
  return () => removals.forEach((remove) => remove());
}
