/**
 * The visible part of a slide: its centre, as fractions of the slide from 0 to 1, and its scale.
 * @typedef {{ x: number, y: number, scale: number }} Lens
 */

/** The largest scale; photographs have no more detail. */
const MOST = 8;
/** A smaller scale counts as the whole slide. */
const LEAST = 1.02;

/** The whole slide. @type {Lens} */
export const whole = { x: 0.5, y: 0.5, scale: 1 };

/**
 * A lens that shows nothing beside the slide.
 * @param {Lens} lens
 * @returns {Lens}
 */
export function within({ x, y, scale }) {
  if (!(scale >= LEAST)) return whole;
  const most = Math.min(scale, MOST);
  const inside = (/** @type {number} */ value) => Math.min(Math.max(value, 0.5 / most), 1 - 0.5 / most);
  return { x: inside(x), y: inside(y), scale: most };
}

/**
 * A lens scaled by a further factor, with a place of the slide staying where it is.
 * @param {Lens} lens
 * @param {number} factor
 * @param {{ x: number, y: number }} place
 */
export function around(lens, factor, place) {
  const scale = Math.min(Math.max(lens.scale * factor, 1), MOST);
  const by = lens.scale / scale;
  return within({ x: place.x + (lens.x - place.x) * by, y: place.y + (lens.y - place.y) * by, scale });
}

/**
 * A lens that shows everything between two places.
 * @param {{ x: number, y: number }} one
 * @param {{ x: number, y: number }} other
 */
export function over(one, other) {
  const size = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
  return within({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, scale: 1 / size });
}
