import { listen } from "./events.mjs";

/** Milliseconds without mouse and touch after which pointer and buttons disappear from the slides. */
const IDLE = 3000;

/**
 * Buttons for those without a keyboard: back, forward, and a menu of everything. They appear when the mouse
 * moves, the screen is touched or one has the focus, and disappear by themselves.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 */
export function start(deck, slideshow) {
  const { classList } = document.body;
  const actions = new Map([
    ["previous", slideshow.gotoPreviousSlide],
    ["next", slideshow.gotoNextSlide],
    ["menu", slideshow.toggleHelp],
  ]);
  let idle = 0;

  const move = () => {
    classList.add("slidegen-active");
    clearTimeout(idle);
    idle = window.setTimeout(() => classList.remove("slidegen-active"), IDLE);
  };
  const click = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest?.(".slidegen-controls button");
    actions.get(button?.className.replace("slidegen-", "") ?? "")?.();
  };
  const follow = () => {
    button("previous")?.toggleAttribute("disabled", deck.current <= 0);
    button("next")?.toggleAttribute("disabled", deck.current === deck.slides.length - 1);
  };
  const button = (/** @type {string} */ name) => document.querySelector(`.slidegen-controls .slidegen-${name}`);

  follow();
  if (matchMedia("(hover: none)").matches) move(); // so that fingers find them
  const removals = [
    deck.on("changed", follow),
    listen(window, "pointermove pointerdown scroll", move),
    listen(document, "click", click),
    () => clearTimeout(idle),
  ];
  return () => removals.forEach((remove) => remove());
}
