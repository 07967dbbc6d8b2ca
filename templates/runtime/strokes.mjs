import { SVG, drawn } from "./shapes.mjs";
import { stageOf } from "./slide_scaler.mjs";

/** @typedef {import("./shapes.mjs").Stroke} Stroke */

/** The marker below the pen. */
const LAYERS = ["marker", "pen"];

/** The strokes on each slide and its board pages, in drawing order, by its first step. */
export class Strokes {
  /** @type {Map<number, Stroke[]>} */
  #strokes = new Map();
  /** @type {Map<number, SVGElement[]>} */
  #drawn = new Map();
  /** The current board page after the slide; 0 for the slide. */
  board = 0;

  /** @param {import("./deck.mjs").Deck} deck */
  constructor(deck) {
    this.deck = deck;
    deck.on("renewed", (/** @type {Map<number, number>} */ moved) => {
      this.#strokes = moveKeys(this.#strokes, moved);
      this.#drawn = moveKeys(this.#drawn, moved);
    });
    deck.on("changed", () => this.show());
  }

  /** The current slide, by its first step. */
  get here() {
    return this.deck.current - this.deck.slide.step;
  }

  /**
   * The strokes of one slide.
   * @param {number} slide
   */
  of(slide) {
    return this.#strokes.get(slide) ?? [];
  }

  slides() {
    return [...this.#strokes.keys()];
  }

  /**
   * How many board pages after a slide have drawings.
   * @param {number} slide
   */
  boards(slide) {
    return Math.max(0, ...this.of(slide).map(({ board }) => board ?? 0));
  }

  /**
   * Replaces the strokes from index `from` on.
   * @param {number} slide
   * @param {number} from
   * @param {Stroke[]} strokes
   */
  set(slide, from, strokes) {
    if (!this.deck.slides[slide]) return;
    this.#strokes.set(slide, [...this.of(slide).slice(0, from), ...strokes]);
    const elements = this.#drawn.get(slide) ?? [];
    for (const element of elements.splice(from)) element.remove();
    this.#drawn.set(slide, [...elements, ...strokes.map((stroke) => this.#draw(slide, stroke))]);
    this.show();
  }

  /** Shows those of the slide's strokes that belong to the current page and steps. */
  show() {
    const strokes = this.of(this.here);
    for (const [at, element] of (this.#drawn.get(this.here) ?? []).entries()) {
      const { board = 0, step = 0 } = strokes[at] ?? {};
      element.classList.toggle("slidegen-elsewhere", board !== this.board);
      element.classList.toggle("slidegen-later", !board && step > this.deck.slide.step);
    }
  }

  /**
   * @param {number} slide
   * @param {Stroke} stroke
   */
  #draw(slide, stroke) {
    const element = drawn(stroke);
    if (stroke.board) element.classList.add("slidegen-elsewhere");
    this.#layer(slide, stroke.tool === "marker" ? "marker" : "pen").append(element);
    return element;
  }

  /**
   * @param {number} slide
   * @param {string} name
   */
  #layer(slide, name) {
    const stage = stageOf(this.deck.slides[slide]);
    const { color } = getComputedStyle(this.deck.slides[slide].steps.content);
    const [red, green, blue] = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
    const ground = red + green + blue > 382 ? "dark" : "light";
    for (const each of LAYERS) {
      const layer = stage.querySelector(`:scope > .slidegen-${each}`) ?? document.createElementNS(SVG, "svg");
      layer.setAttribute("class", `slidegen-drawing slidegen-${each} slidegen-on-${ground}`);
      layer.setAttribute("color", color);
      layer.setAttribute("aria-hidden", "true");
      stage.append(layer);
    }
    return /** @type {Element} */ (stage.querySelector(`:scope > .slidegen-${name}`));
  }
}

/**
 * @template T
 * @param {Map<number, T>} map
 * @param {Map<number, number>} moved the new key for each that is still there
 * @returns {Map<number, T>}
 */
function moveKeys(map, moved) {
  return new Map([...map].flatMap(([key, value]) => (moved.has(key) ? [[/** @type {number} */ (moved.get(key)), value]] : [])));
}
