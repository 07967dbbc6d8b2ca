// For slides with: video, audio
import { onMessage, send } from "./channel.mjs";
import { lacks } from "./commands.mjs";

/** Seconds by which windows may differ before one seeks. */
const APART = 0.7;
const EVENTS = ["play", "pause", "seeked", "ratechange"];

/**
 * Videos and sounds of the current slide play in sync in all windows, and are muted in the presenter's.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** Those that are muted only because this is the presenter's window. @type {Set<HTMLMediaElement>} */
  const silenced = new Set();
  /** The last known state of each. @type {WeakMap<HTMLMediaElement, string>} */
  const known = new WeakMap();

  const media = () => /** @type {HTMLMediaElement[]} */ ([...deck.slide.steps.content.querySelectorAll("video, audio")]);
  const state = (/** @type {HTMLMediaElement} */ { paused, playbackRate }) => `${paused} ${playbackRate}`;
  const tell = (/** @type {Event} */ { target, type }) => {
    const element = /** @type {HTMLMediaElement} */ (target);
    const place = media().indexOf(element);
    if (place < 0 || element.ended || (known.get(element) === state(element) && type !== "seeked")) return;
    known.set(element, state(element));
    const { paused, currentTime: time, playbackRate: rate } = element;
    send({ kind: "media", place, paused, time, rate });
  };
  const obey = async (/** @type {any} */ { place, paused, time, rate }) => {
    const element = media()[place];
    if (!element) return;
    known.set(element, `${paused} ${rate}`);
    if (Math.abs(element.currentTime - time) > APART) element.currentTime = time;
    element.playbackRate = rate;
    if (paused) return element.pause();
    try {
      await element.play();
    } catch {
      // A window that nobody has clicked in may have to be muted.
      element.muted = true;
      lacks.add("noSound");
      send({ kind: "muted" });
      await element.play().catch(() => {});
    }
  };
  const hush = () => {
    if (document.body.classList.contains("remark-presenter-mode")) {
      for (const element of media().filter((each) => !each.muted)) {
        element.muted = true;
        silenced.add(element);
      }
    } else {
      for (const element of silenced) element.muted = false;
      silenced.clear();
    }
  };

  const removals = [deck.on("changed", hush), deck.on("toggledPresenter", hush), onMessage("media", obey)];
  for (const event of EVENTS) deck.area.addEventListener(event, tell, true);
  if (deck.slide) hush();
  return () => {
    removals.forEach((remove) => remove());
    for (const event of EVENTS) deck.area.removeEventListener(event, tell, true);
  };
}
