/*
 * Hides what `shapes.js` has taken: text, and figures too where `figures` says so. Pseudo-elements stay.
 */
async (figures) => {
  const style = (window.slidegenHiding ??= document.head.appendChild(document.createElement("style")));
  style.textContent = `@media print {
    [data-taken] { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; }
    [data-taken]::marker { color: transparent !important; }
    [data-taken]::before, [data-taken]::after { -webkit-text-fill-color: currentcolor; }
    math[data-taken] { visibility: hidden !important; }
    ${figures ? "[data-figure] { visibility: hidden !important; }" : ""}
  }`;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};
