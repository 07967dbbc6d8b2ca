/*
 * Lets axe-core look at all slides at once, each at its last step: a function of the rules that are not wanted. The slides
 * have been shown before, by the function in look.js, which notes their numbers. Changes the page.
 */
async (elsewhere) => {
  const told = "[role], [lang], [tabindex], [autocomplete], a, area, audio, button, dd, dl, dt, iframe, img, input, li, object, select, summary, svg, table, textarea, video, :is(ul, ol) > :not(li)";
  const plain = ":is(ul, ol) > li:not([role], [tabindex], [lang])";
  const isTold = (one) => (one.matches(told) && !one.matches(plain)) || one.getAttributeNames().some((name) => name.startsWith("aria-"));
  const style = document.createElement("style");
  const all = "display: block !important; visibility: visible !important; content-visibility: visible !important; opacity: 1 !important";
  style.textContent = `.remark-slide-container { ${all} }`;
  document.head.append(style);
  for (const container of document.querySelectorAll(".remark-slide-container")) container.inert = container.hidden = false;
  // axe-core takes its time with each element, though it has no rules for most that Markdown makes
  for (const one of document.querySelectorAll(".remark-slide-content :is(.remark-code, math)")) one.replaceWith(one.textContent);
  for (const one of document.querySelectorAll(".remark-slide-notes, .remark-slide-number, .slidegen-card, .slidegen-copy")) one.remove();
  for (const content of document.querySelectorAll(".remark-slide-content")) {
    if (![...content.querySelectorAll("*")].some(isTold)) content.replaceChildren();
  }
  const { violations } = await axe.run(
    { include: [".remark-slides-area"] },
    {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
      rules: Object.fromEntries(elsewhere.map((rule) => [rule, { enabled: false }])),
      resultTypes: ["violations"],
      iframes: false,
      preload: false,
      elementRef: true,
    },
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.flatMap(({ element, any, all, none }) => {
      const content = element?.closest(".remark-slide-content");
      if (!content) return [];
      const known = "[data-line^='+']";
      const line = Number((element.closest(known) ?? element.querySelector(known))?.getAttribute("data-line") ?? "+0");
      const attributes = [...element.attributes].filter(({ name }) => !/^(data-|class$|style$)/.test(name));
      return [{
        rule: "axe", slide: Number(content.closest(".remark-slide-container").dataset.slide), line, id, help,
        why: [...any, ...all, ...none][0]?.message ?? "",
        marks: attributes.map(({ name, value }) => `${name}="${value}"`),
      }];
    }),
  );
};
