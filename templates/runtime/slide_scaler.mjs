/**
 * The box of the current slide: what is put into it is scaled with the slide.
 * @param {import("./deck.mjs").Slide} slide
 */
export function stageOf(slide) {
  return /** @type {HTMLElement} */ (slide.steps.container.querySelector(".remark-slide-scaler"));
}

/**
 * The place of an event on the stage, as fractions of its width and height.
 * @param {Element} stage
 * @param {{ clientX: number, clientY: number }} event
 */
export function placeOn(stage, { clientX, clientY }) {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const x = (clientX - left) / width;
  return { x: document.body.matches(".remark-mirrored-mode") ? 1 - x : x, y: (clientY - top) / height };
}
