import { addCommand, commands, lacks, letters } from "./commands.mjs";
import { button, make } from "./make.mjs";
import { keep, recall } from "./storage.mjs";

const SYMBOLS = new Map([
  ["ArrowLeft", "←"],
  ["ArrowRight", "→"],
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
  ["PageUp", "Page ↑"],
  ["PageDown", "Page ↓"],
  ["Escape", "Esc"],
]);

/** Commands that are nothing without their keys, or are about this list. */
const PASSIVE = ["number", "help", "escape"];

/**
 * The list of keys, made from the commands when it is asked for; and a menu for those who have no keys.
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
    const heading = make("h1", { id: "slidegen-help", tabindex: -1, autofocus: "" }, words.help);
    dialog.setAttribute("aria-labelledby", heading.id);
    const table = make("table", { class: "light-keys" });
    for (const { label, keys, run } of commands) {
      const row = table.insertRow();
      row.insertCell().append(...keys.filter(Boolean).flatMap((key) => [make("kbd", { class: "key" }, keyName(key)), " "]));
      const passive = PASSIVE.includes(label);
      const act = make(passive ? "span" : "button", { class: "slidegen-command" }, words[label]);
      if (!passive) {
        act.addEventListener("click", () => {
          dialog.close();
          run(new KeyboardEvent("keydown"));
        });
      }
      row.insertCell().append(act);
    }
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
    return make("div", { class: "remark-help-content" }, heading, table, choice, ...notes, close);
  };
  const keyName = (/** @type {string} */ key) => {
    if (key === " ") return words.space;
    if (key === "Enter") return `${words.digits} + Enter`;
    return SYMBOLS.get(key) ?? key;
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (["h", "?"].includes(event.key)) dialog.close();
  };
  const closed = () => {
    document.body.classList.remove("remark-help-mode");
    dialog.remove();
  };

  letters.on = recall("localStorage", "letters") ?? true;
  dialog.addEventListener("keydown", press);
  dialog.addEventListener("close", closed);
  const removals = [
    addCommand("help", "h ?", slideshow.toggleHelp),
    deck.on("toggleHelp", toggle),
    deck.on("hideOverlay", () => dialog.close()),
    () => dialog.remove(),
  ];
  return () => removals.forEach((remove) => remove());
}
