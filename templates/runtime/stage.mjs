/**
 * The box of the slide shown: what is put into it is scaled with the slide.
 * @param {import("./deck.mjs").Slide} slide
 */
export function stageOf(slide) {
  return /** @type {HTMLElement} */ (slide.steps.container.querySelector(".remark-slide-scaler"));
}

/**
 * Where an event is on the stage, in parts of its width and height.
 * @param {Element} stage
 * @param {{ clientX: number, clientY: number }} event
 */
export function placeOn(stage, { clientX, clientY }) {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const x = (clientX - left) / width;
  return { x: document.body.matches(".remark-mirrored-mode") ? 1 - x : x, y: (clientY - top) / height };
}
