/*
 * Loads style sheets from the network asynchronously: added by a script, they delay no slide, and without
 * a network they are not requested until there is one.
 */
for (const each of document.querySelectorAll("template.slidegen-remote")) {
  const kept = /** @type {HTMLTemplateElement} */ (each);
  const style = Object.assign(document.createElement("style"), { textContent: kept.content.textContent });
  const { firstElementChild: first } = kept.content;
  style.media = first?.getAttribute("media") ?? "";
  const put = () => kept.replaceWith(style);
  if (navigator.onLine) put();
  else addEventListener("online", put, { once: true });
}
