/**
 * A line, shape or text drawn in one go.
 * @typedef {object} Stroke
 * @property {string} id which no other stroke has
 * @property {number} version from 1 on: rises with each change, also when it is removed and comes back
 * @property {"pen" | "marker" | "line" | "arrow" | "rect" | "text"} tool
 * @property {string} color
 * @property {number[]} points x and y in turn, in pixels of the slide before it is scaled
 * @property {number[]} [widths] of a stylus, one for each point
 * @property {string} [text]
 * @property {number} [step] the step of its slide from which on it is shown; 0 if it is not given
 * @property {number} [board] the page after its slide that it is on; 0 for the slide itself
 */

export const SVG = "http://www.w3.org/2000/svg";
/** Half the width of an arrow's head, and its length. */
const [WING, HEAD] = [9, 22];
/** Slide pixels from one line of text to the next; `render/ink.py` draws the same in built pages. */
const LEADING = 38;

/**
 * A stroke as an SVG element.
 * @param {Stroke} stroke
 */
export function drawn({ tool, color, points, widths, text }) {
  if (tool === "text") return words(String(text), color, points);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("stroke", color);
  if (widths?.length) {
    path.setAttribute("fill", color);
    path.setAttribute("stroke-width", "1");
  }
  path.setAttribute("d", widths?.length ? outline(points, widths) : shape(tool, points));
  return path;
}

/**
 * @param {string} text
 * @param {string} color
 * @param {number[]} points
 */
function words(text, color, [x, y]) {
  const element = document.createElementNS(SVG, "text");
  element.setAttribute("fill", color);
  for (const [at, line] of text.split("\n").entries()) {
    const span = document.createElementNS(SVG, "tspan");
    span.setAttribute("x", String(x));
    span.setAttribute("y", String(y + at * LEADING));
    span.textContent = line;
    element.append(span);
  }
  return element;
}

/**
 * @param {string} tool
 * @param {number[]} points
 */
function shape(tool, points) {
  const [x, y] = points;
  const [x1, y1] = points.slice(-2);
  if (tool === "line") return `M${x} ${y}L${x1} ${y1}`;
  if (tool === "rect") return `M${x} ${y}H${x1}V${y1}H${x}Z`;
  return tool === "arrow" ? arrow(x, y, x1, y1) : line(points);
}

/** @param {number} x @param {number} y @param {number} x1 @param {number} y1 */
function arrow(x, y, x1, y1) {
  const length = Math.hypot(x1 - x, y1 - y) || 1;
  const [along, across] = [(x1 - x) / length, (y1 - y) / length];
  const [bx, by] = [x1 - HEAD * along, y1 - HEAD * across];
  const wing = (/** @type {number} */ side) => `${round(bx - side * WING * across)} ${round(by + side * WING * along)}`;
  return `M${x} ${y}L${x1} ${y1}M${wing(1)}L${x1} ${y1}L${wing(-1)}`;
}

/**
 * A line through the midpoints between points, each of which bends it.
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

/**
 * The outline of a line that is wider where the pen was pressed harder.
 * @param {number[]} points
 * @param {number[]} widths
 */
function outline(points, widths) {
  /** @type {string[]} */
  const there = [];
  /** @type {string[]} */
  const back = [];
  for (let at = 0; at < points.length; at += 2) {
    const [from, to] = [Math.max(at - 2, 0), Math.min(at + 2, points.length - 2)];
    const [dx, dy] = [points[to] - points[from], points[to + 1] - points[from + 1]];
    const length = Math.hypot(dx, dy) || 1;
    const half = (widths[at / 2] ?? 4) / 2;
    const [px, py] = [(-dy / length) * half, (dx / length) * half];
    there.push(`${round(points[at] + px)} ${round(points[at + 1] + py)}`);
    back.unshift(`${round(points[at] - px)} ${round(points[at + 1] - py)}`);
  }
  return `M${[...there, ...back].join("L")}Z`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
