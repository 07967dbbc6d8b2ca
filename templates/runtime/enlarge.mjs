// For slides with: img
import { listen } from "./events.mjs";
import { isReading } from "./focus.mjs";
import { button, make } from "./elements.mjs";

/** Elements whose pictures have another purpose, or none. */
const TAKEN = "a, button, summary, label, [role=button], .slidegen-foot, .no-zoom";
/** Smaller pictures, in slide pixels, are icons. */
const ICON = 80;

/**
 * A click on a picture, or Return when it has the focus, shows it in the whole window.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const { area } = deck;
  const enlarge = words.enlarge;

  const offer = () => {
    const shown = isReading() ? deck.area : deck.slide.steps.content;
    for (const image of shown.querySelectorAll("img:not([role], [usemap])")) {
      const { alt, offsetWidth, offsetHeight } = /** @type {HTMLImageElement} */ (image);
      if (image.parentElement?.closest(TAKEN) || image.matches(TAKEN) || Math.max(offsetWidth, offsetHeight) < ICON) continue;
      image.classList.add("slidegen-enlarges");
      if (!alt) image.removeAttribute("alt"); // which says that there is nothing to see
      image.setAttribute("role", "button");
      image.setAttribute("tabindex", "0");
      image.setAttribute("aria-label", alt ? `${enlarge}: ${alt}` : enlarge);
    }
  };
  const show = (/** @type {HTMLImageElement} */ image) => {
    const copy = /** @type {HTMLImageElement} */ (image.cloneNode());
    for (const name of ["class", "id", "style", "role", "tabindex", "aria-label", "width", "height"]) copy.removeAttribute(name);
    copy.alt = image.alt;
    copy.style.cssText = `--slidegen-shape: ${image.naturalWidth || image.offsetWidth} / ${image.naturalHeight || image.offsetHeight}`;
    const dialog = make("dialog", { class: "slidegen-enlarged", "aria-label": image.alt || enlarge }, copy);
    const close = button("close", words.close, () => dialog.close());
    close.className = "slidegen-close";
    dialog.append(close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const act = (/** @type {MouseEvent | KeyboardEvent} */ event) => {
    const image = /** @type {Element} */ (event.target).closest(".slidegen-enlarges");
    if (!image || event.defaultPrevented || ("key" in event && !["Enter", " "].includes(event.key))) return;
    if (document.body.matches(".slidegen-overview-mode")) return;
    event.preventDefault();
    show(/** @type {HTMLImageElement} */ (image));
  };

  if (deck.slide) offer();
  const removals = [
    deck.on("changed", offer),
    deck.on("reading", offer),
    listen(area, "click keydown", act),
  ];
  return () => removals.forEach((remove) => remove());
}
