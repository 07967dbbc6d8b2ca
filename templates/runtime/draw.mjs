import { startBoards } from "./boards.mjs";
import { onMessage, random, send } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isControl, isReading } from "./focus.mjs";
import { keepInk, slideKeys } from "./ink.mjs";
import { make } from "./elements.mjs";
import { placeOn, stageOf } from "./slide_scaler.mjs";
import { Strokes } from "./strokes.mjs";

/** Slide pixels between two points of a stroke. */
const NEAR = 2;
/** Width of a stylus's line: the minimum, and how much pressure adds. */
const [THIN, THICK] = [2, 7];
/** Milliseconds after a stylus was near the screen in which a touch is that of the hand that holds it. */
const HAND = 500;
/** Shapes made of the first and the last point. */
const SHAPES = ["line", "arrow", "rect"];

/**
 * Pens, highlighter, shapes and words. A stylus always draws, wider under pressure; mouse and fingers draw while
 * the bar is open. Drawings belong to a slide and step, and are kept.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} _slideshow
 * @param {{ words?: Record<string, string>, live?: import("./live.mjs").Live }} options
 */
export function start(deck, _slideshow, { words = {}, live }) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("slidegen-draw"));
  if (!template) return () => {};
  const { area } = deck;
  const { classList } = document.body;
  const strokes = new Strokes(deck);
  const ink = keepInk(deck, strokes, Boolean(live));
  const boards = startBoards(deck, strokes, words);
  /** @type {{ slide: number, pointer: number, stroke: import("./strokes.mjs").Stroke } | null} */
  let open = null;
  /** What was cleared last, and from which slide. @type {[number, import("./strokes.mjs").Stroke[]]} */
  let cleared = [-1, []];
  let [tool, color, form] = ["", "", ""];
  /** Where words are typed. @type {HTMLElement | undefined} */
  let typing;
  let frame = 0;
  let drew = false;
  /** When a stylus was near the screen last. */
  let stylusSeen = -Infinity;
  /** What had the focus before the bar. @type {Element | null} */
  let before = null;

  const here = () => strokes.here;
  const isOn = () => bar.isConnected;
  /** Slides by what they are known by: places change while a deck is edited. */
  const keyOf = (/** @type {number} */ slide) => slideKeys(deck).get(slide);
  const set = (/** @type {number} */ slide, /** @type {any[]} */ changed, /** @type {any[]} */ removed = []) => {
    const added = changed.map((stroke) => ({ ...stroke, version: stroke.version + 1 }));
    const gone = Object.fromEntries(removed.map(({ id, version }) => [id, version + 1]));
    strokes.set(slide, added, gone);
    ink.note();
    send({ kind: "drawing", slide: keyOf(slide), strokes: added, gone });
  };
  const show = () => {
    frame = 0;
    if (!open) return;
    set(open.slide, [open.stroke]);
    open.stroke.version += 1;
  };
  /** The place of an event in slide pixels. */
  const at = (/** @type {MouseEvent} */ event) => {
    const stage = stageOf(deck.slide);
    const { x, y } = placeOn(stage, event);
    return [x * stage.offsetWidth, y * stage.offsetHeight].map((value) => Math.round(value * 10) / 10);
  };
  const add = (/** @type {PointerEvent} */ event) => {
    const { tool: own, points, widths } = /** @type {any} */ (open).stroke;
    const straight = event.shiftKey || SHAPES.includes(own);
    if (straight) {
      points.splice(2);
      widths?.splice(1);
    }
    const passed = straight ? [] : (event.getCoalescedEvents?.() ?? []);
    for (const each of passed.length ? passed : [event]) {
      const place = at(each);
      if (points.length && Math.hypot(place[0] - points.at(-2), place[1] - points.at(-1)) < NEAR) continue;
      points.push(...place);
      widths?.push(Math.round(10 * (THIN + THICK * each.pressure)) / 10);
    }
    frame ||= requestAnimationFrame(show);
  };

  /** @returns {import("./shapes.mjs").Stroke} */
  const begun = (/** @type {boolean} */ pressed) => {
    const own = /** @type {any} */ (tool === "marker" ? tool : form || "pen");
    const where = strokes.board ? { board: strokes.board } : deck.slide.step ? { step: deck.slide.step } : {};
    return { id: random(), version: 0, tool: own, color, points: [], ...(pressed && own === "pen" ? { widths: [] } : {}), ...where };
  };
  const type = (/** @type {number[]} */ points) => {
    const field = make("div", { class: "slidegen-typing", contenteditable: "plaintext-only", role: "textbox", "aria-label": words.penText, "aria-multiline": "true" });
    field.style.cssText = `left: ${points[0]}px; top: ${points[1]}px; color: ${color === "currentColor" ? getComputedStyle(deck.slide.steps.content).color : color}`;
    const slide = here();
    const stroke = { ...begun(false), tool: "text", points };
    const done = () => {
      if (typing !== field) return;
      typing = undefined;
      const text = field.innerText.trimEnd();
      field.remove();
      if (text) set(slide, [{ ...stroke, text }]);
    };
    field.addEventListener("blur", done);
    field.addEventListener("keydown", endTyping);
    stageOf(deck.slide).append(field);
    typing = field;
    field.focus({ preventScroll: true });
  };
  const begin = (/** @type {PointerEvent} */ event) => {
    const stylus = event.pointerType === "pen";
    if (stylus) stylusSeen = event.timeStamp;
    drew = false;
    if (open || event.button || !(isOn() || stylus) || (hasStylus() && event.pointerType === "touch")) return;
    if (!stageOf(deck.slide).contains(/** @type {Node} */ (event.target)) || classList.contains("slidegen-overview-mode")) return;
    if ((!isOn() && isControl(event.target)) || isReading()) return;
    if (typing || form === "text") {
      event.preventDefault(); // or the field would lose the focus at once
      if (typing) typing.blur();
      else type(at(event));
      drew = true;
      return;
    }
    const slide = here();
    open = { slide, pointer: event.pointerId, stroke: begun(stylus && event.pressure > 0) };
    classList.add("slidegen-stroke");
    area.setPointerCapture(event.pointerId);
    add(event);
    drew = true;
  };
  const hasStylus = () => stylusSeen > -Infinity;
  const move = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "pen") stylusSeen = event.timeStamp;
    if (open?.pointer === event.pointerId) add(event);
  };
  const end = (/** @type {PointerEvent} */ event) => {
    if (open?.pointer !== event.pointerId) return;
    show();
    if (event.type === "pointercancel") set(open.slide, [], [open.stroke]);
    classList.remove("slidegen-stroke");
    open = null;
  };
  const touch = (/** @type {TouchEvent} */ event) => {
    const isHand = hasStylus() && (isOn() || event.timeStamp - stylusSeen < HAND);
    if (!open && !isHand) return;
    event.preventDefault(); // or the finger, stylus or hand would scroll and turn slides
    event.stopPropagation();
  };
  const click = (/** @type {Event} */ event) => {
    if (!isOn() && !drew) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const undo = () => {
    const last = strokes.of(here()).findLast(isHere);
    if (last) set(here(), [], [last]);
    else if (cleared[0] === here()) set(...cleared);
  };
  const isHere = (/** @type {import("./shapes.mjs").Stroke} */ { board = 0 }) => board === strokes.board;
  const clear = () => {
    const all = strokes.of(here()).filter(isHere);
    if (!all.length) return;
    set(here(), [], all);
    cleared = [here(), all.map((stroke) => ({ ...stroke, version: stroke.version + 1 }))];
  };
  /** Saves the drawings as a file to be put beside the deck. */
  const save = () => {
    const url = URL.createObjectURL(new Blob([ink.file()], { type: "application/json" }));
    const name = decodeURIComponent(location.pathname.split("/").at(-1) ?? "").replace(/\.html?$/, "") || "deck";
    make("a", { href: url, download: `${name}.ink.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url));
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
      bar.scrollIntoView({ block: "nearest" }); // all of it, in a low presenter view
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
    if (tool === "marker") take("");
    for (const each of bar.querySelectorAll("[data-tool]")) each.ariaPressed = String(each === choice);
  };
  const take = (/** @type {string | undefined} */ name) => {
    form = !name || name === form ? "" : name;
    for (const each of bar.querySelectorAll("[data-form]")) each.ariaPressed = String(each.getAttribute("data-form") === form);
    if (form && tool === "marker") choose(/** @type {HTMLElement} */ (bar.querySelector("[data-tool=pen]")));
  };
  const actions = {
    undo,
    clear,
    close,
    save,
    board: boards.add,
    print: (/** @type {Element} */ button) => (button.ariaPressed = String(classList.toggle("slidegen-print-drawings"))),
  };
  const bar = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  bar.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button?.dataset.tool) choose(button);
    else if (button?.dataset.form) take(button.dataset.form);
    else if (button) actions[/** @type {keyof typeof actions} */ (button.dataset.action)](button);
  });
  choose(/** @type {HTMLElement} */ (bar.querySelector("[aria-pressed=true]")));

  const removals = [
    addCommand("draw", "d", toggle),
    deck.on("hideOverlay", close),
    onMessage("drawing", ({ slide, strokes: drawn, gone }) => {
      for (const [place, key] of slideKeys(deck)) if (key === slide) strokes.set(place, drawn, gone);
    }),
    onMessage("hello", () => {
      for (const slide of strokes.slides()) send({ kind: "drawing", slide: keyOf(slide), strokes: strokes.of(slide) });
    }),
    close,
    ink.stop,
    boards.stop,
    () => typing?.remove(),
    listen(area, "pointerdown", begin),
    listen(area, "pointermove", move),
    listen(area, "pointerup pointercancel", end),
    listen(area, "touchstart touchend", touch, { capture: true, passive: false }),
    listen(area, "click", click, { capture: true }),
    listen(document, "keydown", press),
  ];
  return () => removals.forEach((remove) => remove());
}

/**
 * Ends the words that are typed on a slide: Enter keeps them, and Escape drops them.
 * @param {KeyboardEvent} event
 */
function endTyping(event) {
  const field = /** @type {HTMLElement} */ (event.target);
  event.stopPropagation();
  if (event.isComposing || (event.key !== "Escape" && (event.key !== "Enter" || event.shiftKey))) return;
  event.preventDefault();
  if (event.key === "Escape") field.textContent = "";
  field.blur();
}
