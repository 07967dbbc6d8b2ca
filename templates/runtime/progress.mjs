import { make } from "./elements.mjs";

/**
 * The progress of the deck: one bar, or one for each of its sections.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ progress?: string }} options
 */
export function start(deck, slideshow, { progress }) {
  const bar = make("div", { class: "slidegen-progress", "aria-hidden": "true" });
  /** Index of the first step of each section. @type {number[]} */
  let starts = [];
  /** And of the last. @type {number[]} */
  let ends = [];
  const fill = () => {
    const last = deck.slides.length - 1;
    const begins = deck.slides.filter(({ index, section, step }) => section !== undefined && !step && index);
    starts = [0, ...(progress === "sections" ? begins.map(({ index }) => index) : [])];
    ends = [...starts.slice(1).map((index) => index - 1), last];
    bar.replaceChildren(
      ...starts.map((index, at) => make("i", { style: `flex-grow: ${ends[at] - index + 1}` }, make("b"))),
    );
    if (deck.slide) follow();
  };
  const follow = () => {
    for (const [at, part] of [...bar.children].entries()) {
      const before = starts.length > 1 ? starts[at] - 1 : 0;
      const done = ends[at] > before ? (deck.current - before) / (ends[at] - before) : 1;
      part.firstChild.style.width = `${Math.min(Math.max(done, 0), 1) * 100}%`;
      part.classList.toggle("slidegen-here", deck.current >= starts[at] && deck.current <= ends[at]);
    }
  };
  document.body.append(bar);
  fill();
  const removals = [deck.on("changed", follow), deck.on("renewed", fill), () => bar.remove()];
  return () => removals.forEach((remove) => remove());
}
