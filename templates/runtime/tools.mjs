import { asksForPresenter } from "./url_hash.mjs";
import { listen } from "./events.mjs";
import { inflate } from "./inflate.mjs";

/** Events that suggest that a tool may be needed next, and those that need one without anyone's action. */
const SIGNS = "keydown pointerdown pointermove touchstart wheel focusin hashchange beforeprint";
/** Windows in which fingers can reach the buttons at once, or which show or offer the reading view. */
const AT_ONCE = matchMedia("(hover: none), (max-width: 799.98px), (max-height: 419.98px)");

/**
 * Everything a page can do besides showing its slides (overview, search, presenter view, pens, help and the rest) is
 * packed, and unpacked at the first sign that it may be needed. It is ready when the listeners
 * of that very event are called: those here are called before them, and do not wait.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} _slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, _slideshow, options) {
  const { tools } = /** @type {any} */ (window).slidegen;
  const emit = deck.emit;

  const unpack = () => {
    if (!removals.length) return;
    for (const remove of removals.splice(0)) remove();
    const [styles, html, words, script] = inflate(tools).split("\0");
    options.words = { ...options.words, ...JSON.parse(words) };
    append("style", styles);
    document.body.insertAdjacentHTML("beforeend", html);
    append("script", script).remove();
  };
  // Listeners added during an event of the window itself are not called for it any more.
  const hear = (/** @type {Event} */ event) => {
    unpack();
    deck.emit("message", event);
  };
  const look = () => AT_ONCE.matches && unpack();
  const removals = [
    listen(window, SIGNS, unpack, { capture: true, passive: true }),
    listen(window, "message", hear),
    listen(window, "resize", look),
    () => (deck.emit = emit),
  ];
  // A slide that changes, and any call of `slideshow` by a script.
  deck.emit = (/** @type {[string, ...unknown[]]} */ ...args) => {
    unpack();
    return deck.emit(...args);
  };
  const asked = asksForPresenter(location.hash) || /[?&](?:view|print)=/.test(location.search);
  if (asked || opener || /^slidegen-/.test(window.name) || hasInk()) unpack();
  look();
  return () => removals.forEach((remove) => remove());
}

/** Whether something has been drawn on this page before; see ink.mjs. */
function hasInk() {
  try {
    return localStorage.getItem(`slidegen ink ${location.pathname}`);
  } catch {
    return false;
  }
}

/**
 * Adds a style sheet or a script to the page, with the nonce of the page's own.
 * @param {"style" | "script"} name
 * @param {string} text
 */
function append(name, text) {
  const made = document.createElement(name);
  made.nonce = document.querySelector("script")?.nonce ?? "";
  made.textContent = text;
  document.head.append(made);
  return made;
}
