/** Elements that use a click, a tap or a key themselves, so that the deck ignores it. */
const CONTROLS =
  "a[href], area[href], button, input, select, textarea, label, summary, option, video, audio, iframe, embed, object, " +
  "[contenteditable]:not([contenteditable=false]), [tabindex]:not([tabindex='-1'], .remark-code), [role=button], [role=tab], dialog";
const FIELDS = "input, select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=slider], [role=application]";
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const ENDS = ["Home", "End"];
const PAGES = ["PageUp", "PageDown"];

/** Whether the deck is a column to read, in which fingers, wheel and arrow keys scroll. */
export function isReading() {
  return document.body.matches(".slidegen-reading > :not(.slidegen-overview-mode, .remark-presenter-mode)");
}

/** Whether keys, fingers and mouse are currently kept from turning slides. */
export function isPaused() {
  return document.body.matches(".remark-pause-mode");
}

/** @param {EventTarget | null} target */
export function isControl(target) {
  if (isReading()) return true;
  return target instanceof Element && target.closest(CONTROLS) !== null;
}

/**
 * Whether the focused element uses the key itself.
 * @param {EventTarget | null} target
 * @param {string} key
 */
export function usesKey(target, key) {
  if (isPaused()) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest("dialog:not([open])")) return false; // closed, and its field keeps the focus until the next frame
  if (isReading() && /^( |Arrow|Page|Home|End)/.test(key)) return true;
  if (target.closest(".remark-notes, .slidegen-list") && /^Arrow(Up|Down)/.test(key)) return true; // a clicker's keys go on
  const within = (/** @type {string} */ selector) => target.closest(selector) !== null;
  if (within("input:is([type=checkbox], [type=button], [type=submit], [type=reset], [type=file])")) return [" ", "Enter"].includes(key);
  if (within("input[type=radio]")) return [" ", ...ARROWS].includes(key);
  if (within(FIELDS)) return true;
  if (within("button, summary, [role=button]")) return [" ", "Enter"].includes(key);
  if (within("[role=tab]")) return [" ", "Enter", ...ARROWS, ...ENDS].includes(key);
  if (within("a[href], area[href]")) return key === "Enter";
  if (within("video, audio")) return [" ", "Enter", ...ARROWS, ...ENDS].includes(key);
  const scroller = scrollable(target);
  if (!scroller) return false;
  const sideways = ["ArrowLeft", "ArrowRight", ...ENDS];
  const down = ["ArrowUp", "ArrowDown", " ", ...PAGES, ...ENDS];
  return [...(scroller.across ? sideways : []), ...(scroller.down ? down : [])].includes(key);
}

/**
 * The directions in which the element, or the nearest one around it on its slide, can be scrolled.
 * @param {EventTarget | null} target
 */
export function scrollable(target) {
  if (isReading()) return { across: true, down: true };
  const start = target instanceof Element ? target.closest(".remark-slide-content *, .remark-slide-content") : null;
  for (let element = start; element && !element.matches(".remark-slide"); element = element.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const across = element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(overflowX);
    const down = element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(overflowY);
    if (across || down) return { across, down };
  }
  return null;
}
