/**
 * Lets the page's scripts find the deck's text in the element with the id `source`, as in remark, without showing it.
 * @param {string} text
 */
function (text) {
  const source = document.createElement("textarea");
  source.id = "source";
  source.textContent = text;
  document.createElement("div").append(source);
  const { getElementById, querySelector } = document;
  document.getElementById = (id) => getElementById.call(document, id) ?? (String(id) === "source" ? source : null);
  document.querySelector = (selector) =>
    querySelector.call(document, selector) ?? (source.matches(selector) ? source : null);
  Object.defineProperty(window, "source", { value: source, writable: true, configurable: true });
}
