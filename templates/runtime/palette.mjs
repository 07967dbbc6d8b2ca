import { make } from "./elements.mjs";

/** How many to list: whoever wants another one types on. */
const MOST = 200;

/**
 * What a palette has found.
 * @typedef {object} Hit
 * @property {string} number of its slide
 * @property {(string | Node)[]} text
 * @property {boolean} [first] whether to begin the choice here
 * @property {() => void} go
 */

/**
 * A field to type in, with results below it. Returns a function that opens it, or closes it if it is open.
 * @param {string} label
 * @param {Record<string, any>} words
 * @param {(query: string) => Hit[]} find
 */
export function palette(label, words, find) {
  const id = `slidegen-hits-${label.length}-${document.querySelectorAll("dialog").length}`;
  const list = make("ul", { id, role: "listbox", "aria-label": label });
  const field = make("input", {
    role: "combobox", "aria-label": label, "aria-controls": id, "aria-expanded": "true", "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", enterkeyhint: "go", placeholder: label,
  });
  const count = make("p", { role: "status" });
  const dialog = make("dialog", { class: "slidegen-palette", "aria-label": label }, field, list, count);
  /** @type {Hit[]} */
  let found = [];
  let chosen = 0;

  const choose = (/** @type {number} */ at) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = found.length && (at + found.length) % found.length;
    const row = list.children[chosen];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", row?.id ?? "");
  };
  const update = () => {
    const query = field.value.trim();
    const all = find(query);
    found = all.slice(0, MOST);
    list.replaceChildren(...found.map(({ number, text }, at) => {
      const row = { id: `${id}-${at}`, role: "option", "aria-selected": "false" };
      return make("li", row, make("b", {}, number), make("span", {}, ...text));
    }));
    count.textContent = query && (all.length === 1 ? words.oneHit : words.hits.replace("%n%", all.length));
    chosen = 0;
    choose(Math.max(found.findIndex((hit) => hit.first), 0));
  };
  const go = () => {
    const hit = found[chosen];
    if (!hit) return;
    dialog.close();
    hit.go();
  };
  field.addEventListener("input", update);
  dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") go();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const row = /** @type {Element} */ (event.target).closest("li");
    if (event.target === dialog) dialog.close(); // its context
    if (!row) return;
    choose([...list.children].indexOf(row));
    go();
  });
  dialog.addEventListener("close", () => dialog.remove());
  return () => {
    if (dialog.open) {
      dialog.close();
      return;
    }
    document.body.append(dialog);
    dialog.showModal();
    field.select();
    update();
  };
}
