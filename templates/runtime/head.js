/*
 * The first script of the page. Marks that scripts run, and stands in for remark until the slides are ready:
 * early calls of `slideshow` are carried out as soon as possible. On a phone, reading starts; reader.mjs decides.
 */
document.documentElement.classList.add("slidegen-live", innerWidth < 600 ? "slidegen-reading" : "slidegen-live");
/** @type {{ early: [string | Function, unknown[]][], asked?: object }} */
var slidegen = { early: [] };
/** @type {Record<string, (...args: any[]) => unknown>} */
var slideshow = Object.fromEntries(
  ("on off gotoSlide gotoSlideNumber gotoNextSlide gotoPreviousSlide gotoFirstSlide gotoLastSlide pause resume " +
    "toggleBlackout toggleFullscreen toggleFullScreen toggleHelp toggleMirrored togglePresenterMode createClone resetTimer toggleTimer update")
    .split(" ")
    .map((name) => [name, (/** @type {unknown[]} */ ...args) => (slidegen.early.push([name, args]), slideshow)]),
);
slideshow.getSlides = () => [];
slideshow.getSlideByName = () => undefined;
slideshow.getSlideCount = () => 0;
slideshow.getCurrentSlideIndex = () => -1;
var remark = {
  version: "0.14.1",
  macros: {},
  highlighter: { engine: { registerLanguage() {}, configure() {} } },
  /** @param {object} [options] @param {Function} [callback] */
  create(options, callback) {
    slidegen.asked = options || {};
    if (callback) slidegen.early.push([callback, [slideshow]]);
    return slideshow;
  },
};
