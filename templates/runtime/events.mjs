/** Listeners by event name. */
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
   * Calls the listeners in the order of their registration; one that fails does not affect the others.
   * Returns whether one of them reports, with `true`, that it did something.
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
 * Listens for events of the page. Returns a function that removes the listener.
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
