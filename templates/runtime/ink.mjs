import { listen } from "./events.mjs";
import { keep, recall } from "./storage.mjs";

/** @typedef {import("./shapes.mjs").Stroke} Stroke */

/** Milliseconds between a change and saving it. */
const SOON = 300;
/** Where a page without a server keeps its drawings; tools.mjs looks there, too. */
const NAME = `ink ${location.pathname}`;

/**
 * Saves drawings: with the server, which writes them beside the deck, or in the browser. Slides are identified by
 * their names or titles, so that drawings find theirs again after the deck has changed.
 * @param {import("./deck.mjs").Deck} deck
 * @param {import("./strokes.mjs").Strokes} strokes
 * @param {boolean} live whether a server keeps them
 */
export function keepInk(deck, strokes, live) {
  /** Saved drawings of slides that have not been in the deck so far. @type {Map<string, Stroke[]>} */
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
    /** All drawings, as the text of a file beside the deck. */
    file: () => JSON.stringify(inkOf(deck, strokes, waiting)),
    stop: () => removals.forEach((remove) => remove()),
  };
}

/**
 * The key of each slide, by its first step: its name, else its title, with a number if it is repeated.
 * `render/slide_keys.py` uses the same keys.
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
