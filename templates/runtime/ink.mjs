import { listen } from "./events.mjs";
import { keep, recall } from "./storage.mjs";

/** @typedef {import("./shapes.mjs").Stroke} Stroke */

/** Milliseconds after a change until it is kept. */
const SOON = 300;
/** Where a page that no server serves keeps its drawings; tools.mjs looks there, too. */
const NAME = `ink ${location.pathname}`;

/**
 * Keeps what is drawn: with the server, which writes it beside the deck, or in the browser. Slides are known by their
 * names or titles, so that drawings find theirs again when the deck has changed.
 * @param {import("./deck.mjs").Deck} deck
 * @param {import("./strokes.mjs").Strokes} strokes
 * @param {boolean} live whether a server keeps them
 */
export function keepInk(deck, strokes, live) {
  /** What is kept and belongs to no slide that was there so far. @type {Map<string, Stroke[]>} */
  let waiting = new Map();
  /** @type {Set<number>} */
  const changed = new Set();
  let timer = 0;

  const put = () => {
    clearTimeout(timer);
    const keys = slideKeys(deck);
    const all = [...changed].flatMap((slide) => (keys.has(slide) ? [{ slide: keys.get(slide), strokes: strokes.of(slide) }] : []));
    changed.clear();
    if (live) all.forEach((each) => deck.emit("keepInk", each));
    else if (all.length) keep("localStorage", NAME, inkOf(deck, strokes, waiting));
  };
  const note = (/** @type {number} */ slide) => {
    changed.add(slide);
    clearTimeout(timer);
    timer = window.setTimeout(put, SOON);
  };
  const place = () => {
    for (const [slide, key] of slideKeys(deck)) {
      const kept = waiting.get(key);
      if (kept && !strokes.of(slide).length) strokes.set(slide, 0, kept);
      waiting.delete(key);
    }
  };
  const take = (/** @type {unknown} */ ink) => {
    waiting = new Map(Object.entries(/** @type {any} */ (ink)?.slides ?? {}));
    place();
  };
  if (!live) take(recall("localStorage", NAME));
  const removals = [deck.on("ink", take), deck.on("renewed", place), listen(window, "pagehide", put), () => clearTimeout(timer)];
  return {
    note,
    /** All that was drawn, as the text of a file that stands beside the deck. */
    file: () => JSON.stringify(inkOf(deck, strokes, waiting)),
    stop: () => removals.forEach((remove) => remove()),
  };
}

/**
 * By the first step of each slide what it is known by: its name, else its title; the nth of the same title with a number.
 * `render/slide_keys.py` names them alike.
 * @param {import("./deck.mjs").Deck} deck
 */
export function slideKeys(deck) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Map<number, string>} */
  const keys = new Map();
  for (const slide of deck.slides) {
    if (slide.step) continue;
    const own = slide.name ? `#${slide.name}` : slide.title;
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    keys.set(slide.index, count > 1 || !own ? `${own} (${count})`.trim() : own);
  }
  return keys;
}

/**
 * @param {import("./deck.mjs").Deck} deck
 * @param {import("./strokes.mjs").Strokes} strokes
 * @param {Map<string, Stroke[]>} others
 */
function inkOf(deck, strokes, others) {
  const own = [...slideKeys(deck)].map(([slide, key]) => [key, strokes.of(slide)]).filter(([, list]) => list.length);
  return { version: 1, slides: Object.fromEntries([...others, ...own]) };
}
