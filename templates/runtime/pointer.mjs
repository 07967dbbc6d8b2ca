import { listen } from "./events.mjs";
import { isControl, isPaused, scrollable } from "./focus.mjs";

/** Sum of wheel movement that makes one step, in CSS pixels. */
const NOTCH = 60;
/** Milliseconds after a step during which a wheel that keeps turning makes no further step. */
const REST = 250;

/**
 * The mouse, with the deck's `navigation` option: `click` goes forward, and back with the right button;
 * `scroll` does both with the wheel.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ navigation?: { click?: boolean, scroll?: boolean } }} options
 */
export function start(deck, slideshow, { navigation = {} }) {
  let moved = 0;
  let rested = 0;

  const onSlide = (/** @type {Event} */ event) => !isPaused() && deck.area.contains(/** @type {Node} */ (event.target));
  const click = (/** @type {MouseEvent} */ event) => {
    if (event.defaultPrevented || event.button !== 0 || !onSlide(event) || isControl(event.target)) return;
    if (getSelection()?.isCollapsed ?? true) slideshow.gotoNextSlide();
  };
  const back = (/** @type {MouseEvent} */ event) => {
    if (event.defaultPrevented || !onSlide(event) || isControl(event.target)) return;
    event.preventDefault();
    slideshow.gotoPreviousSlide();
  };
  const wheel = (/** @type {WheelEvent} */ event) => {
    if (event.ctrlKey || !onSlide(event) || scrollable(event.target)?.down) return;
    if (event.timeStamp < rested) return;
    moved = Math.sign(moved) === Math.sign(event.deltaY) ? moved + event.deltaY : event.deltaY;
    if (Math.abs(moved) < NOTCH && event.deltaMode === WheelEvent.DOM_DELTA_PIXEL) return;
    if (moved > 0) slideshow.gotoNextSlide();
    else slideshow.gotoPreviousSlide();
    moved = 0;
    rested = event.timeStamp + REST;
  };

  const removals = [
    ...(navigation.click ? [listen(document, "click", click), listen(document, "contextmenu", back)] : []),
    ...(navigation.scroll ? [listen(document, "wheel", wheel, { passive: true })] : []),
  ];
  return () => removals.forEach((remove) => remove());
}
