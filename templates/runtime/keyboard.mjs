import { addCommand, commands, letters } from "./commands.mjs";
import { listen } from "./events.mjs";
import { usesKey } from "./focus.mjs";

/** Commands that repeat while their key is held. */
const HELD = ["previous", "next"];

/**
 * remark's keys. The focused element has precedence, and keys with Ctrl, Alt or Meta are left alone.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 */
export function start(deck, slideshow) {
  let number = "";
  const removals = [
    addCommand("previous", "ArrowLeft ArrowUp PageUp k", slideshow.gotoPreviousSlide),
    addCommand("next", "ArrowRight ArrowDown PageDown Space j", (event) =>
      event.key === " " && event.shiftKey ? slideshow.gotoPreviousSlide() : slideshow.gotoNextSlide(),
    ),
    addCommand("first", "Home", slideshow.gotoFirstSlide),
    addCommand("last", "End", slideshow.gotoLastSlide),
    addCommand("number", "Enter", () => slideshow.gotoSlideNumber(number)),
  ];

  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector("dialog:modal")) return;
    const key = keyOf(event);
    if (usesKey(event.target, key) || (!letters.on && /^\S$/.test(key))) return;
    if (/^\d$/.test(key)) {
      number += key;
      return;
    }
    const command = key === "Enter" && !number ? undefined : commands.find((each) => each.keys.includes(key));
    if (command) {
      event.preventDefault();
      if (!event.repeat || HELD.includes(command.label)) command.run(event);
    }
    if (key !== "Shift") number = "";
  };

  removals.push(listen(window, "keydown", press));
  return () => removals.forEach((remove) => remove());
}

/**
 * The key, letters in lower case; by its position if the keyboard has no Latin letters.
 * @param {KeyboardEvent} event
 */
function keyOf({ key, code }) {
  if (/^[^\0-\x7f]$/.test(key) && code.startsWith("Key")) return code.slice(3).toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}
