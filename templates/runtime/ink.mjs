import { listen } from "./events.mjs";
import { keep, recall } from "./storage.mjs";

/** @typedef {import("./shapes.mjs").Stroke} Stroke */

/** Milliseconds between a change and saving it. */
const SOON = 300;
/** Where a page without a server keeps its drawings; tools.mjs looks there, too. */
const NAME = `ink ${location.pathname}`;

/**
 * Saves drawings in the browser, unless a server writes them beside the deck. Slides are identified by their names or
 * titles, so that drawings find theirs again after the deck has changed.
 * @param {import("./deck.mjs").Deck} deck
 * @param {import("./strokes.mjs").Strokes} strokes
 * @param {boolean} live whether a server keeps them
 */
export function keepInk(deck, strokes, live) {
  /** What was saved. @type {{ slides?: Record<string, Stroke[]>, gone?: Record<string, Record<string, number>> }} */
  let saved = {};
  let timer = 0;

  const put = () => {
    if (timer) keep("localStorage", NAME, inkOf(deck, strokes, saved.slides));
    clearTimeout(timer);
    timer = 0;
  };
  const note = () => {
    if (!live) timer ||= window.setTimeout(put, SOON);
  };
  const place = () => {
    for (const [slide, key] of slideKeys(deck)) strokes.set(slide, saved.slides?.[key], saved.gone?.[key]);
  };
  const take = (/** @type {unknown} */ ink) => {
    saved = /** @type {any} */ (ink) ?? {};
    for (const [key, all] of Object.entries(saved.slides ?? {})) {
      for (const [at, stroke] of all.entries()) {
        stroke.id ??= `${key} ${at}`; // drawings of earlier years have neither
        stroke.version ??= 1;
      }
    }
    place();
  };
  if (!live) take(recall("localStorage", NAME));
  const removals = [deck.on("ink", take), deck.on("renewed", place), listen(window, "pagehide", put), () => clearTimeout(timer)];
  return {
    note,
    /** All drawings, as the text of a file beside the deck. */
    file: () => JSON.stringify(inkOf(deck, strokes, saved.slides)),
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
 * @param {Record<string, Stroke[]>} [others] with those of slides that the deck does not have
 */
function inkOf(deck, strokes, others) {
  const own = [...slideKeys(deck)].map(([slide, key]) => [key, strokes.of(slide)]);
  const all = Object.entries({ ...others, ...Object.fromEntries(own) }).filter(([, list]) => list.length);
  return { version: 1, slides: Object.fromEntries(all) };
}
