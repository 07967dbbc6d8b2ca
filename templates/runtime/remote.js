/*
 * Style sheets from the network come in when they come: made by a script, they keep no slide waiting, and where
 * there is no network they are not asked for until there is.
 */
for (const kept of document.querySelectorAll("template.slidegen-remote")) {
  const style = Object.assign(document.createElement("style"), { textContent: kept.content.textContent });
  style.media = kept.content.firstElementChild.media;
  const put = () => kept.replaceWith(style);
  if (navigator.onLine) put();
  else addEventListener("online", put, { once: true });
}
