import { SVG, drawn } from "./shapes.mjs";
import { stageOf } from "./slide_scaler.mjs";

/** @typedef {import("./shapes.mjs").Stroke} Stroke */

/** The marker below the pen. */
const LAYERS = ["marker", "pen"];

/** The strokes on each slide and its board pages, in drawing order, by its first step. */
export class Strokes {
  /** @type {Map<number, Map<string, { stroke: Stroke, element: SVGElement }>>} */
  #slides = new Map();
  /** The latest version of each stroke that was ever here. @type {Map<string, number>} */
  #versions = new Map();
  /** The current board page after the slide; 0 for the slide. */
  board = 0;

  /** @param {import("./deck.mjs").Deck} deck */
  constructor(deck) {
    this.deck = deck;
    deck.on("renewed", (/** @type {Map<number, number>} */ moved) => {
      this.#slides = new Map([...this.#slides].flatMap(([slide, all]) => (moved.has(slide) ? [[/** @type {number} */ (moved.get(slide)), all]] : [])));
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
    return [...(this.#slides.get(slide)?.values() ?? [])].map(({ stroke }) => stroke);
  }

  slides() {
    return [...this.#slides.keys()];
  }

  /**
   * How many board pages after a slide have drawings.
   * @param {number} slide
   */
  boards(slide) {
    return Math.max(0, ...this.of(slide).map(({ board }) => board ?? 0));
  }

  /**
   * Adds, replaces and removes strokes, unless something later is known of them: whichever order windows hear in,
   * they end with the same drawing. A stroke that is removed and changed at once is removed.
   * @param {number} slide
   * @param {Stroke[]} [added]
   * @param {Record<string, number>} [gone] the versions of removed strokes, by id
   */
  set(slide, added = [], gone = {}) {
    if (!this.deck.slides[slide]) return;
    const all = this.#slides.get(slide) ?? new Map();
    this.#slides.set(slide, all);
    for (const [id, version] of Object.entries(gone)) {
      if (version < (this.#versions.get(id) ?? 0)) continue;
      this.#versions.set(id, version);
      all.get(id)?.element.remove();
      all.delete(id);
    }
    for (const stroke of added) {
      const { id, version } = stroke;
      if (version <= (this.#versions.get(id) ?? 0)) continue;
      this.#versions.set(id, version);
      all.get(id)?.element.remove();
      all.set(id, { stroke, element: this.#draw(slide, stroke) });
    }
    this.show();
  }

  /** Shows those of the slide's strokes that belong to the current page and steps. */
  show() {
    for (const { stroke, element } of this.#slides.get(this.here)?.values() ?? []) {
      const { board = 0, step = 0 } = stroke;
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
