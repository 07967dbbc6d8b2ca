/*
 * Lays slides out for paper: several per page, three beside lines to write on, or each above its notes.
 * Slides are scaled by `zoom`, under which text stays text and links stay in place.
 */
(wanted) => {
  const MM = 96 / 25.4;
  const [width, height] = wanted.paper === "letter" ? [215.9, 279.4] : [210, 297];
  const isWide = !wanted.notes && wanted.count === 4;
  const [across, down] = isWide ? [height, width] : [width, height];
  const margin = { top: 20, side: 15, bottom: 18 };
  const room = { width: (across - 2 * margin.side) * MM, height: (down - margin.top - margin.bottom) * MM - 2 };
  const quoted = (text) => `"${text.replace(/[\\"\n]/g, (sign) => `\\${sign.codePointAt(0).toString(16)} `)}"`;
  const [before, between] = wanted.place.replace("%total%", "\n").replace("%n%", "\0").split("\n")[0].split("\0");
  const look = `color: #444; font: 9pt sans-serif`;
  const style = document.createElement("style");
  style.textContent = `
    @page {
      size: ${across}mm ${down}mm;
      margin: ${margin.top}mm ${margin.side}mm ${margin.bottom}mm;
      @top-left { content: ${quoted(wanted.head.length > 1 ? wanted.head[0] : "")}; ${look} }
      @top-right { content: ${quoted(wanted.head[wanted.head.length - 1] ?? "")}; ${look} }
      @bottom-right { content: ${quoted(before)} counter(page) ${quoted(between ?? "")} counter(pages); ${look} }
    }
    @media print {
      html.remark-container, body.remark-container { background: none !important; color-scheme: light; }
      .remark-slides-area { height: auto !important; }
      .slidegen-handout { display: grid; break-after: page; height: ${room.height}px; width: ${room.width}px; align-content: space-between; justify-content: space-between; }
      .slidegen-noted { width: ${room.width}px; padding-bottom: 8mm; break-inside: avoid; }
      .slidegen-noted.slidegen-long { break-inside: auto; break-before: page; }
      .slidegen-noted:first-child { break-before: auto; }
      .slidegen-paper-slide.slidegen-paper-slide.slidegen-paper-slide {
        position: relative; width: ${wanted.width}px; height: ${wanted.height}px; zoom: var(--slidegen-paper-zoom);
        break-after: auto; break-inside: avoid; margin: 0; overflow: clip;
      }
      .slidegen-paper-slide::after { position: absolute; inset: 0; border: 1px solid #999; content: ""; }
      .slidegen-noted > .remark-slide-notes { display: block; margin-top: 4mm; color: #000; background: none; font: 11pt/1.45 sans-serif; overflow-wrap: break-word; }
      .slidegen-noted > .remark-slide-notes > :first-child { margin-top: 0; }
      .slidegen-lines { display: flex; flex-direction: column; justify-content: space-between; height: 100%; }
      .slidegen-lines > div { border-bottom: 1px solid #999; }
    }`;
  document.head.append(style);
  document.documentElement.dataset.handout = String(wanted.count || "notes");
  const area = document.querySelector(".remark-slides-area");
  const slides = [...area.querySelectorAll("div.remark-slide-container")];
  const shrink = (slide, room) => {
    const zoom = Math.min(room.width / wanted.width, room.height / wanted.height);
    slide.classList.add("slidegen-paper-slide");
    slide.style.setProperty("--slidegen-paper-zoom", String(zoom));
    return zoom;
  };
  if (wanted.notes) {
    for (const slide of slides) {
      const noted = document.createElement("div");
      noted.className = "slidegen-noted";
      const zoom = shrink(slide, { width: 125 * MM, height: 80 * MM });
      slide.before(noted);
      const notes = slide.querySelector(":scope > .remark-slide-notes");
      noted.append(slide, ...(notes && notes.textContent.trim() ? [notes] : []));
      if (!notes) continue;
      // Notes longer than half a page begin on a page of their own.
      const letters = notes.textContent.length + 60 * notes.querySelectorAll("p, li, pre, table, h1, h2, h3").length;
      const lines = letters / 95;
      const rest = room.height - zoom * wanted.height - 60;
      noted.classList.toggle("slidegen-long", lines * 11 * 1.45 * (4 / 3) > rest);
    }
    return;
  }
  const columns = wanted.count === 2 ? 1 : 2;
  const rows = Math.ceil(wanted.count / (wanted.count === 3 ? 1 : columns));
  const cell = { width: room.width / columns - (columns > 1 ? 10 : 0), height: room.height / rows - 14 };
  for (let at = 0; at < slides.length; at += wanted.count) {
    const page = document.createElement("div");
    page.className = "slidegen-handout";
    const own = slides.slice(at, at + wanted.count);
    own[0].before(page);
    let zoom = 1;
    for (const slide of own) {
      zoom = shrink(slide, cell);
      page.append(slide);
      if (wanted.count !== 3) continue;
      const lines = document.createElement("div");
      lines.className = "slidegen-lines";
      lines.ariaHidden = "true";
      lines.append(...Array.from({ length: 1 + Math.floor((wanted.height * zoom) / (9 * MM)) }, () => document.createElement("div")));
      page.append(lines);
    }
    if (at + wanted.count >= slides.length) page.style.breakAfter = "auto";
    page.style.gridTemplateRows = `repeat(${rows}, ${wanted.height * zoom}px)`;
    page.style.gridTemplateColumns = wanted.count === 3 ? `${wanted.width * zoom}px ${room.width - wanted.width * zoom - 24}px` : `repeat(${columns}, ${wanted.width * zoom}px)`;
    if (columns === 1) page.style.justifyContent = "center";
  }
};
