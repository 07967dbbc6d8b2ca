import { onMessage, send } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isControl, isReading } from "./focus.mjs";
import { placeOn, stageOf } from "./stage.mjs";
import { Strokes } from "./strokes.mjs";

/** Pixels of the slide between two points of a stroke. */
const NEAR = 2;

/**
 * Pen and highlighter. A stylus draws at any time; mouse and fingers while the bar is open.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("slidegen-draw"));
  if (!template) return () => {};
  const { area } = deck;
  const { classList } = document.body;
  const strokes = new Strokes(deck);
  /** @type {{ slide: number, place: number, stroke: import("./strokes.mjs").Stroke } | null} */
  let open = null;
  /** What was cleared last, and from which slide. @type {[number, import("./strokes.mjs").Stroke[]]} */
  let cleared = [-1, []];
  let [tool, color] = ["", ""];
  let frame = 0;
  let drew = false;
  let hasStylus = false;
  /** What had the focus before the bar. @type {Element | null} */
  let before = null;

  const here = () => deck.current - deck.slide.step;
  const isOn = () => bar.isConnected;
  const set = (/** @type {number} */ slide, /** @type {number} */ from, /** @type {any[]} */ added) => {
    strokes.set(slide, from, added);
    send({ kind: "drawing", slide, from, strokes: added });
  };
  const show = () => {
    frame = 0;
    if (open) set(open.slide, open.place, [open.stroke]);
  };
  const add = (/** @type {PointerEvent} */ event) => {
    const stage = stageOf(deck.slide);
    const { points } = /** @type {any} */ (open).stroke;
    if (event.shiftKey) points.splice(2);
    const passed = event.shiftKey ? [] : (event.getCoalescedEvents?.() ?? []);
    for (const each of passed.length ? passed : [event]) {
      const { x, y } = placeOn(stage, each);
      const at = [x * stage.offsetWidth, y * stage.offsetHeight].map((value) => Math.round(value * 10) / 10);
      if (!points.length || Math.hypot(at[0] - points.at(-2), at[1] - points.at(-1)) >= NEAR) points.push(...at);
    }
    frame ||= requestAnimationFrame(show);
  };

  const begin = (/** @type {PointerEvent} */ event) => {
    const stylus = event.pointerType === "pen";
    hasStylus ||= stylus;
    drew = false;
    if (open || event.button || !(isOn() || stylus) || (hasStylus && event.pointerType === "touch")) return;
    if (!stageOf(deck.slide).contains(/** @type {Node} */ (event.target)) || classList.contains("slidegen-overview-mode")) return;
    if ((!isOn() && isControl(event.target)) || isReading()) return;
    const slide = here();
    open = { slide, place: strokes.of(slide).length, stroke: { tool: tool === "marker" ? tool : "pen", color, points: [] } };
    classList.add("slidegen-stroke");
    area.setPointerCapture(event.pointerId);
    add(event);
    drew = true;
  };
  const move = (/** @type {PointerEvent} */ event) => void (open && add(event));
  const end = (/** @type {PointerEvent} */ event) => {
    if (!open) return;
    show();
    if (event.type === "pointercancel") set(open.slide, open.place, []);
    classList.remove("slidegen-stroke");
    open = null;
  };
  const touch = (/** @type {TouchEvent} */ event) => {
    if (!open) return;
    event.preventDefault(); // or the finger or stylus would scroll, and turn slides
    event.stopPropagation();
  };
  const click = (/** @type {Event} */ event) => {
    if (!isOn() && !drew) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const undo = () => {
    const { length } = strokes.of(here());
    if (length) set(here(), length - 1, []);
    else if (cleared[0] === here()) set(here(), 0, cleared[1]);
  };
  const clear = () => {
    cleared = [here(), strokes.of(here())];
    set(here(), 0, []);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (!isOn() || event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    undo();
  };
  const toggle = () => {
    if (!isOn() && isReading()) return; // where text flows, lines would point at nothing
    const on = !isOn();
    classList.toggle("slidegen-draw-mode", on);
    if (on) {
      before = document.activeElement;
      document.body.append(bar);
      /** @type {HTMLElement} */ (bar.querySelector("[aria-pressed=true]")).focus();
    } else {
      const back = bar.contains(document.activeElement);
      bar.remove();
      if (back) /** @type {HTMLElement | null} */ (before)?.focus({ preventScroll: true });
    }
  };
  const close = () => {
    const was = isOn();
    if (was) toggle();
    return was;
  };

  const choose = (/** @type {HTMLElement} */ choice) => {
    [tool, color] = [choice.dataset.tool ?? "", choice.dataset.color ?? ""];
    for (const each of bar.querySelectorAll("[data-tool]")) each.ariaPressed = String(each === choice);
  };
  const actions = {
    undo,
    clear,
    close,
    print: (/** @type {Element} */ button) => (button.ariaPressed = String(classList.toggle("slidegen-print-drawings"))),
  };
  const bar = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  bar.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button?.dataset.tool) choose(button);
    else if (button) actions[/** @type {keyof typeof actions} */ (button.dataset.action)](button);
  });
  choose(/** @type {HTMLElement} */ (bar.querySelector("[aria-pressed=true]")));

  const removals = [
    addCommand("draw", "d", toggle),
    deck.on("hideOverlay", close),
    onMessage("drawing", ({ slide, from, strokes: drawn }) => strokes.set(slide, from, drawn)),
    onMessage("hello", () => {
      for (const slide of strokes.slides()) send({ kind: "drawing", slide, from: 0, strokes: strokes.of(slide) });
    }),
    close,
    listen(area, "pointerdown", begin),
    listen(area, "pointermove", move),
    listen(area, "pointerup pointercancel", end),
    listen(area, "touchstart", touch, { capture: true, passive: false }),
    listen(area, "click", click, { capture: true }),
    listen(document, "keydown", press),
  ];
  return () => removals.forEach((remove) => remove());
}
