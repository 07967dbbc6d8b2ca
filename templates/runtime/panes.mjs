import { make } from "./elements.mjs";
import { keep, recall } from "./storage.mjs";

/** The share of the window for each pane: least, most and initial, in percent, and the step of a key. */
const PANES = { notes: [20, 70, 42], slide: [20, 75, 54] };
const KEY = 3;

/**
 * Edges in the presenter view that can be moved with the mouse or the arrow keys: between slide and notes, and below
 * the slide. A double click resets one. Their positions are remembered. Also the view without a slide, for the window
 * of notes beside one that is shared.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} _slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, _slideshow, { words = {} }) {
  const { style, classList } = document.body;
  /** @type {Record<string, number>} */
  const sizes = { ...recall("localStorage", "panes") };
  const names = /** @type {("notes" | "slide")[]} */ (Object.keys(PANES));

  const put = (/** @type {"notes" | "slide"} */ name) => {
    const [least, most, first] = PANES[name];
    const size = Math.min(Math.max(sizes[name] ?? first, least), most);
    edges[name].setAttribute("aria-valuenow", String(Math.round(size)));
    if (name === "slide") style.setProperty("--slidegen-slide-pane", `${size}vh`);
    else {
      style.setProperty("--slidegen-notes-pane", `${(58 * size) / (100 - size)}fr`);
      style.setProperty("--slidegen-left-pane", `${100 - size}vw`);
    }
    return size;
  };
  const set = (/** @type {"notes" | "slide"} */ name, /** @type {number | undefined} */ size) => {
    if (size === undefined) delete sizes[name];
    else sizes[name] = size;
    if (size !== undefined) sizes[name] = put(name);
    else put(name);
    keep("localStorage", "panes", sizes);
  };
  const edgeOf = (/** @type {"notes" | "slide"} */ name) => {
    const [least, most] = PANES[name];
    const upright = name === "notes";
    const edge = make("div", {
      class: `slidegen-edge slidegen-edge-${name}`, role: "separator", tabindex: 0, "aria-label": upright ? words.notesPane : words.slidePane,
      "aria-orientation": upright ? "vertical" : "horizontal", "aria-valuemin": least, "aria-valuemax": most,
    });
    const drag = (/** @type {PointerEvent} */ event) => {
      if (!edge.hasPointerCapture(event.pointerId)) return;
      set(name, upright ? 100 - (100 * event.clientX) / innerWidth : (100 * (event.clientY - top())) / innerHeight);
    };
    edge.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => edge.setPointerCapture(event.pointerId));
    edge.addEventListener("pointermove", drag);
    edge.addEventListener("dblclick", () => set(name, undefined));
    edge.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const [more, less] = upright ? ["ArrowLeft", "ArrowRight"] : ["ArrowDown", "ArrowUp"];
      const by = { [more]: KEY, [less]: -KEY }[event.key];
      if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      set(name, put(name) + by);
    });
    return edge;
  };
  const top = () => deck.area.getBoundingClientRect().top;
  const edges = { notes: edgeOf("notes"), slide: edgeOf("slide") };
  const all = make("section", { class: "slidegen-edges", "aria-label": words.presenter }, edges.slide, edges.notes);
  const follow = () => {
    const view = document.querySelector(".slidegen-presenter");
    if (view && !all.isConnected) view.append(all);
  };

  names.forEach(put);
  if (new URLSearchParams(location.search).get("view") === "notes") classList.add("slidegen-notes-only");
  follow();
  const removals = [deck.on("toggledPresenter", follow), () => all.remove()];
  return () => removals.forEach((remove) => remove());
}
