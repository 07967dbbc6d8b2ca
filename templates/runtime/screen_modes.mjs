import { addCommand, lacks } from "./commands.mjs";

/**
 * What happens to the whole screen: black, mirrored, full, paused. Escape closes what is over the slides; if
 * nothing is, it returns to them from the mirror, the presenter view and the reading view.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 */
export function start(deck, slideshow) {
  const { classList } = document.body;
  const toggle = (/** @type {string} */ mode) => () => void classList.toggle(`remark-${mode}-mode`);
  const off = (/** @type {string} */ mode) => {
    const name = `remark-${mode}-mode`;
    const was = classList.contains(name);
    classList.remove(name);
    return was;
  };
  const fullscreen = async () => {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      lacks.add("noFullscreen"); // as in a frame that may not fill the screen
    }
  };
  const removals = [
    addCommand("blackout", "b .", slideshow.toggleBlackout),
    addCommand("mirror", "m", slideshow.toggleMirrored),
    addCommand("fullscreen", "f", slideshow.toggleFullscreen),
    addCommand("escape", "Escape", () => deck.emit("hideOverlay") || deck.emit("leaveMode")),
    deck.on("toggleBlackout", toggle("blackout")),
    deck.on("toggleMirrored", toggle("mirrored")),
    deck.on("toggleFullscreen", fullscreen),
    deck.on("hideOverlay", () => off("blackout")),
    deck.on("leaveMode", () => off("mirrored")),
    deck.on("pause", () => classList.add("remark-pause-mode")),
    deck.on("resume", () => classList.remove("remark-pause-mode")),
  ];
  return () => removals.forEach((remove) => remove());
}
