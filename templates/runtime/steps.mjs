/**
 * The steps of one slide. The document holds the last one; where an earlier one differs, two comments stand
 * around the nodes that change, `step K` and `/step K`, and a template holds what stands there before. Where nodes
 * change in several places, the marks of the others are `step K.1` and so on, and the template has one for each.
 */
export class Steps {
  /** The step that is in the document. */
  shown;
  /** For each pair of marks the nodes that do not stand between them now. @type {Map<string, Node[]>} */
  kept = new Map();
  /** Attributes in which steps differ, as the last step has them. @type {Record<string, string | null> | undefined} */
  last;

  /**
   * @param {HTMLElement} container
   * @param {HTMLTemplateElement[]} templates of the earlier steps, first step first
   */
  constructor(container, templates) {
    this.container = container;
    this.templates = templates;
    this.shown = templates.length;
  }

  get content() {
    return /** @type {HTMLElement} */ (this.container.querySelector(".remark-slide-content"));
  }

  /** The nodes of the last step and of those shown before that are not in the document now. */
  get apart() {
    return [...this.kept.values()].flat();
  }

  /**
   * Puts a step into the document. Nodes that both steps have are not touched.
   * @param {number} step
   */
  show(step) {
    if (step === this.shown) return;
    while (this.shown > step) this.#exchange(--this.shown);
    while (this.shown < step) this.#exchange(this.shown++);
    this.#dress();
  }

  /** Back to the last step, as the document was written. */
  reset() {
    this.show(this.templates.length);
  }

  /** @param {number} step */
  #exchange(step) {
    const template = this.templates[step];
    const { runs } = template.dataset;
    const places = runs ? [.../** @type {any} */ (template.content.children)].slice(0, +runs) : [template];
    for (const [place, run] of places.entries()) {
      const mark = step + (place ? `.${place}` : "");
      const [open, close] = marks(this.content, mark);
      if (!open) continue;
      const put = this.kept.get(mark) ?? earlier(run);
      const kept = between(open, close);
      this.kept.set(mark, kept);
      for (const node of kept) node.remove();
      open.after(...put);
    }
  }

  /** Gives content and container the attributes and the number of the step shown. */
  #dress() {
    const { container, content } = this;
    const number = content.querySelector(".remark-slide-number");
    this.last ??= {
      number: number?.innerHTML ?? null,
      label: container.getAttribute("aria-label"),
      ...Object.fromEntries(["class", "style", "id", "lang", "dir"].map((name) => [name, content.getAttribute(name)])),
    };
    const own = JSON.parse(this.templates[this.shown]?.dataset.differs ?? "{}");
    for (const name of this.#differing()) {
      const value = name in own ? own[name] : this.last[name];
      if (name === "number") number && (number.innerHTML = value);
      else set(name === "label" ? container : content, name === "label" ? "aria-label" : name, value);
    }
  }

  #differing() {
    return new Set(this.templates.flatMap((template) => Object.keys(JSON.parse(template.dataset.differs ?? "{}"))));
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value
 */
function set(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * @param {Element} content
 * @param {string} name
 * @returns {Comment[]}
 */
function marks(content, name) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) {
    const mark = /** @type {Comment} */ (walker.currentNode);
    if (mark.data === `step ${name}` || mark.data === `/step ${name}`) found.push(mark);
  }
  return found;
}

/**
 * The nodes between two marks; to the slide number where the end mark went into another element.
 * @param {Comment} open
 * @param {Comment} close
 */
function between(open, close) {
  const nodes = [];
  for (let node = open.nextSibling; node && node !== close && !isNumber(node); node = node.nextSibling) nodes.push(node);
  return nodes;
}

/** @param {Node} node */
function isNumber(node) {
  return node instanceof Element && node.classList.contains("remark-slide-number");
}

/**
 * What a template holds for between the marks. Parsed anew as text, so that scripts in it do not run.
 * @param {HTMLTemplateElement} template
 */
function earlier(template) {
  const copy = document.createElement("template");
  copy.innerHTML = template.innerHTML;
  const nodes = [...copy.content.childNodes];
  const last = nodes.at(-1);
  if (last instanceof Element && last.classList.contains("remark-slide-notes")) nodes.pop();
  return nodes;
}
