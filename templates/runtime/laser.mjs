import { onMessage, send } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isReading } from "./focus.mjs";
import { make } from "./elements.mjs";
import { placeOn, stageOf } from "./slide_scaler.mjs";

/**
 * A red dot that follows the pointer, in all windows of the session.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const { classList } = document.body;
  const dot = make("div", { class: "slidegen-laser", "aria-hidden": "true" });
  /** @type {{ x: number | null, y: number }} */
  let place = { x: null, y: 0 };
  let frame = 0;

  const isOn = () => classList.contains("slidegen-laser-mode");
  const put = () => {
    if (place.x === null) {
      dot.remove();
      return;
    }
    const stage = stageOf(deck.slide);
    if (dot.parentElement !== stage) stage.append(dot);
    dot.style.left = `${place.x * 100}%`;
    dot.style.top = `${place.y * 100}%`;
  };
  const point = (/** @type {typeof place} */ at) => {
    place = at;
    put();
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      send({ kind: "pointer", ...place });
    });
  };
  const move = (/** @type {PointerEvent} */ event) => isOn() && point(placeOn(stageOf(deck.slide), event));
  const hide = () => isOn() && point({ x: null, y: 0 });
  const off = () => {
    const was = isOn();
    hide();
    classList.remove("slidegen-laser-mode");
    return was;
  };
  const keep = (/** @type {TouchEvent} */ event) => isOn() && event.stopPropagation(); // no finger turns slides

  const removals = [
    addCommand("laser", "l", () => (isOn() || isReading() ? off() : classList.add("slidegen-laser-mode"))),
    deck.on("changed", put),
    deck.on("hideOverlay", off),
    onMessage("pointer", ({ x, y }) => {
      place = { x, y };
      put();
    }),
    off,
    listen(document, "pointermove", move),
    listen(document.documentElement, "pointerleave", hide),
    listen(deck.area, "touchstart", keep, { capture: true, passive: true }),
  ];
  return () => removals.forEach((remove) => remove());
}
