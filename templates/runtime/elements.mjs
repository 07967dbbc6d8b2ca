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
 * One of the icons in `icons.html`.
 * @param {string} name
 * @returns {Element}
 */
export function icon(name) {
  const made = make("span");
  made.innerHTML = `<svg class="slidegen-icon" aria-hidden="true"><use href="#slidegen-icon-${name}"/></svg>`;
  return made.firstChild;
}

/**
 * A button with an icon and a label.
 * @param {string} name of the icon; none if it is empty
 * @param {string} label
 * @param {(event: Event) => void} run
 * @returns {HTMLButtonElement}
 */
export function button(name, label, run) {
  const made = make("button", { type: "button", "aria-label": label, title: label });
  if (name) made.append(icon(name));
  made.addEventListener("click", run);
  return made;
}
