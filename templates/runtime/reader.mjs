import { addCommand } from "./commands.mjs";
import { isReading } from "./focus.mjs";
import { make } from "./make.mjs";

/** The view that the address asks for: `scroll`, `slides`, or none. */
const asked = new URLSearchParams(location.search).get("view");

/**
 * The deck as a column to read: slides as wide as the window, at their last step, with text that flows and grows.
 * On narrow screens by itself, else when it is asked for. Only classes change; style rules do the rest.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const { classList } = document.documentElement;
  const narrow = matchMedia("screen and (max-width: 599.98px)");
  const slides = deck.slides.filter(({ step }) => !step);
  /** The slide at the top of the window. */
  let place = deck.slide;
  let settled = false;
  /** @type {HTMLElement[]} */
  let disclosures = [];

  const view = document.querySelector(".slidegen-view");

  const open = () => {
    classList.add("slidegen-reading");
    view?.setAttribute("aria-pressed", "true");
    disclosures = slides.flatMap(({ steps }) => disclosure(steps.container));
    settled = false;
    for (const { steps } of slides) sight.observe(steps.container);
    follow();
    deck.emit("reading");
  };
  const close = () => {
    classList.remove("slidegen-reading");
    view?.setAttribute("aria-pressed", "false");
    sight.disconnect();
    for (const each of disclosures) each.remove();
    if (place && place.steps !== deck.slide.steps) deck.goto(place.index + place.steps.templates.length);
    else deck.slide?.steps.show(deck.slide.step);
  };
  const presents = () => document.body.classList.contains("remark-presenter-mode");
  const reads = () => classList.contains("slidegen-reading");
  const toggle = () => (reads() ? close() : open());
  const turn = () => {
    if (narrow.matches !== reads() && !presents()) toggle();
  };
  const follow = () => {
    if (!isReading() || !deck.slide) return;
    place = deck.slide;
    resume();
  };
  const resume = () => {
    if (!isReading() || !place) return;
    deck.slide.steps.reset();
    place.steps.container.scrollIntoView();
  };
  /** The presenter's view has steps; back from it or from the overview, slides stand elsewhere. */
  const modes = new MutationObserver(([{ oldValue }]) => {
    if (reads() && presents()) deck.slide?.steps.show(deck.slide.step);
    if (/overview-mode|presenter-mode/.test(oldValue ?? "") && isReading()) resume();
  });
  /** Lets the keyboard scroll what is wider than the column. */
  const reach = (/** @type {Element} */ container) => {
    for (const each of container.querySelectorAll(".remark-slide-content, .remark-code")) {
      if (each.scrollWidth > each.clientWidth + 1) each.setAttribute("tabindex", "0");
    }
  };
  const disclosure = (/** @type {HTMLElement} */ container) => {
    const notes = container.querySelector(".remark-slide-notes");
    if (!notes?.childNodes.length) return [];
    const shown = notes.classList.contains("slidegen-unfolded");
    const button = make("button", { type: "button", class: "slidegen-disclosure", "aria-expanded": shown }, words.notes ?? "Notes");
    button.addEventListener("click", () =>
      button.setAttribute("aria-expanded", String(notes.classList.toggle("slidegen-unfolded"))),
    );
    notes.before(button);
    return [button];
  };

  const sight = new IntersectionObserver(
    (entries) => {
      if (!isReading()) return;
      if (!settled) {
        settled = true; // what is near has its true height now
        resume();
        requestAnimationFrame(() => slides.forEach(({ steps }) => reach(steps.container)));
        return;
      }
      const seen = entries.findLast(({ isIntersecting }) => isIntersecting)?.target;
      place = slides.find(({ steps }) => steps.container === seen) ?? place;
      for (const { target } of entries) reach(target);
    },
    { rootMargin: "-12% 0px -87%" },
  );

  const removals = [
    addCommand("reader", "r", toggle),
    deck.on("changed", follow),
    () => narrow.removeEventListener("change", turn),
    () => reads() && close(),
    () => modes.disconnect(),
    () => view?.removeEventListener("click", toggle),
  ];
  narrow.addEventListener("change", turn);
  modes.observe(document.body, { attributeFilter: ["class"], attributeOldValue: true });
  view?.addEventListener("click", toggle);
  if (!presents() && (asked === "scroll" || (narrow.matches && asked !== "slides"))) open();
  else {
    classList.remove("slidegen-reading");
    view?.setAttribute("aria-pressed", "false");
  }
  return () => removals.forEach((remove) => remove());
}
