import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isReading } from "./focus.mjs";
import { reach } from "./listings.mjs";
import { icon, make } from "./elements.mjs";
import { keep, recall } from "./storage.mjs";

/** The view that the address asks for: `scroll`, `slides`, or none. */
const asked = new URLSearchParams(location.search).get("view");
/** Elements that may be wider than the column. */
const WIDE = ".remark-slide-content, .remark-code";
/** Pixels by which an unmoved slide may seem to move. */
const STILL = 4;

/**
 * The deck as a column to read: slides as wide as the window, at their last step, with text that flows and grows.
 * Automatic on narrow screens, otherwise on request; it is offered in windows so small that slides are hard to read,
 * such as when the page is zoomed. Only classes change; style rules do the rest.
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
  /** The top of that slide until somebody scrolls; undefined while it is moving there. @type {number | undefined} */
  let rests;
  let frame = 0;
  /** @type {HTMLElement[]} */
  let disclosures = [];

  const put = (/** @type {boolean} */ on) => {
    classList.toggle("slidegen-reading", on);
    document.querySelector(".slidegen-view")?.setAttribute("aria-pressed", String(on));
  };
  const decline = () => document.body.classList.add("slidegen-declined");
  const click = (/** @type {Event} */ event) => {
    const pressed = (/** @type {string} */ name) => /** @type {Element} */ (event.target).closest(name);
    if (pressed(".slidegen-view, .slidegen-larger-text")) toggle();
    if (!pressed(".slidegen-decline")) return;
    decline();
    keep("sessionStorage", "declined", true);
  };

  const open = () => {
    put(true);
    disclosures = slides.flatMap(({ steps }) => disclosure(steps.container));
    for (const { steps } of slides) sight.observe(steps.container);
    follow();
    settle();
    deck.emit("reading");
  };
  const close = () => {
    put(false);
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
  const top = () => place.steps.container.getBoundingClientRect().top;
  /** Keeps the slide at the top until those around it have their real heights; only then, scrolling means something. */
  const settle = () => {
    cancelAnimationFrame(frame);
    rests = undefined;
    let last = NaN;
    const look = () => {
      if (!isReading()) return;
      resume();
      if (top() === last) {
        rests = last;
        for (const { steps } of slides) reach(steps.container, WIDE);
        return;
      }
      last = top();
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
  };
  /** The presenter view has steps; after it or the overview, slides are elsewhere. */
  const modes = new MutationObserver(([{ oldValue }]) => {
    if (reads() && presents()) deck.slide?.steps.show(deck.slide.step);
    if (/overview-mode|presenter-mode/.test(oldValue ?? "") && isReading()) resume();
  });
  const disclosure = (/** @type {HTMLElement} */ container) => {
    const notes = container.querySelector(".remark-slide-notes");
    if (!notes?.childNodes.length) return [];
    const shown = notes.classList.contains("slidegen-unfolded");
    const made = make("button", { type: "button", class: "slidegen-disclosure", "aria-expanded": shown }, icon("next"), words.notes);
    made.addEventListener("click", () =>
      made.setAttribute("aria-expanded", String(notes.classList.toggle("slidegen-unfolded"))),
    );
    notes.before(made);
    return [made];
  };

  const sight = new IntersectionObserver(
    (entries) => {
      if (!isReading() || rests === undefined || Math.abs(top() - rests) < STILL) return;
      rests = NaN;
      const seen = entries.findLast(({ isIntersecting }) => isIntersecting)?.target;
      place = slides.find(({ steps }) => steps.container === seen) ?? place;
      for (const { target } of entries) reach(target, WIDE);
    },
    { rootMargin: "-12% 0px -87%" },
  );

  const removals = [
    addCommand("reader", "r", toggle),
    deck.on("changed", follow),
    deck.on("leaveMode", () => isReading() && (close(), true)),
    listen(narrow, "change", turn),
    listen(document, "click", click),
    () => reads() && close(),
    () => modes.disconnect(),
  ];
  if (asked === "slides" || window.top !== window || recall("sessionStorage", "declined")) decline();
  modes.observe(document.body, { attributeFilter: ["class"], attributeOldValue: true });
  if (!presents() && (asked === "scroll" || (narrow.matches && asked !== "slides"))) open();
  else put(false);
  return () => removals.forEach((remove) => remove());
}
