/*
 * `slidegenHide` hides of what `shapes.js` has taken nothing, the text, or figures too. Pseudo-elements stay.
 */
() => {
  const style = document.createElement("style");
  style.textContent = `@media print {
    [data-hidden] [data-taken] { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; }
    [data-hidden] :is([data-taken], [data-bullet])::marker { color: transparent !important; }
    [data-hidden] [data-taken]::before, [data-hidden] [data-taken]::after { -webkit-text-fill-color: currentcolor; }
    [data-hidden] math[data-taken] { visibility: hidden !important; }
    [data-hidden=figures] [data-figure] { visibility: hidden !important; }
  }`;
  document.head.append(style);
  window.slidegenHide = (what) => {
    if (what) document.documentElement.dataset.hidden = what;
    else delete document.documentElement.dataset.hidden;
  };
};
