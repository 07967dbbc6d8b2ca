/*
 * Finds texts with too little contrast to what is painted behind them. Over a single colour, a text is measured at
 * once; for a text over a picture or a gradient, its place is returned, to be measured on a screenshot.
 */
(() => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parse = (text) => {
    if (!text.startsWith("rgb")) {  // oklch() and its like, which only a browser can convert
      pixel.clearRect(0, 0, 1, 1);
      pixel.fillStyle = text;
      pixel.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    }
    const [r, g, b, a = 1] = text.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a)).concat(1);
  const light = (color) => {
    const [r, g, b] = color.map((value) => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [a, b] = [light(one), light(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const hex = (color) => "#" + color.slice(0, 3).map((value) => Math.round(value).toString(16).padStart(2, "0")).join("");

  /** The colour behind an element; undefined if it is not a single one. */
  const ground = (element, container) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none" || ["absolute", "fixed"].includes(style.position) && at !== container && !at.matches(".remark-slide-container, .remark-slide-scaler, .remark-slide")) return undefined;
      const color = parse(style.backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] >= 1 || at === document.documentElement) break;
    }
    return layers.reduceRight((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const opacity = (element) => {
    let all = 1;
    for (let at = element; at && !at.matches(".remark-slide-content"); at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
    return all;
  };
  const wanted = (element) => {
    const { fontSize, fontWeight } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
  };

  window.contrastsOf = (texts, container, slide) => {
    const found = [];
    const positioned = [...container.querySelectorAll(".remark-slide-content :is(img, video, canvas, iframe)")].filter(
      (each) => each.matches("[style*=absolute]") || each.closest("[style*=absolute]") || getComputedStyle(each).position === "absolute",
    );
    for (const element of texts) {
      const style = getComputedStyle(element);
      const [r, g, b, a] = parse(style.webkitTextFillColor || style.color);
      const strength = a;
      // dimmed elements are dimmed on purpose, such as lines of code that a step does not highlight
      if (strength < 0.05 || opacity(element) < 1 || style.backgroundClip === "text") continue;
      const box = element.getBoundingClientRect();
      const covers = positioned.some((each) => {
        const other = each.getBoundingClientRect();
        return other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom;
      });
      const under = covers ? undefined : ground(element, container);
      const least = wanted(element);
      const line = Number(element.closest("[data-line^='+']")?.getAttribute("data-line") ?? "+0");
      const text = element.textContent.trim().slice(0, 40);
      const entry = { slide, step: slide, rule: "low-contrast", line, text, least };
      if (!under) {
        const { left, top, right, bottom } = box;
        found.push({ ...entry, ink: [r, g, b, strength], box: [left, top, right, bottom].map(Math.round) });
        continue;
      }
      const color = over([r, g, b, strength], under);
      const value = ratio(color, under);
      if (value < least - 0.005) found.push({ ...entry, ratio: value, color: hex(color), ground: hex(under) });
    }
    return found;
  };

  /** Measures the contrast of text colours in boxes of a screenshot without text. */
  window.contrastsIn = async (picture, places) => {
    const image = await createImageBitmap(await (await fetch(picture)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return places.map(({ ink, box, least }) => {
      const [left, top] = [Math.max(0, box[0]), Math.max(0, box[1])];
      const [width, height] = [Math.min(image.width, box[2]) - left, Math.min(image.height, box[3]) - top];
      if (width < 1 || height < 1) return null;
      const { data } = context.getImageData(left, top, width, height);
      const step = Math.max(1, Math.floor(data.length / 4 / 2000));
      const values = [];
      for (let at = 0; at < data.length; at += 4 * step) {
        const under = [data[at], data[at + 1], data[at + 2], 1];
        values.push({ value: ratio(over(ink, under), under), under });
      }
      values.sort((a, b) => a.value - b.value);
      // a quarter of the area behind the letters decides, so that a dark spot at the edge does not count
      const { value, under } = values[Math.floor(values.length / 4)];
      return value < least - 0.005 ? { ratio: value, color: hex(over(ink, under)), ground: hex(under) } : null;
    });
  };
})();
