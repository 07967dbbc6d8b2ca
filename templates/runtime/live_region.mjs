import { onMessage } from "./channel.mjs";
import { make } from "./elements.mjs";
import { readText } from "./text.mjs";

/**
 * Tells people who do not see the slide what has changed when they change it: focus moves to the new slide,
 * which makes a screen reader read its label; for a step, the added text is announced. Changes from another window
 * or from an edit are not announced, and leave the focus alone.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  // Every screen reader announces changes of a region that was in the page before.
  const status = document.querySelector(".slidegen-status") ?? make("div", { class: "slidegen-status", role: "status" });
  let black = false;
  let before = deck.slide;
  let lines = before ? linesOf(before) : [];

  const follow = (/** @type {import("./deck.mjs").Slide} */ slide, /** @type {string} */ by) => {
    const stays = slide.steps === before?.steps;
    const now = linesOf(slide);
    const news = stays ? added(lines, now) : "";
    before = slide;
    lines = now;
    status.textContent = "";
    if (by !== "here" || document.querySelector("dialog:modal")) return;
    const { container } = slide.steps;
    const { activeElement } = document;
    if (stays) status.textContent = news;
    else if (activeElement && activeElement !== document.body && !deck.area.contains(activeElement)) {
      status.textContent = container.getAttribute("aria-label"); // a button that is pressed repeatedly keeps the focus
    } else {
      container.tabIndex = -1;
      container.focus({ preventScroll: true });
    }
  };

  const tellBlack = (/** @type {boolean} */ on) => {
    if (on === black) return;
    black = on;
    status.textContent = on ? words.black : deck.slide.steps.container.getAttribute("aria-label");
  };
  const look = () => tellBlack(document.body.classList.contains("remark-blackout-mode"));

  if (!status.isConnected) document.body.append(status);
  const removals = [
    deck.on("changed", follow),
    deck.on("toggleBlackout", look),
    deck.on("hideOverlay", look),
    onMessage("blackout", ({ on }) => tellBlack(on)),
    () => (status.textContent = ""),
  ];
  return () => removals.forEach((remove) => remove());
}

/** @param {import("./deck.mjs").Slide} slide */
function linesOf({ steps }) {
  return readText(steps.content).text.split("\n").map((/** @type {string} */ line) => line.replace(/\s+/g, " ").trim());
}

/**
 * The lines that were not there before, ignoring equal ones at either end.
 * @param {string[]} before
 * @param {string[]} now
 */
function added(before, now) {
  return now.filter((line, at) => line !== before[at] && line !== before.at(at - now.length)).join(" ");
}
