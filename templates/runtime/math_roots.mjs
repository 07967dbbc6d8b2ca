// For slides with: msqrt, mroot
/**
 * Gives roots their correct width and position. Chromium reserves as much space as the widest radical sign of the
 * font would take (crbug.com/40254692), which shows as a gap after the root; and it hangs a sign that is larger than
 * its content from the bar, where TeX, MathJax and Firefox divide the rest between above and below.
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

/** Whether style sheets have to do what Firefox and Safari do by themselves; as in math.css. */
const hangs = CSS.supports("(not (-moz-appearance: none)) and (not (-webkit-backdrop-filter: none))");

/** @param {Element} within */
function fit(within) {
  for (const root of [...within.querySelectorAll("msqrt, mroot")].reverse()) {
    const held = root.matches("msqrt") ? [...root.children] : [...root.children].slice(0, 1);
    const { width } = root.getBoundingClientRect();
    if (!width || !held.length || root.hasAttribute("style")) continue;
    const style = getComputedStyle(root);
    const em = (width * parseFloat(style.fontSize)) / parseFloat(style.width);
    if (hangs) raise(root, held, em);
    const share = held[held.length - 1].getBoundingClientRect().right - root.getBoundingClientRect().left;
    root.setAttribute("style", `width: ${(share / em).toFixed(3)}em`);
  }
}

/**
 * Raises the bar by half of what the sign hangs below its content.
 * @param {Element} root
 * @param {Element[]} held
 * @param {number} em  how wide an em is on the screen
 */
function raise(root, held, em) {
  const boxes = held.map((element) => element.getBoundingClientRect());
  const rest = root.getBoundingClientRect().bottom - Math.max(...boxes.map((box) => box.bottom));
  const highest = held[boxes.findIndex((box) => box.top === Math.min(...boxes.map((each) => each.top)))];
  if (rest > 0.02 * em && highest instanceof MathMLElement) highest.style.paddingTop = `${(rest / 2 / em).toFixed(3)}em`;
}
