import { onMessage } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { make } from "./elements.mjs";
import { Plan } from "./schedule.mjs";
import { still } from "./static_clone.mjs";
import { keep, recall } from "./storage.mjs";
import { titleOf } from "./text.mjs";
import { elapsed, isRunning, shownTime } from "./timer.mjs";

const MODE = "remark-presenter-mode";
/** The smallest size of notes, in CSS pixels, the ratio between sizes, and how many there are. */
const [LEAST, MORE, SIZES] = [14, 1.13, 10];

/**
 * The presenter view: beside the slide the next step, the notes, the time and how it compares with the plan,
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
  const view = make("div", { class: "slidegen-presenter" }, template.content.cloneNode(true));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (view.querySelector(`.${name}`));
  const [clock, timer, pace, section, progress, preview, notes, hint] =
    "slidegen-clock remark-toolbar-timer slidegen-pace slidegen-section slidegen-timeline remark-preview-area remark-notes slidegen-advice"
      .split(" ")
      .map(part);
  const list = /** @type {HTMLElement} */ (view.querySelector("ol"));
  const lang = document.documentElement.lang || undefined;
  let size = recall("localStorage", "notes") ?? 3;
  let ticking = 0;
  /** The slide and step that the view shows. @type {[unknown, number]} */
  let seen = [null, 0];

  const isOn = () => classList.contains(MODE);
  const follow = () => {
    if (!isOn() || plan.place < 0) return; // that the slides have changed is reported next
    const { steps, step } = deck.slide;
    const stays = seen[0] === steps.container && seen[1] === step;
    seen = [steps.container, step];
    const next = deck.slides[deck.current + 1];
    preview.replaceChildren(...(next ? [still(next.steps, next.step)] : []));
    const { html, early } = notesOf(deck.slides.filter((slide) => slide.steps === steps), step);
    if (!stays || notes.innerHTML !== html) notes.innerHTML = html;
    notes.classList.toggle("slidegen-early", early);
    notes.dataset.none = early ? words.later : html ? "" : words.noNotes;
    if (!stays) notes.scrollTop = 0;
    const current = rows()[plan.place];
    for (const row of rows()) row.ariaCurrent = row === current ? "true" : null;
    if (!stays) list.scrollTop = current.offsetTop - list.clientHeight / 3;
    if (!list.contains(document.activeElement)) reach(current);
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
    write(pace, plan.isTimed && elapsed() ? (words[kind]).replace("%time%", minutes(Math.abs(late))) : "");
    const done = plan.isTimed ? seconds : starts[place + 1];
    progress.style.setProperty("--slidegen-done", `${Math.min(1, done / total || 0) * 100}%`);
    progress.style.setProperty("--slidegen-due", `${(starts[place] / total || 0) * 100}%`);
    for (const [index, bar] of [...progress.children].entries()) bar.classList.toggle("slidegen-own", sections[index] === own);
  };
  const fill = () => {
    const items = plan.slides.map((slide, place) => {
      const item = make("li", {}, make("button", { type: "button", "data-place": place, "data-number": slide.number }, titleOf(slide)));
      if (slide.section) item.className = "slidegen-begins";
      if (slide.section && plan.isTimed) item.dataset.at = words.from.replace("%time%", minutes(plan.starts[place]));
      return item;
    });
    list.replaceChildren(...items);
    progress.replaceChildren(
      ...plan.sections.map(({ title, seconds }) => make("span", { title, style: `flex-grow: ${seconds}` })),
    );
    progress.classList.toggle("slidegen-timed", plan.isTimed);
  };
  const rows = () => [...list.querySelectorAll("button")];
  /** The only row that the Tab key reaches; arrow keys lead to the others. */
  const reach = (/** @type {HTMLElement} */ row) => {
    for (const each of rows()) each.tabIndex = each === row ? 0 : -1;
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = by && rows()[rows().indexOf(/** @type {any} */ (event.target)) + by];
    if (!row) return;
    event.preventDefault(); // the arrows are for the list while it has the focus
    reach(row);
    row.focus();
  };
  const resize = (/** @type {number} */ by) => {
    size = Math.min(Math.max(size + by, 0), SIZES - 1);
    notes.style.fontSize = `${Math.round(LEAST * MORE ** size)}px`;
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
  list.addEventListener("keydown", press);
  part("remark-toolbar").hidden = options.timer?.enabled === false;
  part("slidegen-reset-timer").hidden = options.timer?.resetable === false;
  const removals = [
    addCommand("presenter", "p", slideshow.togglePresenterMode),
    deck.on("togglePresenterMode", () => present(!isOn())),
    deck.on("leaveMode", () => isOn() && (present(false), true)),
    deck.on("forcePresenterMode", () => isOn() || present(true)),
    deck.on("changed", follow),
    deck.on("renewed", () => {
      plan = new Plan(deck, options.plan);
      if (!isOn()) return;
      const { scrollTop } = list;
      const at = rows().indexOf(/** @type {any} */ (document.activeElement));
      fill();
      list.scrollTop = scrollTop;
      follow();
      rows()[at]?.focus();
    }),
    deck.on("timer", () => isOn() && tick()),
    onMessage("muted", () => write(hint, words.muted)),
    () => clearInterval(ticking),
    () => view.remove(),
  ];
  if (isOn()) present(true);
  return () => removals.forEach((remove) => remove());
}

/**
 * The notes to show at a step: its own; if it has none, those of the next
 * step that has notes, dimmed; else those of the last one that had.
 * @param {import("./deck.mjs").Slide[]} slides the steps of the slide
 * @param {number} step
 */
function notesOf(slides, step) {
  const all = slides.map(({ notes }) => notes.trim());
  const later = all.findIndex((notes, at) => at >= step && notes);
  return { html: all[later] ?? all.findLast(Boolean) ?? "", early: later > step };
}

/**
 * Writes a text if it differs.
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
