/**
 * The steps of one slide. The document contains the last one; where an earlier one differs, two comments surround
 * the nodes that change, `step K` and `/step K`, and a template contains the earlier nodes. If nodes
 * change in several places, the marks of the others are `step K.1` and so on, and the template has one for each.
 */
export class Steps {
  /** The step that is in the document. */
  shown;
  /** For each pair of marks, the nodes that are not between them now. @type {Map<string, Node[]>} */
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

  /** The nodes of the last step, and of steps shown before, that are not in the document now. */
  get apart() {
    return [...this.kept.values()].flat();
  }

  /**
   * Puts a step into the document. Nodes that both steps share are not touched.
   * @param {number} step
   */
  show(step) {
    if (step === this.shown) return;
    let found = marks(this.content);
    while (this.shown !== step) {
      const passed = this.shown > step ? --this.shown : this.shown++;
      const template = this.templates[passed];
      const { runs } = template.dataset;
      if (!found.has(`step ${passed}`)) found = marks(this.content); // those added on the way
      exchange(passed, runs ? [...template.content.children] : [template], found, this.kept);
    }
    this.#dress();
  }

  /** Returns to the last step, as the document was written. */
  reset() {
    this.show(this.templates.length);
  }

  /** Gives content and container the attributes and the number of the current step. */
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
 * The comments in a node, by their text.
 * @param {Node} root
 * @returns {Map<string, Comment>}
 */
export function marks(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = new Map();
  while (walker.nextNode()) found.set(/** @type {Comment} */ (walker.currentNode).data, walker.currentNode);
  return found;
}

/**
 * Exchanges the nodes between the marks of a step for those that were there when it was last left.
 * @param {number} step
 * @param {Element[]} runs what the step has there, in elements that hold it
 * @param {Map<string, Comment>} found marks
 * @param {Map<string, Node[]>} kept
 */
export function exchange(step, runs, found, kept) {
  for (const [place, run] of runs.entries()) {
    const mark = `step ${step}${place ? `.${place}` : ""}`;
    const open = found.get(mark);
    if (!open) continue;
    const put = kept.get(mark) ?? earlier(run);
    const close = found.get("/" + mark);
    /** @type {Node[]} */
    const taken = [];
    // To the slide number if the end mark is now in another element.
    for (let node; (node = /** @type {any} */ (open.nextSibling)) && node !== close; taken.push(node)) {
      if (node.classList?.contains("remark-slide-number")) break;
      node.remove();
    }
    kept.set(mark, taken);
    open.after(...put);
  }
}

/**
 * The nodes for between the marks. Parsed again from text, so that scripts in them do not run.
 * @param {Element} holder
 */
function earlier(holder) {
  const copy = document.createElement("template");
  copy.innerHTML = holder.innerHTML;
  const last = copy.content.lastElementChild;
  if (last?.classList.contains("remark-slide-notes")) last.remove();
  return [...copy.content.childNodes];
}
