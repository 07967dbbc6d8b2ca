import { button, make } from "./elements.mjs";
import { openEditor } from "./source.mjs";

/**
 * A mistake in the deck.
 * @typedef {object} Problem
 * @property {"error" | "warning"} severity
 * @property {string} code
 * @property {string} message
 * @property {string} place `path:line:column`
 * @property {string} path
 * @property {number} line
 * @property {string} excerpt
 * @property {string} hint
 * @property {number} slide index of the slide it is about, or -1
 */

/**
 * Errors over the slide, with the last good deck under them; warnings as a number that opens their list.
 * @param {import("./deck.mjs").Deck} deck
 * @param {import("./live.mjs").Live} live
 * @param {Record<string, string>} words
 * @param {(text: string) => void} say
 */
export function startProblems(deck, live, words, say) {
  const title = make("h2");
  const list = make("ol");
  const close = () => {
    const was = panel.isConnected;
    panel.remove();
    return was;
  };
  const panel = make(
    "section",
    { class: "slidegen-problems", role: "alert", tabindex: "-1" },
    make("header", {}, title, button("close", words.close, close)),
    list,
  );
  const counter = button("", words.warnings, () => (panel.isConnected ? close() : open()));
  counter.className = "slidegen-warnings";

  /** @type {Problem[] | undefined} */
  let shown;
  /** What builds have found, and what this page has measured. @type {Problem[][]} */
  const known = [[], []];

  const open = () => document.body.append(panel);
  const show = (/** @type {Problem[]} */ built, /** @type {Problem[]} */ measured) => {
    known.splice(0, 2, built, measured);
    const found = [...built, ...measured];
    const errors = found.filter(({ severity }) => severity === "error");
    const warnings = found.length - errors.length;
    panel.classList.toggle("slidegen-has-errors", errors.length > 0);
    title.textContent = `${(errors.length ? words.problems : words.warnings) ?? ""} (${found.length})`;
    list.replaceChildren(...[...errors, ...found.filter(({ severity }) => severity !== "error")].map(entry));
    counter.textContent = String(warnings);
    if (warnings) document.body.append(counter);
    else counter.remove();
    if (errors.length) open();
    else if (built !== shown || !found.length) close();
    shown = built;
  };
  const entry = (/** @type {Problem} */ problem) => {
    const place = make("button", { type: "button" }, problem.place || problem.path || "slidegen");
    place.addEventListener("click", () => void go(problem));
    const message = make("p", {}, make("b", {}, `${problem.severity}[${problem.code}]`), ` ${problem.message}`);
    const item = make("li", { class: `slidegen-is-${problem.severity}` }, place, message);
    if (problem.excerpt) item.append(make("pre", {}, problem.excerpt));
    if (problem.hint) item.append(make("p", { class: "slidegen-hint" }, problem.hint));
    return item;
  };
  const go = async (/** @type {Problem} */ problem) => {
    if (problem.slide >= 0) deck.goto(problem.slide);
    if (!problem.line) return;
    const wrong = await openEditor(live.deck, problem.line, problem.path);
    if (wrong) say(wrong);
  };
  const forget = deck.on("hideOverlay", close);
  if (live.problems.length) show(live.problems, []);
  return {
    /** @param {Problem[]} built */
    show: (built) => show(built, known[1]),
    /** @param {Problem[]} measured */
    showMeasured: (measured) => show(known[0], measured),
    stop: () => {
      forget();
      panel.remove();
      counter.remove();
    },
  };
}
