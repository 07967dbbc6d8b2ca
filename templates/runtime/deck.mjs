import { Events } from "./events.mjs";
import { Steps } from "./steps.mjs";

/** One step of a slide: what the audience sees between two key presses, and what remark calls a slide. */
export class Slide {
  /**
   * @param {number} index
   * @param {HTMLElement} source its container, or the template that holds an earlier step
   * @param {Steps} steps
   * @param {number} step
   */
  constructor(index, source, steps, step) {
    this.index = index;
    this.source = source;
    this.steps = steps;
    this.step = step;
  }

  get name() {
    return this.source.dataset.name;
  }

  /** The number shown on the slide, by which people refer to it. */
  get number() {
    return Number(this.source.dataset.number);
  }

  /** Its heading as plain text; empty if it has none. */
  get title() {
    return this.steps.container.dataset.title ?? "";
  }

  /** The title of the section that it begins; undefined if it begins none. */
  get section() {
    return this.steps.container.dataset.section;
  }

  /** The presenter's notes, as HTML. */
  get notes() {
    const own = /** @type {any} */ (this.source).content?.querySelector(".remark-slide-notes");
    return (own ?? this.steps.container.querySelector(".remark-slide-notes"))?.innerHTML ?? "";
  }

  /** As remark's scripts know them. */
  get properties() {
    return { continued: String(this.step > 0), ...JSON.parse(this.source.dataset.properties ?? "{}") };
  }

  getSlideIndex() {
    return this.index;
  }
}

/** The slides of the page, and which of them is current. */
export class Deck extends Events {
  /** Index of the current slide; -1 before the first one is shown. */
  current = -1;
  /** @type {Slide[]} */
  slides = [];
  /** The slide that is fading out. @type {HTMLElement | undefined} */
  #fading;
  #faded = 0;

  /** @param {HTMLElement} area */
  constructor(area) {
    super();
    this.area = area;
    this.read();
  }

  /**
   * Reads the slides from the document. Those whose elements are the same keep their objects.
   * @param {Set<HTMLElement>} [changed] containers of slides that are to be read anew all the same
   */
  read(changed) {
    const known = new Map(this.slides.map((slide) => [slide.source, slide]));
    this.slides = [];
    /** @type {HTMLElement[]} */
    let sources = [];
    for (const child of /** @type {Iterable<HTMLElement>} */ (this.area.children)) {
      if (!child.classList.contains("remark-slide-container")) continue;
      sources.push(child);
      if (child instanceof HTMLTemplateElement) continue;
      const templates = /** @type {HTMLTemplateElement[]} */ (sources.slice(0, -1));
      const before = changed?.has(child) ? undefined : known.get(child);
      const steps = before?.steps ?? new Steps(child, templates);
      for (const [step, source] of sources.entries()) {
        const slide = (before && known.get(source)) ?? new Slide(0, source, steps, step);
        slide.index = this.slides.push(slide) - 1;
      }
      if (!known.has(child)) child.hidden = /** @type {any} */ ("until-found");
      sources = [];
    }
  }

  get slide() {
    return this.slides[this.current];
  }

  /** @param {string} name */
  named(name) {
    return this.slides.findLast((slide) => slide.name === name);
  }

  /**
   * The slide that contains an element, at the step that shows it.
   * @param {Node} node
   */
  holding(node) {
    return this.slides.findLast((slide) => slide.steps.container.contains(node));
  }

  /**
   * Shows a slide, and notifies listeners in remark's order. Does nothing if there is no such slide.
   * @param {number} index
   * @param {"here" | "there" | "edit"} [by] who wanted it: somebody at this window, another window, or an edit
   *   of the deck; passed to the last listeners, of `changed`
   */
  goto(index, by = "here") {
    const from = this.slide;
    const to = this.slides[index];
    if (!to || to === from) return;
    const stays = from?.steps === to.steps;
    if (from) {
      if (!stays) this.area.dataset.going = index > from.index ? "on" : "back";
      this.emit("hideSlide", from);
      this.emit("beforeHideSlide", from);
      if (!stays) this.#hide(from);
      this.emit("afterHideSlide", from);
    }
    this.emit("showSlide", to);
    this.emit("beforeShowSlide", to);
    to.steps.show(to.step);
    if (!stays) this.#show(to);
    this.emit("afterShowSlide", to);
    this.current = index;
    this.emit("changed", to, by);
  }

  /**
   * Goes so many steps on, or back.
   * @param {number} by
   */
  move(by) {
    this.goto(this.current + by);
  }

  /** @param {Slide} slide */
  #show(slide) {
    const { container } = slide.steps;
    if (container === this.#fading) this.#fade();
    container.removeAttribute("hidden");
    container.classList.add("remark-visible");
  }

  /** @param {Slide} slide */
  #hide(slide) {
    const { container } = slide.steps;
    this.#fade();
    slide.steps.reset();
    container.classList.remove("remark-visible");
    container.classList.add("remark-fading");
    container.inert = true;
    this.#fading = container;
    this.#faded = window.setTimeout(() => this.#fade(), 1000);
  }

  /** Ends the second in which style sheets may fade out the last slide. */
  #fade() {
    window.clearTimeout(this.#faded);
    if (!this.#fading) return;
    this.#fading.classList.remove("remark-fading");
    this.#fading.inert = false;
    this.#fading.hidden = /** @type {any} */ ("until-found");
    this.#fading = undefined;
  }
}
