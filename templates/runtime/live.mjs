import { addTransport, receive, session } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { startFits } from "./fits.mjs";
import { make } from "./elements.mjs";
import { patchSlides, swapStyles } from "./patch.mjs";
import { isRemote } from "./phone.mjs";
import { startProblems } from "./problems.mjs";
import { startSource } from "./source.mjs";
import { keep, recall } from "./storage.mjs";

/** Milliseconds before the first attempt to reconnect, and at most between attempts. */
const [SOON, LATE] = [250, 3000];
/** A page that was hidden for this many milliseconds may have been asleep: it reconnects. */
const SLEPT = 5000;
/** Milliseconds in which the server says something at least once; a line that takes longer is dead, and made anew. */
const DEAD = 8000;
/** Milliseconds for which a note stays. */
const READ = 4000;
/** Messages of which only the last one matters. */
const LASTING = ["slide", "blackout", "timer", "zoom", "board", "panel", "countdown"];
const FOLLOW = "slidegen-follow";
/** Where a page that goes leaves what it could not say, for the one that is loaded in its place. */
const UNSAID = `unsaid ${location.pathname}`;

/**
 * What the server says about itself in the page.
 * @typedef {object} Live
 * @property {string} run the server's, which begins anew whenever it does
 * @property {string} deck the path of the page
 * @property {"author" | "audience"} who
 * @property {number} epoch the state of the deck that the page shows
 * @property {string} frame names all in the page that cannot be changed in place
 * @property {import("./problems.mjs").Problem[]} problems
 */

/**
 * Keeps the page up to date: receives what has changed in the deck, and changes just that, in place.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ live?: Live, words?: Record<string, string>, plan?: number[] }} options
 */
