/*
 * Style sheets from the network come in when they come: made by a script, they keep no slide waiting, and where
 * there is no network they are not asked for until there is.
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
