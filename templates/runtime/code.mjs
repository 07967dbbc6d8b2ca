import { make, button } from "./elements.mjs";

/**
 * A code in the presenter view that leads the presenter's phone to a remote control. It contains the presenter's
 * key, so it is requested only there, and removed with the view.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} _slideshow
 * @param {{ words?: Record<string, string>, live?: import("./live.mjs").Live }} options
 */
export function start(deck, _slideshow, { words = {}, live }) {
  if (live?.who !== "author") return () => {};
  const dialog = make("dialog", { class: "slidegen-code", "aria-labelledby": "slidegen-code" });
  const isPresenting = () => document.body.matches(".remark-presenter-mode");

  const show = async () => {
    const heading = make("h1", { id: "slidegen-code", tabindex: -1, autofocus: "" }, words.phone);
    const close = button("close", words.close, () => dialog.close());
    close.className = "slidegen-close";
    const box = make("div");
    const advice = make("p", { role: "status" });
    dialog.replaceChildren(heading, box, advice, close);
    document.body.append(dialog);
    dialog.showModal();
    try {
      const response = await fetch("/api/code", { cache: "no-store" });
      const { address, code } = await response.json();
      if (!isPresenting()) return;
      if (code) {
        box.innerHTML = code;
        box.firstElementChild.setAttribute("aria-label", words.phone);
        box.append(make("a", { href: address }, address.split("?")[0]));
      }
      advice.textContent = code ? words.scan : words.notShared;
    } catch {
      advice.textContent = words.noServer;
    }
  };
  const offered = make("button", { type: "button", class: "slidegen-phone-code" }, words.phone);
  offered.addEventListener("click", show);
  /** Removes the key at once: nobody can find it in a page that shows slides again. */
  const clear = () => {
    dialog.close();
    dialog.replaceChildren();
    dialog.remove();
  };
  const follow = () => {
    if (isPresenting()) document.querySelector(".slidegen-presenter .slidegen-audience")?.before(offered);
    else clear();
  };
  dialog.addEventListener("close", clear);
  const removals = [deck.on("toggledPresenter", follow), clear, () => offered.remove()];
  follow();
  return () => removals.forEach((remove) => remove());
}
