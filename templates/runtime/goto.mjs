import { addCommand } from "./commands.mjs";
import { palette } from "./palette.mjs";
import { fold, titleOf } from "./text.mjs";

/**
 * Goes to a slide by its number, its name or words of its title.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const titles = () =>
    deck.slides.filter(({ step }) => !step).map((slide) => {
      const title = titleOf(slide);
      return { slide, title, known: fold(`${slide.name ?? ""} ${title}`) };
    });
  /** How well a slide matches, from 0 for its exact number; undefined if it does not. */
  const fit = (/** @type {any} */ { slide, known }, /** @type {string} */ query) => {
    if (!query || String(slide.number) === query) return 0;
    if (fold(slide.name ?? "") === query) return 1;
    if (known.trim().startsWith(query)) return 2;
    return query.split(" ").every((word) => known.includes(word)) ? 3 : undefined;
  };
  const find = (/** @type {string} */ query) =>
    titles()
      .map((each) => ({ ...each, fit: fit(each, fold(query)) }))
      .filter((each) => each.fit !== undefined)
      .sort((one, two) => Number(one.fit) - Number(two.fit))
      .map(({ slide, title }) => ({
        number: String(slide.number),
        text: [title],
        first: !query && slide.steps === deck.slide.steps,
        go: () => deck.goto(slide.index),
      }));
  return addCommand("goto", "g", palette(words.goto, words, find));
}
