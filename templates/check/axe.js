/*
 * Lets axe-core look at all slides at once, each at its last step: a function of the rules that are not wanted. The slides
 * have been shown before, by the function in look.js, which notes their numbers.
 */
async (elsewhere) => {
  const style = document.createElement("style");
  style.textContent = ".remark-slide-container { display: block !important; visibility: visible !important; opacity: 1 !important }";
  document.head.append(style);
  for (const container of document.querySelectorAll(".remark-slide-container")) container.inert = false;
  const { violations } = await axe.run(
    { include: [".remark-slide-content"], exclude: [".remark-slide-notes", ".remark-slide-number", ".slidegen-card"] },
    {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
      rules: Object.fromEntries(elsewhere.map((rule) => [rule, { enabled: false }])),
      resultTypes: ["violations"],
      iframes: false,
      elementRef: true,
    },
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.flatMap(({ element, any, all, none }) => {
      const slide = Number(element?.closest(".remark-slide-container")?.dataset.slide ?? NaN);
      if (Number.isNaN(slide)) return [];
      const line = Number(element.closest("[data-line^='+']")?.getAttribute("data-line") ?? "+0");
      const attributes = [...element.attributes].filter(({ name }) => !/^(data-|class$|style$)/.test(name));
      return [{
        rule: "axe", slide, line, id, help,
        why: [...any, ...all, ...none][0]?.message ?? "",
        marks: attributes.map(({ name, value }) => `${name}="${value}"`),
      }];
    }),
  );
};
