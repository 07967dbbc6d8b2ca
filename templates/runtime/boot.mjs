/** Shows the deck, offers remark's API for it, and carries out calls that came before the slides were ready. */
import { asksForPresenter, followAddress, slideAt } from "./url_hash.mjs";
import { Deck } from "./deck.mjs";
import { remarksApi } from "./slideshow.mjs";

export const options = JSON.parse(document.getElementById("slidegen-options")?.textContent || "{}");
export const deck = new Deck(/** @type {HTMLElement} */ (document.querySelector(".remark-slides-area")));

const page = /** @type {any} */ (window);
const { slideshow } = page;
Object.assign(slideshow, remarksApi(deck, options));
page.remark.create = (/** @type {unknown} */ _options, /** @type {Function | undefined} */ callback) => {
  callback?.(slideshow);
  return slideshow;
};
followAddress(deck);
for (const [ask, args] of page.slidegen.early.splice(0)) {
  try {
    if (typeof ask === "function") ask(...args);
    else slideshow[ask](...args);
  } catch (error) {
    reportError(error);
  }
}
if (asksForPresenter(location.hash)) document.body.classList.add("remark-presenter-mode");
if (deck.current < 0) deck.goto(slideAt(deck, location.hash)?.index ?? 0);
