import { listen } from "./events.mjs";
import { overflowOf } from "./overflow.mjs";

/** Milliseconds of quiet before slides are measured. */
const QUIET = 300;
/** Milliseconds that measuring may take before the page gets to do something else. */
const TURN = 12;

/**
 * Measures which slides hold more than fits at their last steps, and marks them; findings go to `tell`.
 * For the author's pages only: the audience is not shown that something is missing.
 * @param {import("./deck.mjs").Deck} deck
 * @param {(found: object[]) => void} tell
 */
export function startFits(deck, tell) {
  /** Findings, by the container of a slide. @type {Map<Element, object[]>} */
  let known = new Map();
  /** @type {import("./steps.mjs").Steps[]} */
  let waiting = [];
  /** Slides that changed last: a picture on them may have come since. @type {Set<Element>} */
  let recent = new Set();
  let told = "[]";
  let timer = 0;

  const measure = (/** @type {import("./steps.mjs").Steps} */ steps, /** @type {number} */ slide) => {
    const { container } = steps;
    if (steps.shown !== steps.templates.length && known.has(container)) return; // at an earlier step, it holds less
    const found = overflowOf(container).map((each) => ({ ...each, line: Number(each.line), slide }));
    known.set(container, found);
    container.toggleAttribute("data-overflow", found.length > 0);
  };
  const work = () => {
    if (document.documentElement.classList.contains("slidegen-reading") || document.hidden) return;
    const until = performance.now() + TURN;
    const places = new Map(deck.slides.map(({ steps, index }) => [steps, index]));
    while (waiting.length && performance.now() < until) {
      const steps = /** @type {import("./steps.mjs").Steps} */ (waiting.pop());
      const place = places.get(steps);
      if (place !== undefined) measure(steps, place);
    }
    if (waiting.length) {
      timer = window.setTimeout(work);
      return;
    }
    const all = new Set(deck.slides.map(({ steps }) => steps.container));
    known = new Map([...known].filter(([container]) => all.has(/** @type {HTMLElement} */ (container))));
    const found = [...known.values()].flat();
    if (JSON.stringify(found) !== told) tell(found);
    told = JSON.stringify(found);
  };
  const ask = (/** @type {(container: Element) => boolean} */ wants) => {
    clearTimeout(timer);
    const before = new Set(waiting);
    const all = [...new Set(deck.slides.map(({ steps }) => steps))];
    waiting = all.filter((steps) => before.has(steps) || wants(steps.container)).reverse();
    timer = window.setTimeout(() => void document.fonts.ready.then(work), QUIET);
  };
  const again = () => ask(() => true);
  /** Measures slides that have changed, and those that say where they are. */
  const renew = (/** @type {unknown} */ _, /** @type {Set<Element>} */ changed = new Set()) => {
    ask((container) => changed.has(container) || recent.has(container) || known.get(container)?.length !== 0);
    recent = changed;
  };
  const turned = (/** @type {import("./deck.mjs").Slide} */ to) => renew(undefined, new Set([to.steps.container]));
  again();
  const removals = [deck.on("renewed", renew), deck.on("changed", turned), listen(window, "load resize visibilitychange", again)];
  return {
    again,
    /** Reports everything again, because the server has forgotten it. */
    retell: () => {
      if (told !== "[]") tell(JSON.parse(told));
    },
    stop: () => {
      clearTimeout(timer);
      removals.forEach((each) => each());
      for (const container of known.keys()) container.removeAttribute("data-overflow");
    },
  };
}
