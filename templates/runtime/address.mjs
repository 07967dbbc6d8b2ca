/**
 * The slide that a page address leads to: `#5` the fifth, steps counted, `#p5` the same in the presenter's
 * view, `#name` the one of that name, and any other element's id the slide it stands in.
 * @param {import("./deck.mjs").Deck} deck
 * @param {string} hash
 */
export function slideAt(deck, hash) {
  const text = decoded(hash.replace(/^#/, ""));
  const place = /^p?(\d+)$/.exec(text);
  if (place) return deck.slides[Math.min(Math.max(Number(place[1]), 1), deck.slides.length) - 1];
  const element = text && document.getElementById(text);
  return deck.named(text) ?? (element ? deck.holding(element) : undefined);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Keeps the address and the slide shown in step: links in slides, back and forward, an address typed in.
 * @param {import("./deck.mjs").Deck} deck
 */
export function followAddress(deck) {
  const follow = () => {
    const slide = slideAt(deck, location.hash);
    if (slide) deck.goto(slide.index);
  };
  const note = (/** @type {import("./deck.mjs").Slide} */ slide) => {
    try {
      history.replaceState(history.state, "", `${location.href.split("#")[0]}#${slide.index + 1}`);
    } catch {
      // Where the page may not change its address, or has too often, the slide is shown all the same.
    }
  };
  const found = (/** @type {Event} */ event) => {
    const slide = deck.holding(/** @type {Node} */ (event.target));
    if (slide) deck.goto(slide.index);
  };
  const forget = deck.on("changed", note);
  addEventListener("hashchange", follow);
  document.addEventListener("beforematch", found);
  return () => {
    forget();
    removeEventListener("hashchange", follow);
    document.removeEventListener("beforematch", found);
  };
}
