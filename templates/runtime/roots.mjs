/**
 * Gives roots the width that they have. Chromium keeps as much room as the widest radical sign of the font would
 * take (crbug.com/40254692), which shows as a gap behind the root.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const all = () => fit(deck.area);
  const font = document.fonts.load('1em "slidegen math"', "√").catch(() => {}); // so that it is there for paper, too
  const follow = () => void font.then(() => deck.slide && fit(deck.slide.steps.content));
  follow();
  addEventListener("beforeprint", all);
  const removals = [deck.on("changed", follow), deck.on("reading", all), () => removeEventListener("beforeprint", all)];
  return () => removals.forEach((remove) => remove());
}

/** @param {Element} within */
function fit(within) {
  for (const root of [...within.querySelectorAll("msqrt, mroot")].reverse()) {
    const last = root.matches("msqrt") ? root.lastElementChild : root.firstElementChild;
    const { left, width } = root.getBoundingClientRect();
    if (!width || !last || root.hasAttribute("style")) continue;
    const style = getComputedStyle(root);
    const share = (last.getBoundingClientRect().right - left) / width;
    const em = (share * parseFloat(style.width)) / parseFloat(style.fontSize);
    root.setAttribute("style", `width: ${em.toFixed(3)}em`);
  }
}
