/*
 * Shows one slide at a time at the window's upper left corner; `slidegenShow` says which. A picture that is taken
 * afterwards shows it: the browser draws what has changed before it takes one.
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
  window.slidegenShow = (index) => {
    for (const [at, slide] of slides.entries()) slide.toggleAttribute("data-shown", at === index);
  };
};
