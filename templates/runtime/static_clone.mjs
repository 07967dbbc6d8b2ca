import { Steps } from "./steps.mjs";

/**
 * A copy of a slide at a step to look at: nothing in it loads, plays or runs.
 * @param {Steps} steps
 * @param {number} step
 */
export function still(steps, step) {
  const { content } = document.createElement("template"); // its nodes belong to a document where nothing happens
  const copied = (/** @type {Node} */ node) => content.ownerDocument.importNode(node, true);
  const copy = new Steps(/** @type {HTMLElement} */ (copied(steps.container)), steps.templates);
  copy.shown = steps.shown;
  copy.kept = new Map([...steps.kept].map(([mark, nodes]) => [mark, nodes.map(copied)]));
  copy.last = steps.last;
  copy.show(step);
  const { container } = copy;
  for (const element of container.querySelectorAll("iframe, object, embed, script")) {
    for (const name of ["src", "srcdoc", "data"]) element.removeAttribute(name);
  }
  for (const media of container.querySelectorAll("video, audio")) media.removeAttribute("autoplay");
  container.removeAttribute("hidden");
  container.className = "remark-slide-container";
  return container;
}
