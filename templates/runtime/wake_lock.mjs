import { lacks } from "./commands.mjs";
import { listen } from "./events.mjs";

/**
 * Keeps the screen from going dark while somebody presents: in full screen, in the presenter view, or with a
 * second window.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let wanted = false;

  const follow = async () => {
    wanted = document.fullscreenElement !== null || document.body.matches(".remark-presenter-mode, .slidegen-followed");
    if (!wanted) {
      const held = lock;
      lock = null;
      await held?.release();
    } else if (!lock && !document.hidden) {
      try {
        const given = await navigator.wakeLock.request("screen");
        given.addEventListener("release", () => given === lock && (lock = null));
        lock = given;
        if (!wanted) await follow();
      } catch {
        lacks.add("noWakeLock");
      }
    }
  };
  const removals = [
    deck.on("toggledPresenter", follow),
    deck.on("followed", follow),
    listen(document, "fullscreenchange visibilitychange", follow),
    () => void lock?.release(),
  ];
  void follow();
  return () => removals.forEach((remove) => remove());
}
