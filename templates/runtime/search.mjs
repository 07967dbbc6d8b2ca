import { addCommand } from "./commands.mjs";
import { isReading } from "./focus.mjs";
import { make } from "./elements.mjs";
import { palette } from "./palette.mjs";
import { placesOf, rangeOf, readText } from "./text.mjs";

/** Characters of context to show before a match and after its beginning. */
const BEFORE = 24;
const AFTER = 90;

/**
 * Finds text on all slides. The selected match stays marked, along with the others on its slide, and a bar leads to
 * the next and the previous one until it is closed.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  /** The text of each slide while its palette is open. @type {any[]} */
  let texts = [];
  /** @type {{ slide: import("./deck.mjs").Slide, read: any, at: number, nth: number }[]} */
  let hits = [];
  let query = "";
  let here = -1;

  const readAll = () => {
    deck.slide.steps.reset();
    const last = deck.slides.filter(({ step, steps }) => step === steps.templates.length);
    texts = last.map((slide) => ({ slide, read: readText(slide.steps.content) }));
    if (!isReading()) deck.slide.steps.show(deck.slide.step);
  };
  const find = (/** @type {string} */ wanted) => {
    const found = texts.flatMap(({ slide, read }) => placesOf(read, wanted).map((at, nth) => ({ slide, read, at, nth })));
    const next = found.findIndex(({ slide }) => slide.index >= deck.current);
    return found.map(({ slide, read, at }, place) => ({
      number: String(slide.number),
      text: [
        (at > BEFORE ? "…" : "") + read.text.slice(Math.max(at - BEFORE, 0), at),
        make("mark", {}, read.text.slice(at, at + wanted.length)),
        read.text.slice(at + wanted.length, at + AFTER),
      ],
      first: place === next,
      go: () => {
        query = wanted;
        hits = found;
        go(place);
      },
    }));
  };
  const go = (/** @type {number} */ place) => {
    if (!hits.length) return;
    here = (place + hits.length) % hits.length;
    const { slide, nth } = hits[here];
    deck.goto(slide.index);
    const range = mark(nth);
    if (range) reveal(/** @type {Element} */ (range.startContainer.parentElement));
    bar.hidden = false;
    /** @type {Element} */ (bar.querySelector("span")).textContent = `${here + 1} / ${hits.length}`;
  };
  /** Marks the matches on the current slide, one more than the others. Returns where that one is. */
  const mark = (/** @type {number} */ nth) => {
    const read = query && readText(deck.slide.steps.content);
    const ranges = read ? placesOf(read, query).map((at) => rangeOf(read, at, query.length)) : [];
    if (typeof Highlight === "function") {
      CSS.highlights.set("slidegen-found", new Highlight(...ranges));
      CSS.highlights.set("slidegen-found-here", new Highlight(...ranges.slice(nth, nth + 1)));
    }
    return ranges[nth];
  };
  const forget = () => {
    const was = !bar.hidden;
    query = "";
    hits = [];
    mark(0);
    bar.hidden = true;
    return was;
  };
  const changed = () => query && mark(hits[here]?.slide === deck.slide ? hits[here].nth : Infinity);

  const toggle = palette(words.search, words, find);
  const bar = /** @type {HTMLElement} */ (document.querySelector(".slidegen-found"));
  const actions = { previous: () => go(here - 1), next: () => go(here + 1), close: forget };
  bar.addEventListener("click", (event) => {
    const { action } = /** @type {any} */ (event.target).closest("[data-action]")?.dataset ?? {};
    actions[/** @type {keyof typeof actions} */ (action)]?.();
  });
  const removals = [
    addCommand("search", "/", () => {
      readAll();
      toggle();
    }),
    addCommand("hit", "n", (event) => go(here + (event.shiftKey ? -1 : 1))),
    deck.on("changed", changed),
    deck.on("hideOverlay", forget),
    forget,
  ];
  return () => removals.forEach((remove) => remove());
}

/**
 * Opens what hides the element, as a browser's own search would, and scrolls it into view.
 * @param {Element} element
 */
function reveal(element) {
  element.closest("[hidden]")?.dispatchEvent(new Event("beforematch", { bubbles: true }));
  const details = element.closest("details");
  if (details) details.open = true;
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}
