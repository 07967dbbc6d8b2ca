/** The course page: dates in its language, and search in the text of all slides. */

/** @typedef {{ href: string, title: string, slides: [string, string, string][] }} SearchedDeck */
/** @typedef {{ deck: SearchedDeck, hash: string, title: string, text: string, score: number }} Hit */

const MOST = 60;
const AROUND = 60;

/** @param {string} text */
const fold = (text) =>
  [...text].map((character) => {
    const plain = character.normalize("NFD").replace(/\p{M}/gu, "") || character;
    const small = (/\p{Script=Latin}/u.test(plain) ? plain : character).toLowerCase();
    return small.length === character.length ? small : character;
  }).join("");

/** @param {Document} document @param {Record<string, string>} words */
export function startCourse(document, words) {
  const lang = document.documentElement.lang || "en";
  for (const time of document.querySelectorAll("time[datetime]")) showDate(time, lang);
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.search"));
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector("#query"));
  const hits = /** @type {HTMLElement | null} */ (document.querySelector("#hits"));
  const sessions = /** @type {HTMLElement | null} */ (document.querySelector("#sessions"));
  if (!form || !input || !hits || !sessions) return () => {};
  form.hidden = false;
  /** @type {SearchedDeck[] | null} */
  let decks = null;
  let loading = false;
  /** The search is part of the address, so that it can be shared, and is kept when the reader returns from a slide. */
  const note = () => {
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("q", input.value.trim());
    else address.searchParams.delete("q");
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // If the page may not change its address, it is searched anyway.
    }
  };
  const search = () => {
    note();
    const asked = fold(input.value.normalize("NFC")).split(/\s+/).filter(Boolean);
    hits.hidden = !asked.length;
    sessions.hidden = asked.length > 0;
    if (asked.length && decks) showHits(hits, find(decks, asked), asked, words);
  };
  const load = () => {
    if (loading) return;
    loading = true;
    Object.assign(window, {
      slidegenSearch(/** @type {SearchedDeck[]} */ found) {
        decks = found;
        search();
      },
    });
    const script = document.createElement("script");
    script.src = words.index;
    document.head.append(script);
  };
  const onInput = () => {
    load();
    search();
  };
  const onSubmit = (/** @type {Event} */ event) => event.preventDefault();
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "/" && document.activeElement !== input && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
    if (event.key === "Escape" && input.value) {
      input.value = "";
      search();
    }
  };
  input.addEventListener("focus", load);
  input.addEventListener("input", onInput);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey);
  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) onInput();
  return () => {
    input.removeEventListener("focus", load);
    input.removeEventListener("input", onInput);
    form.removeEventListener("submit", onSubmit);
    document.removeEventListener("keydown", onKey);
  };
}

/** @param {Element} time @param {string} lang */
function showDate(time, lang) {
  const written = time.getAttribute("datetime") ?? "";
  const day = /^\d{4}-\d\d-\d\d$/.test(written) ? new Date(`${written}T12:00:00`) : new Date(NaN);
  if (Number.isNaN(day.getTime())) return;
  try {
    time.textContent = day.toLocaleDateString(lang, { weekday: "short", day: "numeric", month: "long", year: "numeric" });
  } catch {
    time.textContent = written;
  }
}

/**
 * The slides that contain all words, starting with those that have them in their titles.
 * @param {SearchedDeck[]} decks
 * @param {string[]} asked
 */
function find(decks, asked) {
  /** @type {Hit[]} */
  const found = [];
  for (const deck of decks) {
    const course = fold(deck.title);
    for (const [hash, title, text] of deck.slides) {
      const head = fold(title), body = fold(text);
      if (!asked.every((word) => body.includes(word) || head.includes(word) || course.includes(word))) continue;
      if (!asked.some((word) => body.includes(word) || head.includes(word))) continue;
      const score = asked.filter((word) => head.includes(word)).length;
      found.push({ deck, hash, title, text, score });
    }
  }
  return found.sort((one, other) => other.score - one.score);
}

/** @param {HTMLElement} hits @param {Hit[]} found @param {string[]} asked @param {Record<string, string>} words */
function showHits(hits, found, asked, words) {
  const document = hits.ownerDocument;
  const head = document.createElement("h2");
  const count = found.length === 1 ? words.oneHit : words.hits.replace("%n%", String(found.length));
  head.textContent = found.length ? count : words.noHits;
  const list = document.createElement("ol");
  for (const { deck, hash, title, text } of found.slice(0, MOST)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${deck.href}#${hash}`;
    link.append(...marked(document, title || deck.title, asked));
    const where = document.createElement("small");
    where.textContent = ` ${deck.title} · ${hash}`;
    link.append(where);
    item.append(link, ...marked(document, excerpt(text, asked), asked));
    list.append(item);
  }
  const rest = document.createElement("p");
  if (found.length > MOST) rest.textContent = words.more.replace("%n%", String(found.length - MOST));
  hits.replaceChildren(head, list, rest);
}

/** @param {string} text @param {string[]} asked */
function excerpt(text, asked) {
  const folded = fold(text);
  const places = asked.map((word) => folded.indexOf(word)).filter((place) => place >= 0);
  const start = Math.max(0, (places.length ? Math.min(...places) : 0) - AROUND);
  const end = Math.min(text.length, start + 4 * AROUND);
  return (start ? "… " : "") + text.slice(start, end).trim() + (end < text.length ? " …" : "");
}

/**
 * The text with the search words in `<mark>`.
 * @param {Document} document
 * @param {string} text
 * @param {string[]} asked
 */
function marked(document, text, asked) {
  const folded = fold(text);
  const parts = [];
  let at = 0;
  while (at < text.length) {
    let place = -1, length = 0;
    for (const word of asked) {
      const here = folded.indexOf(word, at);
      if (here >= 0 && (place < 0 || here < place || (here === place && word.length > length))) {
        place = here;
        length = word.length;
      }
    }
    if (place < 0) break;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(place, place + length);
    parts.push(document.createTextNode(text.slice(at, place)), mark);
    at = place + length;
  }
  parts.push(document.createTextNode(text.slice(at)));
  return parts;
}
