// The theme makes a landmark around each copy button; each needs a name of its own.
let count = 0;
new MutationObserver(() => {
  for (const nav of document.querySelectorAll("nav.md-code__nav:not([aria-label])")) {
    nav.setAttribute("aria-label", `Code ${(count += 1)}`);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
