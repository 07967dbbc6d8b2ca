/*
 * Hides what `shapes.js` takes, from now on: text at once, and figures while `slidegenHideFigures` says so.
 * Pseudo-elements stay.
 */
() => {
  const style = document.createElement("style");
  style.textContent = `@media print {
    [data-taken] { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; }
    [data-taken]::marker { color: transparent !important; }
    [data-taken]::before, [data-taken]::after { -webkit-text-fill-color: currentcolor; }
    math[data-taken] { visibility: hidden !important; }
    [data-figures-hidden] [data-figure] { visibility: hidden !important; }
  }`;
  document.head.append(style);
  window.slidegenHideFigures = (hidden) => document.documentElement.toggleAttribute("data-figures-hidden", hidden);
};
