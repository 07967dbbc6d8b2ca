import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isReading } from "./focus.mjs";
import { make } from "./elements.mjs";
import { stageOf } from "./slide_scaler.mjs";

/**
 * All slides at once, each at its last step. They are the slides themselves, scaled down by style rules, below
 * buttons that open them.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const { area } = deck;
  const { classList } = document.body;
  const root = document.documentElement.classList;
  /** The first step of each slide, while they are shown, and its button. @type {import("./deck.mjs").Slide[]} */
  let slides = [];
  /** @type {HTMLButtonElement[]} */
  let buttons = [];
  let chosen = 0;
  let number = "";
  /** The scroll position of the reading view, if the overview was opened from it. @type {number | undefined} */
  let read;
  /** Functions that remove listeners. @type {(() => void)[]} */
  let leave = [];
  /** What had the focus before. @type {Element | null} */
  let before = null;

  const choose = (/** @type {number} */ place, /** @type {ScrollLogicalPosition} */ block = "nearest") => {
    if (buttons[chosen]) buttons[chosen].tabIndex = -1;
    chosen = Math.min(Math.max(place, 0), slides.length - 1);
    buttons[chosen].tabIndex = 0;
    buttons[chosen].focus({ preventScroll: true });
    buttons[chosen].scrollIntoView({ block });
  };
  const follow = () => {
    const place = slides.findIndex(({ steps }) => steps === deck.slide.steps);
    if (place < 0) return; // closed, or the slides have changed, which is reported next
    deck.slide.steps.reset();
    for (const [at, button] of buttons.entries()) button.ariaCurrent = at === place ? "true" : null;
    choose(place, "center");
  };
  const open = () => {
    before = document.activeElement;
    read = isReading() ? scrollY : undefined;
    root.remove("slidegen-reading");
    slides = deck.slides.filter(({ step }) => !step);
    classList.add("slidegen-overview-mode");
    area.setAttribute("aria-label", words.overview);
    buttons = slides.map((slide) => {
      const { container } = slide.steps;
      const label = container.getAttribute("aria-label");
      const button = make("button", { type: "button", class: "slidegen-open", tabindex: -1, "aria-label": label }, container.dataset.number ?? "");
      stageOf(slide).inert = true;
      container.append(button);
      return button;
    });
    chosen = -1;
    leave = [
      listen(document, "keydown", press),
      listen(area, "click", click),
      listen(area, "wheel touchstart", keep, { capture: true, passive: true }), // what turns slides elsewhere scrolls here
    ];
    follow();
  };
  const close = () => {
    if (!slides.length) return;
    leave.forEach((each) => each());
    for (const slide of slides) stageOf(slide).inert = false;
    for (const button of buttons) button.remove();
    slides = [];
    buttons = [];
    area.removeAttribute("aria-label");
    classList.remove("slidegen-overview-mode");
    area.scrollTop = 0;
    if (read === undefined) deck.slide.steps.show(deck.slide.step);
    else {
      root.add("slidegen-reading");
      scrollTo(0, read);
    }
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const renew = () => {
    if (!slides.length) return;
    close();
    open();
  };
  const goto = (/** @type {number} */ place) => {
    const slide = slides[place];
    const stays = slide.steps === deck.slide.steps;
    close();
    if (!stays) deck.goto(slide.index);
    const show = () => isReading() && slide.steps.container.scrollIntoView();
    show();
    requestAnimationFrame(show); // those around it have their height now
  };

  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog:modal")) return;
    const columns = getComputedStyle(area).gridTemplateColumns.split(" ").length;
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -3 * columns, PageDown: 3 * columns, Home: -Infinity, End: Infinity };
    const digit = /^\d$/.test(event.key);
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move) choose(Math.abs(move) === columns && !slides[chosen + move] ? chosen : chosen + move);
    else if (["Enter", " "].includes(event.key)) goto(chosen);
    else if (event.key === "Escape") deck.emit("hideOverlay") || close();
    else if (digit) {
      number += event.key;
      const place = buttons.findIndex((button) => Number(button.textContent) >= Number(number));
      if (place >= 0) choose(place);
    } else return;
    if (!digit) number = "";
    event.preventDefault();
  };
  const click = (/** @type {Event} */ event) => {
    const place = slides.findIndex(({ steps }) => steps.container.contains(/** @type {Node} */ (event.target)));
    event.stopPropagation();
    if (place >= 0) goto(place);
  };
  const keep = (/** @type {Event} */ event) => event.stopPropagation();

  const removals = [
    addCommand("overview", "o", () => (slides.length ? close() : open())),
    deck.on("changed", follow),
    deck.on("renewed", renew),
    close,
  ];
  return () => removals.forEach((remove) => remove());
}
