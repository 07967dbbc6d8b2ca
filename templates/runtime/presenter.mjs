import { onMessage } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { Plan } from "./plan.mjs";
import { still } from "./still.mjs";
import { keep, recall } from "./storage.mjs";
import { elapsed, isRunning, shownTime } from "./timer.mjs";

const MODE = "remark-presenter-mode";
/** Sizes of the notes, in CSS pixels. */
const SIZES = [14, 16, 18, 20, 23, 26, 30, 36, 44];

/**
 * The presenter's view: beside the slide the next step, the notes, the time and how it agrees with the plan,
 * and all slides to jump to.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string>, timer?: any, plan?: number[] }} options
 */
export function start(deck, slideshow, options) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("slidegen-presenter"));
  if (!template) return () => {};
  const { classList } = document.body;
  const { words = {} } = options;
  const format = /** @type {any} */ (window).slidegen.asked?.timer?.formatter ?? options.timer?.formatter;
  let plan = new Plan(deck, options.plan);
  const view = document.createElement("div");
  view.className = "slidegen-presenter";
  view.append(template.content.cloneNode(true));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (view.querySelector(`.${name}`));
  const [clock, timer, pace, section, progress, preview, notes, hint] =
    "slidegen-clock remark-toolbar-timer slidegen-pace slidegen-section slidegen-timeline remark-preview-area remark-notes slidegen-advice"
      .split(" ")
      .map(part);
  const list = /** @type {HTMLElement} */ (view.querySelector("ol"));
  const lang = document.documentElement.lang || undefined;
  let size = recall("localStorage", "notes") ?? SIZES.indexOf(20);
  let ticking = 0;
  /** The slide and step that the view shows. @type {[unknown, number]} */
  let seen = [null, 0];

  const follow = () => {
    if (!classList.contains(MODE) || plan.place < 0) return; // that the slides are others now is told next
    const { steps, step } = deck.slide;
    const stays = seen[0] === steps.container && seen[1] === step;
    seen = [steps.container, step];
    const next = deck.slides[deck.current + 1];
    preview.replaceChildren(...(next ? [still(next.steps, next.step)] : []));
    if (!stays || notes.innerHTML !== deck.slide.notes) notes.innerHTML = deck.slide.notes;
    notes.dataset.none = notes.textContent?.trim() || notes.firstElementChild ? "" : (words.noNotes ?? "No notes");
    if (!stays) notes.scrollTop = 0;
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const current = /** @type {HTMLElement} */ (list.querySelectorAll("button")[plan.place]);
    current.setAttribute("aria-current", "true");
    if (!stays) list.scrollTop = current.offsetTop - list.offsetTop - list.clientHeight / 3;
    tick();
  };
  const tick = () => {
    const seconds = elapsed() / 1000;
    write(clock, new Date().toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" }));
    const time = shownTime(elapsed(), format);
    if (timer.innerHTML !== time) timer.innerHTML = time;
    classList.toggle("slidegen-running", isRunning());
    const { sections, place, total, starts } = plan;
    const own = plan.section;
    const number = `${deck.slide.number} / ${deck.slides[deck.slides.length - 1].number}`;
    const within = Math.max(0, seconds - own.start);
    const times = plan.isTimed ? `${minutes(within)} / ${minutes(own.seconds)}` : number;
    write(section, [own.title, times].filter(Boolean).join(" · "));
    const late = plan.isTimed && elapsed() ? plan.lateness(seconds) : 0;
    const kind = Math.abs(late) < 30 ? "onTime" : late > 0 ? "behind" : "ahead";
    pace.dataset.pace = kind;
    write(pace, plan.isTimed && elapsed() ? (words[kind] ?? kind).replace("%time%", minutes(Math.abs(late))) : "");
    const done = plan.isTimed ? seconds : starts[place + 1];
    progress.style.setProperty("--slidegen-done", `${Math.min(1, done / total || 0) * 100}%`);
    progress.style.setProperty("--slidegen-due", `${(starts[place] / total || 0) * 100}%`);
    for (const [index, bar] of [...progress.children].entries()) bar.classList.toggle("slidegen-own", sections[index] === own);
  };
  const fill = () => {
    const items = plan.slides.map((slide, place) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.place = String(place);
      button.dataset.number = String(slide.number);
      button.textContent = slide.title || (slide.steps.content.textContent ?? "").trim().slice(0, 60);
      item.append(button);
      if (slide.section) item.className = "slidegen-begins";
      if (slide.section && plan.isTimed) item.dataset.at = minutes(plan.starts[place]);
      return item;
    });
    list.replaceChildren(...items);
    progress.replaceChildren(
      ...plan.sections.map(({ title, seconds }) => {
        const bar = document.createElement("span");
        bar.style.flexGrow = String(seconds);
        bar.title = title;
        return bar;
      }),
    );
    progress.classList.toggle("slidegen-timed", plan.isTimed);
  };
  const resize = (/** @type {number} */ by) => {
    size = Math.min(Math.max(size + by, 0), SIZES.length - 1);
    notes.style.fontSize = `${SIZES[size]}px`;
    if (by) keep("localStorage", "notes", size);
  };
  const click = (/** @type {MouseEvent} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    if (button.dataset.place) deck.goto(plan.slides[Number(button.dataset.place)].index);
    actions.get(button.className)?.();
    if (event.detail) button.blur(); // the next press of the space bar is for the slides
  };
  const actions = new Map([
    ["slidegen-toggle-timer", slideshow.toggleTimer],
    ["slidegen-reset-timer", slideshow.resetTimer],
    ["slidegen-smaller", () => resize(-1)],
    ["slidegen-larger", () => resize(1)],
    ["slidegen-audience", slideshow.createClone],
  ]);
  const present = (/** @type {boolean} */ on) => {
    classList.toggle(MODE, on);
    clearInterval(ticking);
    if (on) {
      seen = [null, 0];
      fill();
      resize(0);
      document.body.append(view);
      ticking = window.setInterval(tick, 250);
    } else {
      view.remove();
      preview.replaceChildren();
    }
    follow();
    deck.emit("toggledPresenter", deck.slide);
  };

  view.addEventListener("click", click);
  part("remark-toolbar").hidden = options.timer?.enabled === false;
  part("slidegen-reset-timer").hidden = options.timer?.resetable === false;
  const removals = [
    addCommand("presenter", "p", slideshow.togglePresenterMode),
    deck.on("togglePresenterMode", () => present(!classList.contains(MODE))),
    deck.on("forcePresenterMode", () => classList.contains(MODE) || present(true)),
    deck.on("changed", follow),
    deck.on("renewed", () => {
      plan = new Plan(deck, options.plan);
      if (!classList.contains(MODE)) return;
      const { scrollTop } = list;
      fill();
      list.scrollTop = scrollTop;
      follow();
    }),
    deck.on("timer", () => classList.contains(MODE) && tick()),
    onMessage("muted", () => write(hint, words.muted ?? "")),
    () => clearInterval(ticking),
    () => view.remove(),
  ];
  if (classList.contains(MODE)) present(true);
  return () => removals.forEach((remove) => remove());
}

/**
 * Writes a text where it is another.
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {number} seconds */
function minutes(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
