import { listen } from "./events.mjs";

/** A browser allows about a hundred changes of the address in thirty seconds; a key held down would exceed that. */
const OFTEN = 50;
const PERIOD = 15_000;
const PAUSE = 400;

/**
 * The slide that a page address leads to: `#5` the fifth, counting steps, `#p5` the same in the presenter
 * view, `#name` the one of that name, and the id of any other element the slide that contains it.
 * @param {import("./deck.mjs").Deck} deck
 * @param {string} hash
 */
export function slideAt(deck, hash) {
  const text = decoded(hash.replace(/^#/, ""));
  const place = /^p?(\d+)$/.exec(text);
  if (place) return deck.slides[Math.min(Math.max(Number(place[1]), 1), deck.slides.length) - 1];
  const element = text && document.getElementById(text);
  return deck.named(text) ?? (element ? deck.holding(element) : undefined);
}

/**
 * Whether an address leads to the presenter view.
 * @param {string} hash
 */
export function asksForPresenter(hash) {
  return /^#p\d+$/.test(hash);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Keeps the address and the current slide in step: links in slides, back and forward, a typed address.
 * @param {import("./deck.mjs").Deck} deck
 */
export function followAddress(deck) {
  /** When the address was last changed. @type {number[]} */
  const times = [];
  let later = 0;

  const follow = () => {
    const { hash } = location;
    const slide = slideAt(deck, hash);
    if (slide) deck.goto(slide.index);
    if (asksForPresenter(hash)) deck.emit("forcePresenterMode");
  };
  const write = () => {
    if (times.push(Date.now()) > OFTEN) times.shift();
    const prefix = document.body.classList.contains("remark-presenter-mode") ? "p" : "";
    try {
      history.replaceState(history.state, "", `${location.href.split("#")[0]}#${prefix}${deck.current + 1}`);
    } catch {
      // If the page may not change its address, the slide is shown anyway.
    }
  };
  const note = () => {
    clearTimeout(later);
    if (times.length < OFTEN || Date.now() - times[0] > PERIOD) write();
    else later = window.setTimeout(write, PAUSE);
  };
  const found = (/** @type {Event} */ event) => {
    const slide = deck.holding(/** @type {Node} */ (event.target));
    if (slide) deck.goto(slide.index);
  };
  const removals = [
    deck.on("changed", note),
    deck.on("toggledPresenter", note),
    listen(window, "hashchange", follow),
    listen(document, "beforematch", found),
    () => clearTimeout(later),
  ];
  return () => removals.forEach((remove) => remove());
}
