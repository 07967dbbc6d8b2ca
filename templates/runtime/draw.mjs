import { onMessage, send } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { isControl, isReading } from "./focus.mjs";
import { button, make } from "./make.mjs";
import { placeOn, stageOf } from "./stage.mjs";
import { Strokes } from "./strokes.mjs";

/** Pens and marker: the word for each, and a colour that can be seen on light and on dark slides. */
const TOOLS = [
  ["penInk", "currentColor"],
  ["penRed", "#e8402f"],
  ["penBlue", "#3b82f6"],
  ["penGreen", "#1f9d55"],
  ["marker", "#ffd60a"],
];
/** Pixels of the slide between two points of a stroke. */
const NEAR = 2;

/**
 * Pen and highlighter. A stylus draws at any time; mouse and fingers while the bar is open.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const { area } = deck;
  const { classList } = document.body;
  const strokes = new Strokes(deck);
  /** @type {{ slide: number, place: number, stroke: import("./strokes.mjs").Stroke } | null} */
  let open = null;
  /** What was cleared last, and from which slide. @type {[number, import("./strokes.mjs").Stroke[]]} */
  let cleared = [-1, []];
  let [tool, color] = TOOLS[1];
  let frame = 0;
  let drew = false;
  let hasStylus = false;

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
    classList.toggle("slidegen-draw-mode", !isOn());
    if (isOn()) bar.remove();
    else document.body.append(bar);
  };
  const close = () => void (isOn() && toggle());

  const named = (/** @type {string} */ sign, /** @type {string} */ word, /** @type {(event: Event) => void} */ run) =>
    button(sign, words[word] ?? word, run);
  const choices = TOOLS.map(([name, paint]) => {
    const choice = named("", name, () => choose(name, paint));
    choice.append(make("i", { class: `slidegen-${name}`, style: `color: ${paint === "currentColor" ? "inherit" : paint}` }));
    return choice;
  });
  const choose = (/** @type {string} */ name, /** @type {string} */ paint) => {
    [tool, color] = [name, paint];
    for (const [at, choice] of choices.entries()) choice.setAttribute("aria-pressed", String(TOOLS[at][0] === name));
  };
  const printed = named("⎙", "printDrawings", () => {
    printed.setAttribute("aria-pressed", String(classList.toggle("slidegen-print-drawings")));
  });
  printed.setAttribute("aria-pressed", "false");
  const bar = make(
    "div",
    { class: "slidegen-bar slidegen-draw", role: "region", "aria-label": words.draw ?? "draw" },
    ...choices,
    named("↶", "undo", undo),
    named("⌫", "clear", clear),
    printed,
    named("×", "close", close),
  );
  choose(tool, color);

  const listeners = /** @type {[string, any, AddEventListenerOptions][]} */ ([
    ["pointerdown", begin, {}],
    ["pointermove", move, {}],
    ["pointerup", end, {}],
    ["pointercancel", end, {}],
    ["touchstart", touch, { capture: true, passive: false }],
    ["click", click, { capture: true }],
  ]);
  for (const [name, listener, how] of listeners) area.addEventListener(name, listener, how);
  document.addEventListener("keydown", press);
  const removals = [
    addCommand("draw", "d", toggle),
    deck.on("hideOverlay", close),
    onMessage("drawing", ({ slide, from, strokes: drawn }) => strokes.set(slide, from, drawn)),
    onMessage("hello", () => {
      for (const slide of strokes.slides()) send({ kind: "drawing", slide, from: 0, strokes: strokes.of(slide) });
    }),
    close,
    () => document.removeEventListener("keydown", press),
    ...listeners.map(([name, listener, how]) => () => area.removeEventListener(name, listener, how)),
  ];
  return () => removals.forEach((remove) => remove());
}
