import { onMessage, send, session } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { keep, recall } from "./storage.mjs";

const NAME = `timer ${session}`;

/** @typedef {{ elapsed: number, since: number | null }} Time milliseconds until `since`, the moment from which it runs */

/** @type {Time} */
let time = { elapsed: 0, since: null };

/** Milliseconds since the session began. */
export function elapsed() {
  return time.elapsed + (time.since === null ? 0 : Date.now() - time.since);
}

/** Whether the timer is running. */
export function isRunning() {
  return time.since !== null;
}

/**
 * The duration of the session, in all of its windows, with remark's `timer` options.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ timer?: { enabled?: boolean, startOnChange?: boolean, resetable?: boolean } }} options
 */
export function start(deck, slideshow, { timer = {} }) {
  if (timer.enabled === false) return () => {};
  time = recall("sessionStorage", NAME) ?? time;

  const take = (/** @type {Time} */ next) => {
    time = next;
    keep("sessionStorage", NAME, time);
    deck.emit("timer");
  };
  const tell = () => send({ kind: "timer", elapsed: elapsed(), running: isRunning() });
  const change = (/** @type {number} */ elapsed, /** @type {boolean} */ running) => {
    take({ elapsed, since: running ? Date.now() : null });
    tell();
  };
  const begin = (/** @type {unknown} */ _, /** @type {string} */ by) => {
    if (by === "here" && timer.startOnChange !== false && elapsed() === 0) change(0, true);
  };
  const removals = [
    addCommand("toggleTimer", "s", slideshow.toggleTimer),
    deck.on("changed", begin),
    deck.on("toggleTimer", () => change(elapsed(), !isRunning())),
    onMessage("timer", ({ elapsed, running }) => take({ elapsed, since: running ? Date.now() : null })),
    onMessage("hello", () => elapsed() && tell()),
  ];
  if (timer.resetable !== false) {
    removals.push(addCommand("resetTimer", "t", slideshow.resetTimer), deck.on("resetTimer", () => change(0, false)));
  }
  return () => removals.forEach((remove) => remove());
}

/**
 * A time in the deck's format, or as `%hours%:%minutes%:%seconds%`.
 * @param {number} milliseconds
 * @param {string | ((milliseconds: number) => string)} [format] `remark.create` may be given a function
 */
export function shownTime(milliseconds, format = "%hours%:%minutes%:%seconds%") {
  if (typeof format === "function") return format(milliseconds);
  const seconds = Math.floor(milliseconds / 1000);
  const parts = { hours: seconds / 3600, minutes: (seconds / 60) % 60, seconds: seconds % 60 };
  return Object.entries(parts).reduce((text, [name, value]) => text.replace(`%${name}%`, two(value)), format);
}

/** @param {number} value */
function two(value) {
  return String(Math.floor(value)).padStart(2, "0");
}
