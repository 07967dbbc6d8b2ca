/*
 * Shows each step of a deck and finds what is wrong with it: a function of the settings, with `overflowOf` and
 * `contrastsOf` in scope.
 */
async ({ smallest }) => {
  const found = [];
  const note = (slide, step, rule, element, values) => {
    const below = element?.closest("[data-line^='+']")?.getAttribute("data-line") ?? "+0";
    found.push({ slide, step, rule, line: Number(below), ...values });
  };
  const shown = (element) => element.getBoundingClientRect().width > 0 && getComputedStyle(element).visibility !== "hidden";
  const skipped = ".remark-slide-number, .remark-slide-notes, .slidegen-ink, script, style, template, annotation, sup, sub, math, svg";
  const named = (element) =>
    ["aria-label", "aria-labelledby", "title", "alt", "placeholder"].some((name) => element.getAttribute(name)?.trim()) ||
    element.textContent.trim() ||
    element.closest("label") ||
    element.labels?.length ||
    element.querySelector("svg title, [aria-label], img[alt]:not([alt=''])");
  const marksOf = (element) =>
    [...element.attributes].filter(({ name }) => !/^(data-|class$|style$)/.test(name)).map(({ name, value }) => `${name}="${value}"`);
  const count = slideshow.getSlideCount();
  for (let index = 0; index < count; index++) {
    slideshow.gotoSlide(index + 1);
    const container = document.querySelector(".remark-slide-container.remark-visible");
    const content = container?.querySelector(".remark-slide-content");
    if (!content) continue;
    const step = index;
    container.dataset.slide = index;
    for (const { kind, pixels, line, cut } of overflowOf(container)) {
      found.push({ slide: index, step, rule: "overflow", line: Number(line), kind, pixels, cut });
    }
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    const texts = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (/[\p{L}\p{N}]/u.test(walker.currentNode.nodeValue) && !element.closest(skipped) && shown(element)) texts.add(element);
    }
    for (const element of texts) {
      const size = parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
      if (size < smallest - 0.05) note(index, step, "small-text", element, { size, text: element.textContent.trim().slice(0, 40) });
    }
    found.push(...contrastsOf(texts, container, index));
    for (const image of content.querySelectorAll("img")) {
      const { width } = image.getBoundingClientRect();
      const source = image.getAttribute("src") ?? "";
      if (!image.naturalWidth || /\.svgz?(?:[?#]|$)|^data:image\/svg/i.test(source) || !shown(image)) continue;
      if (width > image.naturalWidth * 1.25) {
        note(index, step, "enlarged-image", image, { natural: image.naturalWidth, width: Math.round(width), source: decodeURI(source) });
      }
    }
    for (const element of content.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, [role=button], [role=link]")) {
      if (shown(element) && !named(element)) note(index, step, "no-label", element, { marks: marksOf(element) });
    }
    const last = !container.previousElementSibling?.matches("template") || slideshow.getSlides?.()[index + 1]?.properties?.continued !== "true";
    const painted = content.querySelector("img, video, audio, svg, math, iframe, canvas, object, hr, table, input") || content.innerText.replace(content.querySelector(".remark-slide-number")?.innerText ?? "", "").trim();
    const style = getComputedStyle(content);
    if (last && !painted && style.backgroundImage === "none" && !content.style.backgroundColor) {
      note(index, step, "empty-slide", null, {});
    }
  }
  return found;
};
