// The theme makes a landmark around each copy button; each needs a name of its own. A table that is wider than the
// window scrolls, so the keyboard has to reach it.
let count = 0;
const mend = () => {
  for (const nav of document.querySelectorAll("nav.md-code__nav:not([aria-label])")) {
    nav.setAttribute("aria-label", `Code ${(count += 1)}`);
  }
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
};
new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
addEventListener("resize", mend);
addEventListener("load", mend);
