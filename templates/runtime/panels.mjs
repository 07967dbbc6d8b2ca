// For slides with: .panelset
import { onMessage, send } from "./channel.mjs";
import { make } from "./elements.mjs";

let count = 0;

/**
 * Panels, one of which is shown, selected by tabs, in all windows of the session together.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** The function that selects a panel of each set. @type {Map<Element, (panel: number) => void>} */
  const choosers = new Map();
  const sets = () => [...document.querySelectorAll(".panelset")];
  const arrange = () => {
    for (const set of sets()) {
      if (choosers.has(set) && set.querySelector(":scope > .panel-tabs")) continue; // an edit may remove them
      choosers.set(set, arrangeSet(set, (panel) => send({ kind: "panel", set: sets().indexOf(set), panel })));
    }
  };
  arrange();
  const removals = [
    deck.on("changed", arrange),
    onMessage("panel", ({ set, panel }) => choosers.get(sets()[set])?.(panel)),
  ];
  return () => removals.forEach((remove) => remove());
}

/**
 * Gives a set its tabs. Returns a function that selects a panel.
 * @param {Element} set
 * @param {(panel: number) => void} chosen is told what somebody at this window chose
 */
function arrangeSet(set, chosen) {
  const panels = [...set.querySelectorAll(".panel")].filter((panel) => panel.closest(".panelset") === set);
  if (!panels.length) return () => {};
  const id = `panelset-${++count}`;
  const tabs = panels.map((panel, at) => {
    const tab = make("button", { type: "button", id: `${id}-tab-${at}`, class: "panel-tab", role: "tab", "aria-controls": `${id}-${at}` });
    tab.append(...nameOf(panel));
    panel.id ||= tab.getAttribute("aria-controls");
    tab.setAttribute("aria-controls", panel.id);
    for (const [name, value] of [["role", "tabpanel"], ["aria-labelledby", tab.id]]) panel.setAttribute(name, value);
    tab.addEventListener("click", () => pick(at));
    panel.addEventListener("beforematch", () => choose(at));
    return tab;
  });
  const choose = (/** @type {number} */ panel) => {
    for (const [at, tab] of tabs.entries()) {
      tab.setAttribute("aria-selected", String(at === panel));
      tab.tabIndex = at === panel ? 0 : -1;
      tab.classList.toggle("panel-tab-active", at === panel);
      /** @type {any} */ (panels[at]).hidden = at === panel ? false : "until-found";
      if (at === panel) panels[at].setAttribute("tabindex", "0");
      else panels[at].removeAttribute("tabindex"); // elements hidden like this could still have the focus
    }
  };
  const pick = (/** @type {number} */ panel) => {
    choose(panel);
    chosen(panel);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = tabs.indexOf(/** @type {any} */ (event.target));
    const moves = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: -1 };
    const to = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    tabs[next].focus();
    pick(next);
  };
  const list = make("div", { class: "panel-tabs", role: "tablist" }, ...tabs);
  if (set.matches(".sideways")) list.setAttribute("aria-orientation", "vertical");
  list.addEventListener("keydown", press);
  set.prepend(list);
  choose(0);
  return choose;
}

/**
 * The text on the tab of a panel. For paper, the name stays at the beginning of the panel.
 * @param {Element} panel
 */
function nameOf(panel) {
  const name = panel.querySelector(".panel-name");
  if (!name) return ["Panel"];
  const around = name.parentElement;
  panel.prepend(name);
  if (around !== panel && !around?.childNodes.length) around?.remove();
  return name.cloneNode(true).childNodes;
}
