/**
 * Asks the server to open the author's editor.
 * @param {string} deck the path of the page
 * @param {number} line
 * @param {string} [path] the file, where it is not the deck's own
 * @returns {Promise<string>} what went wrong; empty if nothing did
 */
export async function openEditor(deck, line, path) {
  try {
    const response = await fetch("/api/open", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ deck, line, ...(path && { path }) }),
    });
    return response.ok ? "" : ((await response.json()).error ?? response.statusText);
  } catch (error) {
    return String(error);
  }
}

/**
 * Alt and a click on anything on a slide opens the editor at its line.
 * @param {string} deck
 * @param {Record<string, string>} words
 * @param {(text: string) => void} say
 */
export function startSource(deck, words, say) {
  const click = async (/** @type {MouseEvent} */ event) => {
    if (!event.altKey || event.button || !(event.target instanceof Element)) return;
    const line = lineOf(event.target);
    if (!line) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const wrong = await openEditor(deck, line);
    if (wrong) say(wrong);
  };
  addEventListener("click", click, { capture: true });
  return () => removeEventListener("click", click, { capture: true });
}

/**
 * The source line of an element: containers have theirs, elements in them the distance below it.
 * @param {Element} element
 */
export function lineOf(element) {
  const container = element.closest(".remark-slide-container");
  if (!container) return 0;
  const below = element.closest("[data-line^='+']")?.getAttribute("data-line") ?? "0";
  return Number(container.getAttribute("data-line")) + Number(below);
}
