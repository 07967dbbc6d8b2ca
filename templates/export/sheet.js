/*
 * Replaces the page by one sheet of pictures in rows; returns its height.
 */
async ({ pictures, columns, width }) => {
  document.head.replaceChildren();
  document.documentElement.removeAttribute("style");
  const sheet = document.createElement("div");
  sheet.style.cssText = `display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 16px; padding: 16px; box-sizing: border-box; width: ${width}px; background: #fff`;
  for (const source of pictures) {
    const picture = new Image();
    picture.src = source;
    picture.style.cssText = "display: block; width: 100%; outline: 1px solid #bbb";
    sheet.append(picture);
  }
  document.body.replaceChildren(sheet);
  document.body.style.cssText = "margin: 0; background: #fff";
  await Promise.all([...sheet.children].map((each) => each.decode()));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return Math.ceil(sheet.getBoundingClientRect().height);
};
