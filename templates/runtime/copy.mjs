// For slides with: .remark-code
import { button, icon, make } from "./elements.mjs";

/** Milliseconds for which a button confirms that it has copied. */
const SAID = 1600;

/**
 * A button on each listing that copies its code.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  const said = make("div", { class: "slidegen-said", role: "status" });
  const offer = (/** @type {Element} */ within) => {
    for (const code of within.querySelectorAll("pre > .remark-code:not(pre:has(> .slidegen-copy) > *)")) {
      const copier = button("copy", words.copy, () => void copy(code, copier));
      copier.className = "slidegen-copy";
      code.after(copier);
    }
  };
  const copy = async (/** @type {Element} */ code, /** @type {HTMLButtonElement} */ copier) => {
    const done = await copyText(textOf(code));
    if (!done) getSelection()?.selectAllChildren(code); // Ctrl+C still works
    copier.focus();
    copier.replaceChildren(icon(done ? "done" : "failed"));
    said.textContent = done ? words.copied : words.notCopied;
    setTimeout(() => {
      copier.replaceChildren(icon("copy"));
      said.textContent = "";
    }, SAID);
  };
  document.body.append(said);
  offer(deck.area);
  const forget = deck.on("changed", () => offer(deck.slide.steps.content));
  return () => {
    forget();
    said.remove();
  };
}

/**
 * The code as written, without blank lines at its end.
 * @param {Element} code
 */
function textOf(code) {
  const lines = [...code.querySelectorAll(".remark-code-line")].map((line) => line.textContent?.replace(/\n$/, ""));
  return lines.length ? lines.join("\n").replace(/\n+$/, "") : (code.textContent ?? "");
}

/**
 * Copies a text to the clipboard; returns whether that worked. Not every page may use the newer API.
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { class: "slidegen-said" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
