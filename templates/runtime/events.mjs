/** Listeners by the name of what they listen for. */
export class Events {
  /** @type {Map<string, Set<Function>>} */
  #listeners = new Map();

  /**
   * @param {string} name
   * @param {Function} listener
   * @returns {() => void} takes the listener away again
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => this.off(name, listener);
  }

  /**
   * @param {string} name
   * @param {Function} listener
   */
  off(name, listener) {
    this.#listeners.get(name)?.delete(listener);
  }

  /**
   * Calls the listeners in the order in which they came; one that fails keeps no other from being called.
   * Returns whether one of them says that it did something, by `true`.
   * @param {string} name
   * @param {...unknown} args
   */
  emit(name, ...args) {
    let done = false;
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        done = listener(...args) === true || done;
      } catch (error) {
        reportError(error);
      }
    }
    return done;
  }
}

/**
 * Listens for events of the page. Returns what takes the listener away again.
 * @param {EventTarget} target
 * @param {string} names separated by blanks
 * @param {any} listener
 * @param {AddEventListenerOptions} [how]
 * @returns {() => void}
 */
export function listen(target, names, listener, how) {
  const all = names.split(" ");
  for (const name of all) target.addEventListener(name, listener, how);
  return () => all.forEach((name) => target.removeEventListener(name, listener, how));
}
