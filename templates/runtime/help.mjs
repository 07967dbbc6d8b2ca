import { addCommand, commands, lacks, letters } from "./commands.mjs";
import { listen } from "./events.mjs";
import { button, make } from "./elements.mjs";
import { keep, recall } from "./storage.mjs";
import { fold } from "./text.mjs";

const SYMBOLS = new Map([
  ["ArrowLeft", "←"],
  ["ArrowRight", "→"],
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
  ["PageUp", "Page ↑"],
  ["PageDown", "Page ↓"],
  ["Escape", "Esc"],
]);

/** What the commands of each group are about; those in no group come last. */
const GROUPS = {
  moving: "previous next first last number overview goto search hit back",
  showing: "blackout mirror fullscreen presenter clone notesWindow reader laser draw board zoom",
  timing: "toggleTimer resetTimer rehearse",
};
/** Commands that make no sense without their keys, or concern this list. */
const PASSIVE = ["number", "help", "escape"];

/**
 * All commands, in groups, with their keys, searchable by typing. Also a menu for those without a keyboard. It is
 * built from the commands when it is opened.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const dialog = make("dialog", { class: "remark-help" });

  const toggle = () => {
    if (dialog.open) {
      dialog.close();
      return;
    }
    dialog.replaceChildren(content());
    document.body.append(dialog);
    document.body.classList.add("remark-help-mode");
    dialog.showModal();
  };
  const content = () => {
    const heading = make("h1", { id: "slidegen-help", tabindex: -1 }, words.help);
    dialog.setAttribute("aria-labelledby", heading.id);
    const table = make("table", { class: "light-keys" });
    const grouped = Object.entries(GROUPS).map(([name, labels]) => ({
      name,
      all: labels.split(" ").flatMap((label) => commands.filter((each) => each.label === label)),
    }));
    const rest = commands.filter((each) => !grouped.some(({ all }) => all.includes(each)));
    for (const { name, all } of [...grouped, { name: "more", all: rest }]) {
      const body = table.appendChild(make("tbody", { "aria-label": words[name] }));
      body.append(make("tr", { class: "slidegen-group" }, make("th", { colspan: 2, scope: "rowgroup" }, words[name])));
      for (const command of all) body.append(rowOf(command));
    }
    const field = make("input", { type: "search", "aria-label": words.find, placeholder: words.find, autocomplete: "off", spellcheck: "false" });
    (matchMedia("(hover: hover)").matches ? field : heading).autofocus = true; // where a field with the focus opens no keyboard over the list
    field.addEventListener("input", () => filter(table, field.value));
    field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const first = buttonsOf(table)[0];
      if (event.isComposing) return;
      if (event.key === "Enter" && field.value) first?.click();
      else if (event.key === "Escape") dialog.close(); // or the browser would empty the field
      else if (event.key === "ArrowDown") first?.focus();
      else return;
      event.preventDefault();
    });
    table.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      const all = buttonsOf(table);
      event.preventDefault();
      (all[all.indexOf(/** @type {any} */ (document.activeElement)) + by] ?? (by < 0 ? field : null))?.focus();
    });
    const box = make("input", { type: "checkbox" });
    box.checked = letters.on;
    box.addEventListener("change", () => {
      letters.on = box.checked;
      keep("localStorage", "letters", letters.on);
    });
    const choice = make("label", { class: "slidegen-letters" }, box, " ", words.letters);
    const notes = [...lacks].map((key) => make("p", { class: "slidegen-lacks" }, words[key]));
    const close = button("close", words.close, () => dialog.close());
    close.className = "slidegen-close";
    return make("div", { class: "remark-help-content" }, heading, field, table, choice, ...notes, close);
  };
  const rowOf = (/** @type {import("./commands.mjs").Command} */ { label, keys, run }) => {
    const passive = PASSIVE.includes(label);
    const act = make(passive ? "span" : "button", { class: "slidegen-command" }, words[label]);
    if (!passive) {
      act.addEventListener("click", () => {
        dialog.close();
        run(new KeyboardEvent("keydown"));
      });
    }
    const names = keys.flatMap((key) => [make("kbd", { class: "key" }, keyName(key)), " "]);
    return make("tr", {}, make("td", {}, ...names), make("td", {}, act));
  };
  const keyName = (/** @type {string} */ key) => {
    if (key === " ") return words.space;
    if (key === "Enter") return `${words.digits} + Enter`;
    return SYMBOLS.get(key) ?? key;
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const { key, target } = event;
    const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    if ((key === "h" && target !== field) || (key === "?" && (target !== field || !field.value))) {
      event.preventDefault();
      dialog.close();
    } else if (/^\S$/.test(key) && !event.ctrlKey && !event.metaKey) field.focus(); // and gets what is typed
  };
  const closed = () => {
    if (dialog.open) return; // again, before this was reported
    document.body.classList.remove("remark-help-mode");
    dialog.remove();
  };

  const ask = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (!dialog.open && document.querySelector("dialog:modal")) return;
    event.preventDefault();
    toggle();
  };

  letters.on = recall("localStorage", "letters") ?? true;
  dialog.addEventListener("keydown", press);
  dialog.addEventListener("close", closed);
  const removals = [
    addCommand("help", "h ? Ctrl+K", slideshow.toggleHelp),
    listen(document, "keydown", ask),
    deck.on("toggleHelp", toggle),
    deck.on("hideOverlay", () => dialog.close()),
    () => dialog.remove(),
  ];
  return () => removals.forEach((remove) => remove());
}

/** @param {HTMLElement} table */
function buttonsOf(table) {
  return /** @type {HTMLElement[]} */ ([...table.querySelectorAll("tr:not([hidden]) button")]);
}

/**
 * Keeps the commands that contain all typed words, and groups that have one.
 * @param {HTMLElement} table
 * @param {string} typed
 */
function filter(table, typed) {
  const asked = fold(typed).split(/\s+/).filter(Boolean);
  for (const body of table.querySelectorAll("tbody")) {
    const rows = [...body.rows].slice(1);
    for (const row of rows) row.hidden = !asked.every((/** @type {string} */ word) => fold(row.textContent ?? "").includes(word));
    body.hidden = rows.every((row) => row.hidden);
  }
}
