import { morph, setAttributes } from "./morph.mjs";

/**
 * What has changed in a deck.
 * @typedef {object} Patch
 * @property {Array<number[] | { html: string, was: number | null }>} [slides] the slides that there are now: runs of
 *   unchanged ones, `[from, count]`, with a third number if they moved past others; and new ones, with
 *   the index of the one that they replace
 * @property {Array<[number, Record<string, string>[], string]>} [numbers] for slides that stay: place, attributes of
 *   each step, and the number that is shown
 * @property {number[]} [lines] where each slide starts in the source
 * @property {string} [title]
 * @property {{ own: string, authors: [string, string][] }} [styles]
 * @property {number} [first] index of the first step that has changed
 */

/**
 * Changes the slides in the document. The current one stays, at its step, as does everything else that a reader has
 * done in the page.
 * @param {import("./deck.mjs").Deck} deck
 * @param {Patch} patch
 */
export function patchSlides(deck, { slides, numbers = [], lines }) {
  const { area, slide } = deck;
  const old = slidesOf(area);
  /** Containers whose steps have changed. @type {Set<HTMLElement>} */
  const changed = new Set();
  const here = slide.steps.container;
  const at = deck.slides.findIndex((each) => each.steps === slide.steps);
  const places = new Map(deck.slides.filter(({ step }) => step === 0).map(({ index, steps }) => [steps.container, index]));
  slide.steps.reset();
  const now = slides ? arrange(area, old, slides, changed) : old;
  for (const [place, attributes, number] of numbers) {
    for (const [step, element] of now[place].entries()) {
      for (const [name, value] of Object.entries(attributes[step])) element.setAttribute(name, value);
    }
    const container = containerOf(now[place]);
    const shown = container.querySelector(".remark-slide-content > .remark-slide-number");
    if (shown) shown.innerHTML = number;
    changed.add(container);
  }
  for (const [place, line] of (lines ?? []).entries()) {
    const { dataset } = containerOf(now[place]);
    if (dataset.line !== String(line)) dataset.line = String(line);
  }

  deck.read(changed);
  const first = deck.slides.findIndex(({ steps }) => steps.container === here);
  if (first >= 0) {
    const last = deck.slides.findLastIndex(({ steps }) => steps.container === here);
    deck.current = Math.min(first + slide.step, last);
    deck.slide.steps.show(deck.slide.step);
  } else {
    deck.current = -1;
    deck.goto(Math.min(at, deck.slides.length - 1), "edit");
  }
  /** The new index of each slide that has moved; @type {Map<number, number>} */
  const moved = new Map();
  for (const { steps, step, index } of deck.slides) {
    const before = places.get(steps.container);
    if (step === 0 && before !== undefined) moved.set(before, index);
  }
  deck.emit("renewed", moved, changed);
}

/**
 * Replaces the style sheets of the page; returns whether that is possible.
 * @param {{ own: string, authors: [string, string][] }} styles
 */
export function swapStyles({ own, authors }) {
  const first = document.getElementById("slidegen-styles");
  if (!first) return false;
  if (first.textContent !== own) first.textContent = own;
  const there = [...document.querySelectorAll("style.slidegen-author")];
  let last = /** @type {Element} */ (first);
  for (const [place, [text, media]] of authors.entries()) {
    const style = there[place] ?? document.createElement("style");
    style.className = "slidegen-author";
    if (media) style.setAttribute("media", media);
    else style.removeAttribute("media");
    if (style.textContent !== text) style.textContent = text;
    if (!style.isConnected) last.after(style);
    last = style;
  }
  for (const style of there.slice(authors.length)) style.remove();
  return true;
}

/**
 * @param {HTMLElement} area
 * @param {HTMLElement[][]} old
 * @param {NonNullable<Patch["slides"]>} operations
 * @param {Set<HTMLElement>} changed
 */
function arrange(area, old, operations, changed) {
  const stays = new Set();
  /** @type {HTMLElement[][]} */
  const now = [];
  for (const operation of operations) {
    if (Array.isArray(operation)) {
      const [from, count, moves] = operation;
      for (const slide of old.slice(from, from + count)) {
        stays.add(slide);
        if (moves) for (const element of slide) element.remove();
        now.push(slide);
      }
      continue;
    }
    const made = slidesOf(parsed(area, operation.html))[0];
    const was = operation.was === null ? undefined : old[operation.was];
    if (was) stays.add(was);
    now.push(was ? renew(was, made, changed) : made);
  }
  for (const slide of old) if (!stays.has(slide)) for (const element of slide) element.remove();
  let next = slideFrom(area.firstElementChild);
  for (const element of now.flat()) {
    if (element === next) next = slideFrom(next.nextElementSibling);
    else area.insertBefore(element, next);
  }
  return now;
}

/**
 * Makes a slide show what another one does, in its existing elements.
 * @param {HTMLElement[]} slide
 * @param {HTMLElement[]} made
 * @param {Set<HTMLElement>} changed
 */
function renew(slide, made, changed) {
  const container = containerOf(slide);
  const fresh = containerOf(made);
  for (const template of slide.slice(0, -1)) template.remove();
  for (const { name } of [...container.attributes]) {
    if (/^(data|aria)-/.test(name) && !fresh.hasAttribute(name)) container.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (/^(data|aria)-/.test(name)) container.setAttribute(name, value);
  for (const part of [".remark-slide-content", ".remark-slide-notes"]) {
    const element = container.querySelector(part);
    const other = fresh.querySelector(part);
    if (!element || !other) continue;
    setAttributes(element, other);
    morph(element, other);
  }
  changed.add(container);
  const templates = made.slice(0, -1);
  if (container.isConnected) container.before(...templates);
  return [...templates, container];
}

/**
 * The slides in an element: for each, the templates of its earlier steps, and its container.
 * @param {ParentNode} area
 * @returns {HTMLElement[][]}
 */
function slidesOf(area) {
  /** @type {HTMLElement[][]} */
  const slides = [];
  /** @type {HTMLElement[]} */
  let elements = [];
  for (const child of /** @type {Iterable<HTMLElement>} */ (area.children)) {
    if (!isSlide(child)) continue;
    elements.push(child);
    if (child instanceof HTMLTemplateElement) continue;
    slides.push(elements);
    elements = [];
  }
  return slides;
}

/** @param {Element} element */
function isSlide(element) {
  return element.classList.contains("remark-slide-container");
}

/** @param {Element | null} element */
function slideFrom(element) {
  while (element && !isSlide(element)) element = element.nextElementSibling;
  return element;
}

/** @param {HTMLElement[]} slide */
function containerOf(slide) {
  return slide[slide.length - 1];
}

/**
 * HTML as nodes in which scripts will run.
 * @param {Element} area
 * @param {string} html
 */
function parsed(area, html) {
  const range = document.createRange();
  range.selectNodeContents(area);
  return range.createContextualFragment(html);
}
