/**
 * Lets scripts that pair slides with elements by index find an element for each slide; steps of a slide share theirs.
 * @param {string[]} names classes
 */
function (names) {
  const elements = (/** @type {string} */ name) => {
    const found = slideshow.getSlides().map(({ steps: { container } }) =>
      container.classList.contains(name) ? container : container.querySelector(`.${name}`));
    return Object.assign(found, { item: (/** @type {number} */ index) => found[index] ?? null });
  };
  const { getElementsByClassName, querySelectorAll } = document;
  document.getElementsByClassName = (name) =>
    names.includes(name) ? elements(name) : getElementsByClassName.call(document, name);
  document.querySelectorAll = (selector) => {
    const name = String(selector).trim().replace(/^\./, "");
    return names.includes(name) && name !== selector ? elements(name) : querySelectorAll.call(document, selector);
  };
}
