import { lacks } from "./commands.mjs";

/**
 * What was stored under a name; null if the page may store nothing.
 * @param {"localStorage" | "sessionStorage"} store for all windows and years, or for this window until it closes
 * @param {string} name
 */
export function recall(store, name) {
  try {
    return JSON.parse(window[store].getItem(`slidegen ${name}`) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {"localStorage" | "sessionStorage"} store
 * @param {string} name
 * @param {unknown} value
 */
export function keep(store, name, value) {
  try {
    window[store].setItem(`slidegen ${name}`, JSON.stringify(value));
  } catch {
    lacks.add("noStorage");
  }
}
