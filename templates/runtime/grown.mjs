import { exchange, marks } from "./steps.mjs";

/**
 * Slides with many steps: for notes, properties and classes, the page stores only how each step differs from the
 * next one; here, each gets its own.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const unfold = () => {
    const all = new Set(deck.slides.map(({ steps }) => steps));
    for (const steps of all) if ("grown" in steps.container.dataset) unfoldSteps(steps);
  };
  unfold();
  return deck.on("renewed", unfold);
}

/** @param {import("./steps.mjs").Steps} steps */
function unfoldSteps(steps) {
  const { shown, container, templates } = steps;
  steps.reset();
  const earlier = [...templates.entries()].reverse();
  unfoldData(steps.content.className.split(" "), container, templates.toReversed());
  unfoldNotes(container, earlier);
  steps.show(shown);
  delete container.dataset.grown;
}

/**
 * @param {string[]} names the classes of the last step
 * @param {HTMLElement} container
 * @param {HTMLTemplateElement[]} earlier the earlier steps, last step first
 */
function unfoldData(names, container, earlier) {
  let properties = JSON.parse(container.dataset.properties ?? "{}");
  for (const { dataset } of earlier) {
    const own = { ...properties };
    for (const [name, value] of Object.entries(JSON.parse(dataset.properties ?? "{}"))) {
      if (value === null) delete own[name];
      else own[name] = typeof value === "number" ? own[name].slice(0, value) : value; // a text that has grown since
    }
    properties = own;
    dataset.properties = JSON.stringify(properties);
    const [without, more] = JSON.parse(dataset.classes ?? "[[],[]]");
    names = [...names.filter((name) => !without.includes(name)), ...more];
    dataset.differs = JSON.stringify({ ...JSON.parse(dataset.differs ?? "{}"), class: names.join(" ") });
  }
}

/**
 * @param {HTMLElement} container
 * @param {[number, HTMLTemplateElement][]} earlier
 */
function unfoldNotes(container, earlier) {
  const shown = container.querySelector(".remark-slide-notes");
  if (!shown) return;
  const copy = document.createElement("template");
  copy.innerHTML = shown.innerHTML;
  for (const [name, mark] of marks(shown)) if (MARK.test(name)) mark.remove();
  let found = marks(copy.content);
  const kept = new Map();
  let html = shown.innerHTML;
  for (const [step, { content }] of earlier) {
    let own = /** @type {HTMLElement | null} */ (content.lastElementChild);
    if (!own?.classList.contains("remark-slide-notes")) {
      if (html === shown.innerHTML) continue;
      own = document.createElement("div");
      own.className = "remark-slide-notes";
      content.append(own);
    } else if (own.dataset.runs) {
      if (!found.has(`step ${step}`)) found = marks(copy.content); // those added on the way
      exchange(step, [...own.children], found, kept);
      html = copy.innerHTML.replace(/<!--\/?step [\d.]+-->/g, "");
      delete own.dataset.runs;
    } else {
      html = own.innerHTML;
    }
    own.innerHTML = html;
  }
}

const MARK = /^\/?step [\d.]+$/;
