import { lacks } from "./commands.mjs";

/**
 * Keeps the screen from going dark while somebody presents: in full screen, in the presenter's view, or with a
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
  const listens = [deck.on("toggledPresenter", follow), deck.on("followed", follow)];
  document.addEventListener("fullscreenchange", follow);
  document.addEventListener("visibilitychange", follow);
  void follow();
  return () => {
    listens.forEach((remove) => remove());
    document.removeEventListener("fullscreenchange", follow);
    document.removeEventListener("visibilitychange", follow);
    void lock?.release();
  };
}