export function start(deck, slideshow, options) {
  const { live, words = {} } = options;
  if (!live) return () => {};
  const { who } = live;
  let { epoch, frame } = live;
  /** @type {WebSocket | null} */
  let socket = null;
  let wait = SOON;
  let retry = 0;
  let hidden = 0;
  let noting = 0;
  let stopped = false;
  let came = false;
  /**
   * What the server is not known to have heard, in the order in which it was said, by what a later message takes the
   * place of; with the number that it has among the messages of this connection, and when it was said. It is said again
   * on the next one.
   * @type {Map<string, { message: any, number: number, said: number }>}
   */
  const unconfirmed = new Map();
  /** How many messages have been sent over this connection. */
  let sent = 0;
  let dead = 0;
  /** The step that the other windows were last known to show. @type {number | undefined} */
  let common;
  const isReloaded = () => /** @type {any} */ (performance.getEntriesByType("navigation")[0])?.type === "reload";
  const goesAlong = () => isRemote(live) || ((who === "audience" || document.body.classList.contains("remark-presenter-mode")) && !isReloaded());
  const isFollowing = () => stored(FOLLOW) !== "off";
  const note = make("output", { class: "slidegen-note" });
  const say = (/** @type {string} */ text, /** @type {boolean} */ stays = false) => {
    note.textContent = text;
    document.body.append(note);
    clearTimeout(noting);
    if (!stays) noting = window.setTimeout(() => note.remove(), READ);
  };
  const problems = startProblems(deck, live, words, say);

  const apply = (/** @type {any} */ patch) => {
    if (patch.reload) {
      location.reload();
      return;
    }
    const { first } = patch;
    if (patch.plan) options.plan = patch.plan.length ? patch.plan : undefined;
    if (patch.slides || patch.numbers || patch.lines || patch.plan) patchSlides(deck, patch);
    if (patch.styles) {
      if (!swapStyles(patch.styles)) location.reload();
      fits?.again();
    }
    if (patch.title !== undefined) document.title = patch.title;
    if (patch.problems) problems.show(patch.problems);
    epoch = patch.epoch;
    if (first !== undefined && isFollowing() && deck.slides[first]?.steps !== deck.slide.steps) deck.goto(first, "edit");
    else if (patch.slides) deck.emit("changed", deck.slide, "edit");
  };
  const hear = (/** @type {MessageEvent} */ { data }) => {
    const message = JSON.parse(data);
    expect();
    if ("received" in message) {
      for (const [key, { number, message: heard }] of unconfirmed) {
        if (number > message.received) continue;
        if (key === "slide") common = heard.relay.message.index;
        unconfirmed.delete(key);
      }
    } else if (message.relay) {
      const { kind, index } = message.relay.message;
      if (kind !== "drawing" && unconfirmed.has(keyOf(message.relay.message))) return; // what was said here came later, and counts for all
      if (kind === "slide") common = index;
      if (who === "author" || isFollowing()) receive({ ...message.relay, slidegen: session }, put);
    } else if (message.ink) {
      deck.emit("ink", message.ink);
    } else if (message.rehearsal) {
      deck.emit("rehearsal", message.rehearsal);
    } else if (message.overflow) {
      problems.showMeasured(message.overflow);
    } else if (message.lead) {
      location.replace(`${message.lead}?view=remote#p1`); // the presenter shows another deck now
    } else if (message.goto !== undefined) {
      deck.goto(message.goto, "edit");
    } else {
      apply(message);
    }
  };
  /**
   * Tells the server. What has a key is kept until it was heard, and nothing else is worth to be said late.
   * @param {object} message
   * @param {string} [key]
   * @param {number} [said] when, if it was earlier
   */
  const tell = (message, key, said) => {
    const isOpen = socket?.readyState === WebSocket.OPEN;
    if (key) {
      unconfirmed.delete(key); // the last one comes last
      unconfirmed.set(key, { message, number: isOpen ? sent + 1 : Infinity, said: said ?? Date.now() });
    }
    if (!isOpen) return;
    sent += 1;
    socket?.send(JSON.stringify(said ? { ...message, late: Date.now() - said, was: common } : message));
  };
  const expect = () => {
    clearTimeout(dead);
    dead = window.setTimeout(again, DEAD);
  };
  const put = (/** @type {any} */ envelope) => {
    if (envelope.message.kind === "hello") return; // the server knows the current state
    tell({ relay: envelope }, keyOf(envelope.message));
  };
  const keepRehearsal = (/** @type {object} */ rehearsal) => who === "author" && tell({ rehearsal }, "rehearsal");

  const tellOverflow = (/** @type {object[]} */ overflow) => tell({ overflow });
  const fits = who === "author" && !isRemote(live) ? startFits(deck, tellOverflow) : undefined;

  const connect = () => {
    clearTimeout(retry);
    if (stopped || (socket && socket.readyState < WebSocket.CLOSING)) return;
    expect();
    const own = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/live`);
    socket = own;
    own.onopen = () => {
      wait = SOON;
      sent = 0;
      note.remove();
      own.send(JSON.stringify({ deck: live.deck, run: live.run, epoch, frame, remote: isRemote(live), again: came }));
      // Changes made here meanwhile apply everywhere, but a slide only if no other window has moved since; otherwise,
      // changes made elsewhere apply here. A page that is loaded shows the slide in its address, unless it follows others.
      for (const [key, { message, said }] of [...unconfirmed]) tell(message, key, said);
      fits?.retell();
      if (came || goesAlong()) tell({ ask: true });
      came = true;
    };
    own.onmessage = (event) => own === socket && hear(event);
    own.onclose = () => {
      if (stopped || own !== socket) return;
      say(words.noServer, true);
      retry = window.setTimeout(connect, wait);
      wait = Math.min(2 * wait, LATE);
    };
  };
  const again = () => {
    const old = socket;
    socket = null;
    old?.close();
    connect();
  };
  const wake = () => {
    if (document.hidden) hidden = Date.now();
    else if (hidden && Date.now() - hidden > SLEPT) again();
    else connect();
  };
  const shown = (/** @type {PageTransitionEvent} */ event) => event.persisted && again();
  /** What must not be lost: drawings and rehearsals. All else can be seen again. */
  const leave = () => {
    const all = [...unconfirmed.values()].map(({ message }) => message);
    keep("sessionStorage", UNSAID, all.filter(({ relay, rehearsal }) => rehearsal ?? relay?.message.kind === "drawing"));
  };
  const takeUp = () => {
    for (const { relay, rehearsal } of recall("sessionStorage", UNSAID) ?? []) {
      if (relay) receive(relay);
      else keepRehearsal(rehearsal);
    }
  };
  const toggle = () => {
    const off = isFollowing();
    store(FOLLOW, off ? "off" : "on");
    say((off ? words.followingOff : words.followingOn) ?? "");
  };

  document.addEventListener("visibilitychange", wake);
  addEventListener("online", again);
  addEventListener("pageshow", shown);
  if (who === "author") addEventListener("pagehide", leave);
  const removals = [
    addCommand("followEdits", "e", toggle),
    addTransport(put),
    deck.on("keepRehearsal", keepRehearsal),
    problems.stop,
    () => fits?.stop(),
    who === "author" ? startSource(live.deck, words, say) : () => {},
    () => document.removeEventListener("visibilitychange", wake),
    () => removeEventListener("online", again),
    () => removeEventListener("pageshow", shown),
    () => removeEventListener("pagehide", leave),
    () => clearTimeout(retry),
    () => clearTimeout(dead),
    () => clearTimeout(noting),
    () => socket?.close(),
  ];
  if (who === "author") takeUp();
  connect();
  return () => {
    stopped = true;
    removals.forEach((remove) => remove());
  };
}

/**
 * What a later message has to be alike to take the place of this one; empty where none needs to.
 * @param {{ kind: string } & Record<string, unknown>} message
 */
function keyOf({ kind, slide, strokes, gone, place, set }) {
  if (kind === "drawing") return JSON.stringify([slide, /** @type {any[]} */ (strokes).map(({ id }) => id), gone]);
  return LASTING.includes(kind) ? kind + (place ?? set ?? "") : "";
}

/** @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser may be set to store nothing
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // then it applies to this page only, until somebody asks again
  }
}
