const REMARKS_EVENTS = new Set(
  "showSlide hideSlide beforeShowSlide afterShowSlide beforeHideSlide afterHideSlide toggledPresenter".split(" "),
);

/**
 * remark's API over a deck. Functions of the screen, such as `toggleBlackout`, become events of
 * that name, handled by the module responsible.
 * @param {import("./deck.mjs").Deck} deck
 * @param {Record<string, any>} options
 */
export function remarksApi(deck, options) {
  const step = (/** @type {number} */ by) => () => deck.move(by);
  const ask = (/** @type {string} */ name) => () => deck.emit(name);
  const option = (/** @type {string} */ name, /** @type {unknown} */ otherwise) => () => options[name] ?? otherwise;
  const asked = "pause resume toggleBlackout toggleFullscreen toggleHelp toggleMirrored togglePresenterMode createClone resetTimer toggleTimer";
  return {
    /** @this {object} */
    on(/** @type {string} */ name, /** @type {Function} */ listener) {
      if (REMARKS_EVENTS.has(name)) deck.on(name, listener);
      return this;
    },
    /** @this {object} */
    off(/** @type {string} */ name, /** @type {Function} */ listener) {
      deck.off(name, listener);
      return this;
    },
    getSlides: () => [...deck.slides],
    getSlideCount: () => deck.slides.length,
    getSlideByName: (/** @type {string} */ name) => deck.named(name),
    getSlidesByNumber: (/** @type {number} */ number) => deck.slides.filter((slide) => slide.number === Number(number)),
    getCurrentSlideIndex: () => deck.current,
    gotoSlide(/** @type {number | string} */ place) {
      const index = Number(place) - 1;
      deck.goto(Number.isInteger(index) ? index : (deck.named(String(place))?.index ?? 0));
    },
    gotoSlideNumber(/** @type {number | string} */ number) {
      const slide = deck.slides.find((each) => each.number === Number(number));
      if (slide) deck.goto(slide.index);
    },
    gotoNextSlide: step(1),
    gotoPreviousSlide: step(-1),
    gotoFirstSlide: () => deck.goto(0),
    gotoLastSlide: () => deck.goto(deck.slides.length - 1),
    ...Object.fromEntries(asked.split(" ").map((name) => [name, ask(name)])),
    toggleFullScreen: ask("toggleFullscreen"),
    update: () => dispatchEvent(new Event("resize")),
    getLinks: () => ({}),
    getOptions: () => options,
    getRatio: option("ratio", "4:3"),
    getHighlightStyle: option("highlightStyle", "default"),
    getHighlightLines: option("highlightLines", false),
    getHighlightSpans: option("highlightSpans", false),
    getHighlightInlineCode: option("highlightInlineCode", false),
    getHighlightLanguage: option("highlightLanguage", ""),
    getSlideNumberFormat: option("slideNumberFormat", "%current% / %total%"),
    getCloneTarget: option("cloneTarget", "_blank"),
  };
}
