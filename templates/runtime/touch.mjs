import { listen } from "./events.mjs";
import { isControl, isPaused, scrollable } from "./focus.mjs";

/** A touch that moves less, in CSS pixels, is a tap. */
const TAP = 10;
/** A touch that moves at least as far is a swipe. */
const SWIPE = 40;
/** A longer touch, in milliseconds, selects text or opens a menu. */
const LONG = 500;
/** What a finger drags along, such as the knob of a video's controls. */
const DRAGGED = "input, select, textarea, video, audio, [role=slider], [contenteditable]:not([contenteditable=false])";

/**
 * Swipes, and taps on the halves of the screen, with one finger. Two fingers zoom, and one moves a page that is
 * zoomed.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ navigation?: { touch?: boolean } }} options
 */
export function start(deck, slideshow, { navigation = {} }) {
  /** @type {{ x: number, y: number, time: number } | null} */
  let from = null;

  const touch = (/** @type {TouchEvent} */ event) => {
    const [{ clientX, clientY }] = event.touches;
    const zoomed = (visualViewport?.scale ?? 1) > 1.01;
    from = event.touches.length > 1 || zoomed || isPaused() ? null : { x: clientX, y: clientY, time: event.timeStamp };
  };
  const lift = (/** @type {TouchEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (!from || event.touches.length || target.closest(DRAGGED)) return;
    const { clientX, clientY } = event.changedTouches[0];
    const across = clientX - from.x;
    const down = clientY - from.y;
    const long = event.timeStamp - from.time > LONG;
    from = null;
    if (Math.abs(across) >= SWIPE && Math.abs(across) > 2 * Math.abs(down) && !scrollable(target)?.across) {
      go(across < 0);
    } else if (Math.hypot(across, down) < TAP && !long && !isControl(target)) {
      event.preventDefault(); // or the click that follows would be one step more
      go(clientX >= innerWidth / 2);
    }
  };
  const cancel = () => {
    from = null;
  };
  const go = (/** @type {boolean} */ forward) =>
    forward ? slideshow.gotoNextSlide() : slideshow.gotoPreviousSlide();

  if (navigation.touch === false) return () => {};
  const removals = [
    listen(deck.area, "touchstart", touch, { passive: true }),
    listen(deck.area, "touchend", lift),
    listen(deck.area, "touchcancel", cancel),
  ];
  return () => removals.forEach((remove) => remove());
}
