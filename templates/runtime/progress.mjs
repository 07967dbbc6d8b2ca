import { make } from "./make.mjs";

/**
 * How far the deck has come: one bar, or one for each of its sections.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ progress?: string }} options
 */
export function start(deck, slideshow, { progress }) {
  const bar = make("div", { class: "slidegen-progress", "aria-hidden": "true" });
  const last = deck.slides.length - 1;
  const starts = [0];
  for (const { index, section, step } of deck.slides) {
    if (progress === "sections" && section !== undefined && !step && index) starts.push(index);
  }
  const ends = [...starts.slice(1).map((index) => index - 1), last];
  const parts = starts.map((index, at) => make("i", { style: `flex-grow: ${ends[at] - index + 1}` }, make("b")));
  bar.append(...parts);
  const follow = () => {
    for (const [at, part] of parts.entries()) {
      const before = starts.length > 1 ? starts[at] - 1 : 0;
      const done = last ? (deck.current - before) / (ends[at] - before) : 1;
      part.firstChild.style.width = `${Math.min(Math.max(done, 0), 1) * 100}%`;
      part.classList.toggle("slidegen-here", deck.current >= starts[at] && deck.current <= ends[at]);
    }
  };
  document.body.append(bar);
  if (deck.slide) follow();
  const forget = deck.on("changed", follow);
  return () => {
    forget();
    bar.remove();
  };
}
