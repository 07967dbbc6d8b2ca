/**
 * An element with attributes and children.
 * @param {string} name
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * A button that shows a sign and is called by a word.
 * @param {string} sign
 * @param {string} label
 * @param {(event: Event) => void} run
 * @returns {HTMLButtonElement}
 */
export function button(sign, label, run) {
  const made = make("button", { type: "button", "aria-label": label, title: label }, sign);
  made.addEventListener("click", run);
  return made;
}
