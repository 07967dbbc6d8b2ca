import { onMessage, send } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isControl, isReading } from "./focus.mjs";
import { around, over, whole, within } from "./lens.mjs";
import { make } from "./elements.mjs";
import { placeOn, stageOf } from "./slide_scaler.mjs";

/** How much a pixel of wheel movement enlarges, and a key. */
const [PIXEL, KEY] = [0.006, 1.4];
/** How far an arrow key moves the visible part, as a fraction of it. */
const MOVE = 0.2;
/** A drag of fewer CSS pixels is a click, which enlarges the place this many times. */
const [CLICK, CLICKED] = [6, 2.5];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @typedef {{ x: number, y: number }} Place */

/**
 * Zooms into a part of the slide, in all windows of the session: with two fingers, with Ctrl and the wheel, or
 * with `z` and a drag around it. `z` and Escape end it, and so does another slide.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const { area } = deck;
  const { classList } = document.body;
  let lens = whole;
  /** The slide, by its first step, that the lens is on; it may not have been shown yet. */
  let slide = -1;
  /** The slide that is enlarged. @type {HTMLElement | undefined} */
  let shown;
  let frame = 0;
  /** Where a drag began, on the slide and on the screen. @type {{ on: Place, at: Place, moved: boolean } | null} */
  let drag = null;
  /** Where the fingers were, in the middle, and how far apart. @type {{ x: number, y: number, apart: number } | null} */
  let pinch = null;
  let dragged = false;
  const box = make("div", { class: "slidegen-frame", "aria-hidden": "true" });

  const here = () => deck.current - deck.slide.step;
  const isFree = () => !isReading() && !classList.contains("slidegen-overview-mode");
  const isOn = () => lens.scale > 1 && slide === here();
  const isAiming = () => classList.contains("slidegen-aim-mode");
  const put = () => {
    const { container } = deck.slide.steps;
    const on = isOn() && isFree();
    if (shown && (!on || shown !== container)) enlarge(shown, null);
    shown = on ? container : undefined;
    classList.toggle("slidegen-zoom-mode", on);
    if (shown) enlarge(shown, lens);
  };
  const tell = () => {
    frame = 0;
    send({ kind: "zoom", slide, ...lens });
  };
  const look = (/** @type {import("./lens.mjs").Lens} */ next) => {
    const was = isOn();
    [lens, slide] = [next, here()];
    put();
    frame ||= requestAnimationFrame(tell);
    const status = document.querySelector(".slidegen-status");
    if (status && was !== isOn()) status.textContent = isOn() ? words.zoomed : "";
  };
  const aim = (/** @type {boolean} */ on) => {
    classList.toggle("slidegen-aim-mode", on);
    if (!on) box.remove();
  };
  const off = () => {
    const was = isOn() || isAiming();
    aim(false);
    if (isOn()) look(whole);
    return was;
  };
  const changed = (/** @type {unknown} */ _, /** @type {string} */ by) => {
    if (slide !== here()) aim(false);
    if (shown && !isOn()) {
      lens = whole; // also when the slide is shown again
      if (by === "here") tell();
    }
    put();
  };
  const place = (/** @type {{ clientX: number, clientY: number }} */ event) => placeOn(stageOf(deck.slide), event);
  const current = () => (isOn() ? lens : whole);
  const pan = (/** @type {number} */ x, /** @type {number} */ y) => look(within({ ...lens, x: lens.x + x, y: lens.y + y }));

  const wheel = (/** @type {WheelEvent} */ event) => {
    if (!event.ctrlKey || !isFree()) return;
    event.preventDefault(); // or the browser would enlarge the page, which the slide would fit again
    look(around(current(), Math.exp(-event.deltaY * PIXEL), place(event)));
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const { key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (!(isOn() || isAiming()) || !isFree() || document.querySelector("dialog:modal")) return;
    const arrow = isOn() && ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
    if (arrow && !isControl(event.target)) pan((arrow[0] * MOVE) / lens.scale, (arrow[1] * MOVE) / lens.scale);
    else if (["+", "="].includes(key) || (key === "Enter" && isAiming())) look(around(current(), KEY, current()));
    else if (key === "-") look(around(current(), 1 / KEY, current()));
    else return;
    aim(false);
    event.preventDefault();
  };

  const down = (/** @type {PointerEvent} */ event) => {
    dragged = false;
    if (event.button || event.pointerType === "touch" || !isFree()) return;
    if (classList.contains("slidegen-draw-mode") || event.pointerType === "pen") return;
    if (!isAiming() && (!isOn() || isControl(event.target))) return;
    drag = { on: place(event), at: { x: event.clientX, y: event.clientY }, moved: false };
  };
  const move = (/** @type {PointerEvent} */ event) => {
    if (!drag) return;
    drag.moved ||= Math.hypot(event.clientX - drag.at.x, event.clientY - drag.at.y) >= CLICK;
    if (!drag.moved) return;
    area.setPointerCapture?.(event.pointerId);
    const now = place(event);
    if (!isAiming()) {
      pan(drag.on.x - now.x, drag.on.y - now.y);
      return;
    }
    span(box, drag.on, now);
    stageOf(deck.slide).append(box);
  };
  const up = (/** @type {PointerEvent} */ event) => {
    if (!drag) return;
    dragged = drag.moved || isAiming();
    if (isAiming() && event.type === "pointerup") {
      look(drag.moved ? over(drag.on, place(event)) : around(current(), CLICKED, drag.on));
      aim(false);
    }
    drag = null;
  };
  const click = (/** @type {Event} */ event) => {
    if (!dragged) return;
    dragged = false;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Two fingers enlarge; one moves what is enlarged. Neither turns slides. */
  const touch = (/** @type {TouchEvent} */ event) => {
    const several = event.touches.length > 1;
    const takes = isFree() && !classList.contains("slidegen-stroke") && (several || (isOn() && !isControl(event.target)));
    if (classList.contains("slidegen-draw-mode") && !several) return;
    if (!takes || !event.touches.length) {
      pinch = null;
      return;
    }
    const now = fingers([...event.touches]);
    const before = event.type === "touchmove" ? pinch : null;
    pinch = now;
    if (event.type === "touchmove") event.preventDefault();
    // The second finger has to be noticed, so that the first one does not swipe any more.
    if (isOn() || (several && event.type !== "touchstart")) event.stopPropagation();
    if (!before) return;
    const [from, to] = [before, now].map(({ x, y }) => place({ clientX: x, clientY: y }));
    const factor = before.apart && now.apart ? now.apart / before.apart : 1;
    const next = around(current(), factor, from);
    const by = current().scale / next.scale;
    look(within({ ...next, x: next.x + (from.x - to.x) * by, y: next.y + (from.y - to.y) * by }));
  };

  const removals = [
    addCommand("zoom", "z", () => (isOn() || isAiming() ? off() : isFree() && aim(true))),
    deck.on("changed", changed),
    deck.on("reading", put),
    deck.on("hideOverlay", off),
    onMessage("zoom", (message) => {
      slide = message.slide;
      lens = within(/** @type {any} */ (message));
      put();
    }),
    onMessage("hello", () => isOn() && tell()),
    off,
    listen(document, "wheel", wheel, { passive: false }),
    listen(document, "keydown", press),
    listen(area, "pointerdown", down),
    listen(area, "pointermove", move),
    listen(area, "pointerup pointercancel", up),
    listen(area, "click", click, { capture: true }),
    listen(area, "touchstart touchmove touchend touchcancel", touch, { capture: true, passive: false }),
  ];
  return () => removals.forEach((remove) => remove());
}

/**
 * Shows a slide through a lens, or as it is without one.
 * @param {HTMLElement} slide
 * @param {import("./lens.mjs").Lens | null} lens
 */
function enlarge({ classList, style }, lens) {
  classList.toggle("slidegen-zoomed", Boolean(lens));
  style.setProperty("--slidegen-zoom", String(lens?.scale ?? ""));
  style.setProperty("--slidegen-x", String(lens?.x ?? ""));
  style.setProperty("--slidegen-y", String(lens?.y ?? ""));
}

/**
 * Makes a box span two places on the slide.
 * @param {HTMLElement} box
 * @param {Place} from
 * @param {Place} to
 */
function span({ style }, from, to) {
  style.inset = `${Math.min(from.y, to.y) * 100}% auto auto ${Math.min(from.x, to.x) * 100}%`;
  [style.width, style.height] = [from.x - to.x, from.y - to.y].map((part) => `${Math.abs(part) * 100}%`);
}

/**
 * Where fingers are, in the middle, and how far apart the first two.
 * @param {Touch[]} all
 */
function fingers(all) {
  const [x, y] = [all.reduce((sum, each) => sum + each.clientX, 0), all.reduce((sum, each) => sum + each.clientY, 0)];
  const apart = all.length < 2 ? 0 : Math.hypot(all[0].clientX - all[1].clientX, all[0].clientY - all[1].clientY);
  return { x: x / all.length, y: y / all.length, apart };
}
