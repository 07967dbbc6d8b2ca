import { listen } from "./events.mjs";
import { isReading } from "./focus.mjs";

/**
 * On paper, every slide is at its last step, including the current one, and none is hidden from style sheets that
 * have rules for hidden slides.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** @type {HTMLElement[]} */
  let hidden = [];
  /** @type {[Element, string][]} */
  let links = [];
  const before = () => {
    deck.slide?.steps.reset();
    hidden = deck.slides.map((slide) => slide.steps.container).filter((container) => container.hidden);
    for (const container of hidden) container.hidden = false;
    links = aim(deck);
  };
  const after = () => {
    if (!isReading()) deck.slide?.steps.show(deck.slide.step);
    for (const container of hidden) container.hidden = /** @type {any} */ ("until-found");
    for (const [link, href] of links.splice(0)) link.setAttribute("href", href);
  };
  const removals = [listen(window, "beforeprint", before), listen(window, "afterprint", after)];
  return () => removals.forEach((remove) => remove());
}

/**
 * Makes links to slides lead to their pages: those by a number, or a name that is not an id. Returns the originals.
 * @param {import("./deck.mjs").Deck} deck
 */
function aim(deck) {
  /** @type {[Element, string][]} */
  const before = [];
  for (const link of deck.area.querySelectorAll('a[href^="#"]')) {
    const href = link.getAttribute("href") ?? "";
    const name = href.slice(1);
    if (!name || document.getElementById(name)) continue;
    const slide = /^\d+$/.test(name) ? deck.slides.findLast(({ number }) => number === Number(name)) : deck.named(name);
    if (!slide) continue;
    const { container } = slide.steps;
    container.id ||= `slidegen-page-${slide.index + 1}`;
    before.push([link, href]);
    link.setAttribute("href", `#${container.id}`);
  }
  return before;
}
