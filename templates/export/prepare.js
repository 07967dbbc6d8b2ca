/*
 * Prepares a page for export: selects the slides, separates steps if requested, makes links
 * lead somewhere, and encodes an id in the language of every element, by which it is found again in the PDF.
 * Runs once in a loaded page; returns what the print does not show.
 */
async (wanted) => {
  const area = document.querySelector(".remark-slides-area");
  dispatchEvent(new Event("beforeprint"));
  // The page is already prepared: the handlers of the print event would undo it.
  addEventListener("beforeprint", (event) => event.stopImmediatePropagation(), { capture: true });
  addEventListener("afterprint", (event) => event.stopImmediatePropagation(), { capture: true });
  const { lang } = document.documentElement;

  /* The slides */

  /** @type {{ templates: HTMLElement[], pages: HTMLElement[] }[]} */
  const groups = [];
  let group = { templates: [], pages: [] };
  for (const child of [...area.children]) {
    if (!child.classList.contains("remark-slide-container")) continue;
    (child.localName === "template" ? group.templates : group.pages).push(child);
    if (group.pages.length > (wanted.steps ? group.templates.length : 0)) {
      groups.push(group);
      group = { templates: [], pages: [] };
    }
  }
  const shown = [];
  let position = 0;
  for (const { templates, pages } of groups) {
    position += 1;
    const steps = [...templates, ...pages];
    const numbers = steps.map((each) => Number(each.dataset.number));
    const names = steps.map((each) => each.dataset.name);
    const isWanted = !wanted.slides || wanted.slides.some(([from, to]) => numbers.some((own) => from <= own && own <= to));
    if (!isWanted) steps.forEach((each) => each.remove());
    else pages.forEach((page, step) => shown.push({ page, number: Number((pages.length > 1 ? steps[step] : page).dataset.number), numbers, names, step, steps: pages.length, position, last: step === pages.length - 1 }));
  }
  for (const { page } of shown) page.removeAttribute("hidden"), page.removeAttribute("inert");
  await Promise.all([...area.querySelectorAll("img")].map((each) => each.decode().catch(() => {})));
  // Pictures of a film show its first frame; one that the browser cannot play has none.
  const firstFrame = (film) =>
    new Promise((resolve) => {
      if (film.readyState >= film.HAVE_CURRENT_DATA || film.error || film.networkState === film.NETWORK_NO_SOURCE) return resolve();
      for (const name of ["loadeddata", "error"]) film.addEventListener(name, resolve, { once: true, capture: true });
      setTimeout(resolve, 10_000);
      film.preload = "auto";
    });
  await Promise.all([...area.querySelectorAll("video")].map(firstFrame));

  /* Links */

  const holds = (name) => document.getElementById(name)?.closest("div.remark-slide-container");
  const target = (hash) => {
    let name = hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {}
    if (name && holds(name)) return name;
    const number = name.match(/^p?(\d+)$/)?.[1];
    const found = shown.findLast((each) => (number ? each.numbers.includes(Number(number)) : each.names.includes(name)));
    if (!found) return;
    found.page.id ||= `slidegen-page-${shown.indexOf(found) + 1}`;
    return found.page.id;
  };
  // Viewers may follow what a browser refuses: links to scripts, programs, the reader's own files and other computers.
  const followed = ["http:", "https:", "mailto:", "tel:"];
  const beside = /^(?![a-z][a-z\d+.-]*:)[^\\/\p{Cc}\s]\P{Cc}*$/iu;
  const protocol = (href) => {
    try {
      return new URL(href, document.baseURI).protocol;
    } catch {
      return "";
    }
  };
  for (const link of area.querySelectorAll("a")) {
    const name = link.hasAttribute("href") ? "href" : "xlink:href";
    const href = link.getAttribute(name);
    if (href === null) continue;
    if (href.startsWith("#")) {
      const id = target(href);
      if (id) link.setAttribute(name, "#" + encodeURIComponent(id));
      else link.removeAttribute(name);
    } else if (beside.test(href)) {
      link.setAttribute(name, wanted.relative + encodeURIComponent(href));
    } else if (!followed.includes(protocol(href))) {
      link.removeAttribute(name);
    }
  }

  /* What the slideshow adds to the pictures of the slide that it shows */

  for (const picture of area.querySelectorAll(".slidegen-enlarges")) {
    picture.classList.remove("slidegen-enlarges");
    for (const name of ["role", "tabindex", "aria-label"]) picture.removeAttribute(name);
    if (!picture.hasAttribute("alt")) picture.setAttribute("alt", "");
  }

  /* Effects that print twice, or have no place on paper */

  const style = document.createElement("style");
  style.textContent =
    "@media print { *, *::before, *::after { text-shadow: none !important; } .slidegen-foot, .remark-slide-number { transition: none !important; } }";
  document.head.append(style);

  /* Marks */

  const tokens = [];
  const language = (element) => element.closest("[lang]")?.getAttribute("lang").replace(/-x-n\d+$/, "") || lang || "";
  const text = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();
  const words = wanted.words ?? {};
  const alternative = (element) => {
    const label = element.getAttribute("aria-label") ?? "";
    const labelled = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "");
    const titled = element.querySelector?.(":scope > title")?.textContent ?? "";
    const caption = element.closest("figure")?.querySelector("figcaption");
    return [element.getAttribute("alt") ?? "", label, labelled.join(" "), titled, element.getAttribute("title") ?? "", caption ? text(caption) : ""]
      .map((each) => each.replace(/\s+/g, " ").trim())
      .find(Boolean) ?? "";
  };
  const fileName = (element) => {
    const source = (element.getAttribute("src") ?? "").replace(/^data:[^#]*(#|$)/, "").split(/[?#]/)[0].split(/[/\\]/).pop();
    try {
      return decodeURIComponent(source);
    } catch {
      return source;
    }
  };
  // The page has alt="" for pictures that nobody described, and the browser takes them for decoration.
  for (const picture of area.querySelectorAll("img:not([role])")) {
    if (picture.alt.trim() || !wanted.undescribed?.includes(fileName(picture))) continue;
    picture.alt = alternative(picture) || fileName(picture).replace(/\.\w+$/, "").slice(0, 80);
  }
  const serializer = new XMLSerializer();
  const describe = (element) => {
    const tag = element.localName;
    const found = { tag, lang: language(element) };
    const { classList } = element;
    if (classList.contains("remark-slide-number") || element.matches(".slidegen-foot > .footer")) found.is = "pagination";
    else if (element.matches("math")) {
      const tex = element.querySelector("annotation[encoding='application/x-tex']");
      const bare = element.cloneNode(true);
      bare.querySelectorAll("annotation, annotation-xml").forEach((each) => each.remove());
      for (const each of bare.querySelectorAll("*")) if (each.attributes.length && each.hasAttribute("class")) each.removeAttribute("class");
      Object.assign(found, { is: "formula", mathml: serializer.serializeToString(bare), tex: tex?.textContent ?? "" });
    } else if (tag === "a" && element.hasAttribute("href")) {
      const pictures = [...element.querySelectorAll("img, svg")].map(alternative).filter(Boolean).join(" ");
      found.is = "link";
      found.alt = text(element) || element.getAttribute("aria-label") || element.title || pictures || element.getAttribute("href");
    } else if (["img", "svg", "video", "audio", "canvas", "object", "iframe", "embed"].includes(tag)) {
      const decorative = element.getAttribute("alt") === "" || ["presentation", "none"].includes(element.getAttribute("role") ?? "");
      found.is = decorative ? "decoration" : "figure";
      found.alt = alternative(element) || words[tag] || words.figure || tag;
    } else if (element.matches("input, select, textarea, meter, progress")) {
      const box = { checkbox: "☐☑", radio: "○●" }[element.type];
      found.is = "figure";
      found.alt = (box ? box[Number(element.checked)] : alternative(element) || String(element.value) || element.placeholder) || words.figure || tag;
    } else if (element.getAttribute("role") === "img") {
      Object.assign(found, { is: "figure", alt: alternative(element) || text(element) });
    } else if (/^h[1-6]$/.test(tag)) {
      Object.assign(found, { is: "heading", level: Number(tag[1]) });
    } else if (classList.contains("remark-slide-notes")) found.is = "notes";
    return found;
  };
  const mark = (element, found) => {
    tokens.push(found);
    element.setAttribute("lang", `${found.lang || "und"}-x-n${tokens.length}`);
  };
  const inside = (element) => {
    for (const child of element.children) {
      const tag = child.localName;
      if (tag === "template" || tag === "style" || tag === "script") continue;
      for (const name of ["role"]) if (/^doc-/.test(child.getAttribute(name) ?? "")) child.removeAttribute(name);
      mark(child, describe(child));
      if (tag !== "math" && tag !== "svg") inside(child);
    }
  };
  const slides = shown.map(({ page, number, step, steps, position, last }) => {
    const { title, section, name } = page.dataset;
    mark(page, { tag: "div", is: "slide", lang: language(page) });
    const token = tokens.length;
    page.removeAttribute("aria-label");
    page.setAttribute("role", "group");
    inside(page);
    const label = page.querySelector(".remark-slide-number")?.textContent ?? "";
    return { token, number, title: title ?? "", section: section ?? "", name: name ?? "", step, steps, position, last, label, ids: [page, ...page.querySelectorAll("[id]")].map((each) => each.id).filter(Boolean) };
  });

  /* Fonts */

  const faces = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
    } catch {
      return [];
    }
  });
  const math = faces.find((face) => face.style.getPropertyValue("font-family").includes(wanted.mathFont));
  const mathFont = math?.cssText.match(/data:font\/ttf;base64,([A-Za-z\d+/=]+)/)?.[1] ?? "";
  const canvas = new OffscreenCanvas(40, 40).getContext("2d", { willReadFrequently: true });
  const drawn = (letter) => {
    canvas.clearRect(0, 0, 40, 40);
    canvas.font = "24px sans-serif";
    canvas.fillText(letter, 4, 30);
    return canvas.getImageData(0, 0, 40, 40).data.join();
  };
  const unknown = drawn("\u{10FFFE}");
  const letters = new Set(shown.flatMap(({ page }) => [...(page.querySelector(".remark-slide-scaler")?.textContent ?? "")]));
  const rare = [...letters].filter((letter) => letter > "\u024F" && !/[\p{M}\p{C}\p{Z}\uFE00-\uFE0F\p{Co}]/u.test(letter));
  const missing = rare.filter((letter) => drawn(letter) === unknown);

  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  return {
    lang,
    title: document.title,
    author: meta("author"),
    description: meta("description"),
    keywords: meta("keywords"),
    slides,
    tokens,
    mathFont,
    missing,
  };
};
