import { addCommand, commands, lacks, letters } from "./commands.mjs";
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
  const dialog = document.createElement("dialog");
  dialog.className = "remark-help";

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
    const content = element("div", "remark-help-content");
    const heading = element("h1", "", words.help ?? "Help");
    Object.assign(heading, { id: "slidegen-help", tabIndex: -1, autofocus: true });
    dialog.setAttribute("aria-labelledby", heading.id);
    const table = element("table", "light-keys");
    for (const { label, keys, run } of commands) {
      const row = table.insertRow();
      const names = row.insertCell();
      for (const key of keys) names.append(element("kbd", "key", keyName(key)), " ");
      const act = element(PASSIVE.includes(label) ? "span" : "button", "slidegen-command", words[label] ?? label);
      act.addEventListener("click", () => {
        if (act.localName === "span") return;
        dialog.close();
        run(new KeyboardEvent("keydown"));
      });
      row.insertCell().append(act);
    }
    const box = element("input", "");
    Object.assign(box, { type: "checkbox", checked: letters.on });
    box.addEventListener("change", () => {
      letters.on = box.checked;
      keep("localStorage", "letters", letters.on);
    });
    const choice = element("label", "slidegen-letters");
    choice.append(box, " ", words.letters ?? "Letter keys");
    const notes = [...lacks].map((key) => element("p", "slidegen-lacks", words[key] ?? key));
    const close = element("button", "slidegen-close", "×");
    close.setAttribute("aria-label", words.close ?? "Close");
    close.addEventListener("click", () => dialog.close());
    content.append(heading, table, choice, ...notes, close);
    return content;
  };
  const keyName = (/** @type {string} */ key) => {
    if (key === " ") return words.space ?? "Space";
    if (key === "Enter") return `${words.digits ?? "number"} + ⏎`;
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

/**
 * @param {string} name
 * @param {string} className
 * @param {string} [text]
 */
function element(name, className, text = "") {
  const made = /** @type {any} */ (document.createElement(name));
  made.className = className;
  made.textContent = text;
  return made;
}
