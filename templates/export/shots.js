/*
 * Shows one slide at a time at the window's upper left corner; `slidegenShow` says which, and waits until it is drawn.
 */
() => {
  const style = document.createElement("style");
  style.textContent = `@media print {
    html, body { overflow: hidden !important; }
    div.remark-slide-container.remark-slide-container:not([data-shown]) { display: none !important; }
    div.remark-slide-container[data-shown].remark-slide-container { width: var(--slidegen-width) !important; height: var(--slidegen-height) !important; }
  }`;
  document.head.append(style);
  const slides = document.querySelectorAll("div.remark-slide-container");
  window.slidegenShow = async (index) => {
    for (const [at, slide] of slides.entries()) slide.toggleAttribute("data-shown", at === index);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  };
};
