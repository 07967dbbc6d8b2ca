import { stageOf } from "./stage.mjs";

/**
 * A line that was drawn.
 * @typedef {object} Stroke
 * @property {"pen" | "marker"} tool
 * @property {string} color
 * @property {number[]} points x and y in turn, in pixels of the slide before it is scaled
 */

const SVG = "http://www.w3.org/2000/svg";
/** The marker below the pen. */
const TOOLS = ["marker", "pen"];

/** The strokes on each slide, in the order in which they were drawn, by the index of its first step. */
export class Strokes {
  /** @type {Map<number, Stroke[]>} */
  #strokes = new Map();
  /** @type {Map<number, SVGPathElement[]>} */
  #paths = new Map();

  /** @param {import("./deck.mjs").Deck} deck */
  constructor(deck) {
    this.deck = deck;
    deck.on("renewed", (/** @type {Map<number, number>} */ moved) => {
      this.#strokes = moveKeys(this.#strokes, moved);
      this.#paths = moveKeys(this.#paths, moved);
    });
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
   * Puts strokes in the place of those from the `from`th on.
   * @param {number} slide
   * @param {number} from
   * @param {Stroke[]} strokes
   */
  set(slide, from, strokes) {
    if (!this.deck.slides[slide]) return;
    this.#strokes.set(slide, [...this.of(slide).slice(0, from), ...strokes]);
    const paths = this.#paths.get(slide) ?? [];
    for (const path of paths.splice(from)) path.remove();
    this.#paths.set(slide, [...paths, ...strokes.map((stroke) => this.#draw(slide, stroke))]);
  }

  /**
   * @param {number} slide
   * @param {Stroke} stroke
   */
  #draw(slide, { tool, color, points }) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("stroke", color);
    path.setAttribute("d", line(points));
    this.#layer(slide, tool).append(path);
    return path;
  }

  /**
   * @param {number} slide
   * @param {string} tool
   */
  #layer(slide, tool) {
    const stage = stageOf(this.deck.slides[slide]);
    const { color } = getComputedStyle(this.deck.slides[slide].steps.content);
    const [red, green, blue] = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
    const ground = red + green + blue > 382 ? "dark" : "light";
    for (const name of TOOLS) {
      const layer = stage.querySelector(`.slidegen-${name}`) ?? document.createElementNS(SVG, "svg");
      layer.setAttribute("class", `slidegen-drawing slidegen-${name} slidegen-on-${ground}`);
      layer.setAttribute("color", color);
      layer.setAttribute("aria-hidden", "true");
      stage.append(layer);
    }
    return /** @type {Element} */ (stage.querySelector(`.slidegen-${tool}`));
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

/**
 * A line through the middles between points, each of which bends it.
 * @param {number[]} points
 */
function line(points) {
  const [x, y] = points;
  let path = `M${x} ${y}`;
  for (let at = 2; at < points.length - 2; at += 2) {
    const [x1, y1, x2, y2] = points.slice(at, at + 4);
    path += `Q${x1} ${y1} ${(x1 + x2) / 2} ${(y1 + y2) / 2}`;
  }
  return `${path}L${points.slice(-2).join(" ")}`;
}
