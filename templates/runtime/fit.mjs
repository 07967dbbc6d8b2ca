// For slides with: .slidegen-fit
import { listen } from "./events.mjs";

/** The largest scale of content. */
const MOST = 2;
/** How often to halve that range; more makes no visible difference. */
const TRIES = 8;

/**
 * Makes the content of slides with `fit: true` as large as fits at their last step.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const fit = (/** @type {import("./steps.mjs").Steps} */ steps) => {
    const { content, shown: step, container } = steps;
    const stage = /** @type {HTMLElement} */ (container.querySelector(".remark-slide-scaler"));
    const pictures = () => {
      const heights = [...content.querySelectorAll("img, video")].map((each) => each.getBoundingClientRect().height);
      return heights.reduce((sum, height) => sum + height, 0);
    };
    const fits = (/** @type {number} */ size) => {
      content.style.setProperty("--slidegen-fit", String(size));
      const { scrollHeight, scrollWidth, clientWidth } = content;
      // Pictures yield to text, but not to text that is larger than necessary.
      return scrollHeight <= stage.clientHeight + 1 && scrollWidth <= clientWidth + 1 && (size <= 1 || pictures() >= shown * 0.95);
    };
    steps.reset();
    fits(1);
    const shown = pictures();
    let most = MOST;
    let least = parseFloat(getComputedStyle(content).getPropertyValue("--slidegen-fit-floor"));
    for (let at = 0; at < TRIES; at++) {
      const size = (most + least) / 2;
      if (fits(size)) least = size;
      else most = size;
    }
    fits(least);
    steps.last = undefined; // its attributes have changed
    steps.show(step);
  };
  const all = () => {
    const steps = new Set(deck.slides.map((slide) => slide.steps));
    for (const each of steps) if (each.content.matches(".slidegen-fit")) fit(each);
  };
  all();
  void document.fonts.ready.then(all);
  const removals = [deck.on("renewed", all), listen(window, "load", all)];
  return () => removals.forEach((remove) => remove());
}
