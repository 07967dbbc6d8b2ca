import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { slideKeys } from "./ink.mjs";
import { keep, recall } from "./storage.mjs";
import { elapsed, isRunning, shownTime } from "./timer.mjs";

/** Where a page without a server keeps its last rehearsal. */
const NAME = `rehearsal ${location.pathname}`;

/**
 * How long each slide took in a rehearsal, in seconds by slide key.
 * @typedef {{ date: string, slides: Record<string, number> }} Rehearsal
 */

/**
 * Records how long each slide takes, and shows beside the clock its planned time and the time it took last.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string>, live?: import("./live.mjs").Live, plan?: number[] }} options
 */
export function start(deck, slideshow, options) {
  const { words = {}, live } = options;
  /** @type {Rehearsal | null} */
  let last = live ? null : recall("localStorage", NAME);
  /** The current recording, when the current slide appeared, and its key. @type {Rehearsal | null} */
  let own = null;
  let since = 0;
  let key = "";

  const part = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (document.querySelector(`.slidegen-presenter .${name}`));
  const here = () => slideKeys(deck).get(deck.current - deck.slide.step) ?? "";
  const time = (/** @type {number} */ seconds) => shownTime(Math.round(seconds) * 1000).replace(/^00:0?/, "");
  const show = () => {
    const planned = options.plan?.[deck.slides.filter(({ step, index }) => !step && index <= deck.current).length - 1];
    const took = last?.slides[here()];
    const text = part("slidegen-rehearsed");
    const parts = [planned && words.planTime.replace("%time%", time(planned)), took !== undefined && words.tookTime.replace("%time%", time(took))];
    if (text) text.textContent = parts.filter(Boolean).join(" · ");
    part("slidegen-rehearse")?.setAttribute("aria-pressed", String(Boolean(own)));
  };
  /** Adds the time since the last call to the current slide. */
  const count = () => {
    if (!own) return;
    const now = elapsed() / 1000;
    if (key && now > since) own.slides[key] = Math.round(10 * ((own.slides[key] ?? 0) + now - since)) / 10;
    since = now;
    key = here();
  };
  const end = () => {
    count();
    if (own && Object.keys(own.slides).length) {
      last = own;
      if (live) deck.emit("keepRehearsal", own);
      else keep("localStorage", NAME, own);
    }
    own = null;
  };
  const toggle = () => {
    if (own) {
      end();
      if (isRunning()) slideshow.toggleTimer();
    } else {
      slideshow.resetTimer();
      slideshow.toggleTimer();
      own = { date: new Date().toISOString(), slides: {} };
      since = 0;
      key = here();
    }
    const advice = part("slidegen-advice");
    if (advice) advice.textContent = own ? words.rehearsing : words.rehearsed;
    show();
  };
  const click = (/** @type {Event} */ event) => {
    if (/** @type {Element} */ (event.target).closest?.(".slidegen-rehearse")) toggle();
  };
  const changed = () => {
    count();
    const advice = part("slidegen-advice");
    if (advice && [words.rehearsing, words.rehearsed].includes(advice.textContent ?? "")) advice.textContent = "";
    show();
  };
  const removals = [
    addCommand("rehearse", "", toggle),
    deck.on("changed", changed),
    deck.on("toggledPresenter", show),
    deck.on("rehearsal", (/** @type {Rehearsal} */ kept) => {
      last = kept;
      show();
    }),
    listen(document, "click", click),
    listen(window, "pagehide", end),
  ];
  show();
  return () => removals.forEach((remove) => remove());
}
