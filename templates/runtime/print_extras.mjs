import { listen } from "./events.mjs";

/**
 * The print layout in the address: `slides`, `steps`, each on its own page, `notes`, below their slides, or
 * `handout`, three slides per page beside lines.
 */
const asked = new URLSearchParams(location.search).get("print");

/**
 * Prints more than the slides if the address asks for it.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** @type {Element[]} */
  let copies = [];
  const before = () => {
    after();
    if (asked === "steps") copies = deck.slides.flatMap(copy);
  };
  const after = () => {
    for (const each of copies.splice(0)) each.remove();
  };
  const style = document.createElement("style");
  if (asked === "notes" || asked === "handout") {
    style.textContent = "@page { size: portrait; margin: 14mm; }";
    document.head.append(style);
    document.documentElement.classList.add(`slidegen-print-${asked}`);
  }
  const removals = [
    listen(window, "load", () => asked === "slides" && print()),
    listen(window, "beforeprint", before),
    listen(window, "afterprint", after),
    () => style.remove(),
  ];
  return () => removals.forEach((remove) => remove());
}

/**
 * A page for a step that is not the last one. Ids stay with the slide: links lead there.
 * @param {import("./deck.mjs").Slide} slide
 * @returns {Element[]}
 */
function copy({ step, steps }) {
  if (step === steps.templates.length) return [];
  const { container } = steps;
  steps.show(step);
  const made = /** @type {HTMLElement} */ (container.cloneNode(true));
  steps.reset();
  made.classList.remove("remark-visible");
  for (const element of [made, ...made.querySelectorAll("[id]")]) {
    if (document.getElementById(element.id)) element.removeAttribute("id");
  }
  for (const film of made.querySelectorAll("[autoplay]")) film.removeAttribute("autoplay");
  container.before(made);
  return [made];
}
