// For slides with: video, audio, [data-asset-src], [data-asset-href], [data-asset-data], [data-asset-text]
const ATTRIBUTES = ["src", "href", "data"];
const MARKED = ATTRIBUTES.map((name) => `[data-asset-${name}]:not([${name}])`).join();
const HOLDING = ATTRIBUTES.map((name) => `[data-asset-${name}="KEY"][${name}], [data-asset-${name}^="KEY#"][${name}]`).join();
const MEDIA = "video, audio";

/**
 * Videos, sounds and scripts. Each file's bytes are in the page once, at the first element that uses it; the
 * others, which only have `data-asset-src=KEY`, get them here. Playback stops when its slide is left,
 * and `autoplay` starts when its slide is shown.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  /** Blob URLs by key. @type {Map<string, Promise<string>>} */
  const blobs = new Map();
  /** Elements that wait for their URL, or have it. @type {WeakSet<Element>} */
  const given = new WeakSet();
  let shown = deck.slide?.steps;

  const all = (/** @type {string} */ selector) => {
    const apart = deck.slide?.steps.apart ?? [];
    const roots = [document, ...apart.filter((node) => node instanceof Element)];
    return roots.flatMap((root) => [
      ...(root instanceof Element && root.matches(selector) ? [root] : []),
      .../** @type {ParentNode} */ (root).querySelectorAll(selector),
    ]);
  };
  const held = (/** @type {string} */ key) => {
    const [holder] = all(HOLDING.replaceAll("KEY", key));
    const name = ATTRIBUTES.find((name) => holder?.hasAttribute(`data-asset-${name}`));
    return name ? holder.getAttribute(name)?.split("#")[0] : undefined;
  };
  const blob = (/** @type {string} */ key, /** @type {string} */ url) => {
    const known = blobs.get(key) ?? blobUrl(url);
    blobs.set(key, known);
    return known;
  };
  const give = async (/** @type {Element} */ element) => {
    if (given.has(element)) return;
    given.add(element);
    for (const name of ATTRIBUTES) {
      const mark = element.getAttribute(`data-asset-${name}`);
      if (mark === null || element.hasAttribute(name)) continue;
      const [key] = mark.split("#");
      const url = held(key);
      if (!url) continue;
      const plays = element.matches("video, audio, source");
      element.setAttribute(name, (plays ? await blob(key, url) : url) + mark.slice(key.length));
    }
    const media = element.closest(MEDIA);
    if (!(media instanceof HTMLMediaElement)) return;
    if (element.matches("source") && !media.currentSrc) media.load();
    if (media.autoplay && !isShown(media)) media.pause();
  };
  const isShown = (/** @type {Element} */ element) => shown?.content.contains(element) ?? false;
  const follow = () => {
    const left = shown;
    shown = deck.slide.steps;
    for (const element of shown.container.querySelectorAll(MARKED)) void give(element);
    if (left === shown) return;
    for (const media of mediaOf(left?.container)) media.pause();
    for (const media of mediaOf(shown.content)) if (media.autoplay) void play(media);
  };

  for (const element of all(MARKED)) void give(element);
  for (const script of all("script[data-asset-text]:empty")) run(script, all);
  for (const media of mediaOf(deck.area)) if (media.autoplay && !isShown(media)) media.pause();
  const forget = deck.on("changed", follow);
  return () => {
    forget();
    for (const url of blobs.values()) void url.then((url) => URL.revokeObjectURL(url));
  };
}

/**
 * The media elements within another element.
 * @param {Element | undefined} element
 * @returns {Iterable<HTMLMediaElement>}
 */
function mediaOf(element) {
  return /** @type {any} */ (element?.querySelectorAll(MEDIA) ?? []);
}

/** @param {HTMLMediaElement} media */
async function play(media) {
  try {
    await media.play();
  } catch {
    // A browser may not let sound start by itself; the controls are there.
  }
}

/**
 * Browsers seek faster in a blob than in a long data URL, which is the fallback for pages that may not make one.
 * @param {string} url
 */
async function blobUrl(url) {
  try {
    const response = await fetch(url);
    return URL.createObjectURL(await response.blob());
  } catch {
    return url;
  }
}

/**
 * Runs a script that is already in the page, as it would at its first place.
 * @param {Element} script
 * @param {(selector: string) => Element[]} all
 */
function run(script, all) {
  const key = script.getAttribute("data-asset-text");
  const first = all(`script[data-asset-text="${key}"]:not(:empty)`)[0];
  if (first) script.textContent = first.textContent;
}
