/**
 * Makes an element's content equal to another's, leaving equal parts alone: what plays there plays
 * on, what is scrolled stays so, and the focus does not move.
 * @param {Element} element
 * @param {Element} other is used up
 */
export function morph(element, other) {
  const from = [...element.childNodes];
  const to = [...other.childNodes];
  const keep = (/** @type {Node} */ node, /** @type {Node} */ same) => {
    if (node instanceof Element) takeLines(node, /** @type {Element} */ (same));
  };
  while (from.length && to.length && isSame(from[0], to[0])) keep(/** @type {any} */ (from.shift()), /** @type {any} */ (to.shift()));
  while (from.length && to.length && isSame(from[from.length - 1], to[to.length - 1])) {
    keep(/** @type {any} */ (from.pop()), /** @type {any} */ (to.pop()));
  }
  const [one] = from;
  const [two] = to;
  if (from.length === 1 && to.length === 1 && one instanceof Element && two instanceof Element && isLike(one, two)) {
    setAttributes(one, two);
    morph(one, two);
    return;
  }
  const place = from.at(-1)?.nextSibling ?? (from.length ? null : after(element, to[0], other));
  for (const node of from) node.remove();
  for (const node of to) element.insertBefore(node, place);
}

/**
 * Gives an element the attributes of another one.
 * @param {Element} element
 * @param {Element} other
 */
export function setAttributes(element, other) {
  for (const { name } of [...element.attributes]) if (!other.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of other.attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * The node before which to insert something that replaces nothing, given how many nodes at the
 * end of both are equal.
 * @param {Element} element
 * @param {Node | undefined} node
 * @param {Element} other
 */
function after(element, node, other) {
  if (!node) return null;
  const siblings = [...other.childNodes];
  const count = siblings.indexOf(/** @type {ChildNode} */ (node));
  return element.childNodes[count] ?? null;
}

/**
 * @param {Node} one
 * @param {Node} two
 */
function isSame(one, two) {
  if (one.isEqualNode(two)) return true;
  return one instanceof Element && two instanceof Element && text(one) === text(two);
}

/** An element as written, except for its place in the source. @param {Element} element */
function text(element) {
  return element.outerHTML.replace(/ data-line="[^"]*"/g, "");
}

/**
 * Whether an element can become another one.
 * @param {Element} one
 * @param {Element} two
 */
function isLike(one, two) {
  return one.tagName === two.tagName && one.namespaceURI === two.namespaceURI && !/^(script|style|iframe|object|embed|video|audio|math|svg)$/i.test(one.tagName);
}

/**
 * @param {Element} element
 * @param {Element} same
 */
function takeLines(element, same) {
  const marked = [element, ...element.querySelectorAll("[data-line]")];
  const others = [same, ...same.querySelectorAll("[data-line]")];
  if (marked.length !== others.length) return;
  for (const [place, each] of marked.entries()) {
    const line = others[place].getAttribute("data-line");
    if (line !== null) each.setAttribute("data-line", line);
  }
}
