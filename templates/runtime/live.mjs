import { addTransport, receive, session } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { startFits } from "./fits.mjs";
import { make } from "./make.mjs";
import { patchSlides, swapStyles } from "./patch.mjs";
import { isRemote } from "./phone.mjs";
import { startProblems } from "./problems.mjs";
import { startSource } from "./source.mjs";

/** Milliseconds before the first try to connect again, and at most between tries. */
const [SOON, LATE] = [250, 3000];
/** A page that was hidden for so many milliseconds may have slept: its connection is made anew. */
const SLEPT = 5000;
/** Milliseconds for which a note stays. */
const READ = 4000;
/** What windows say of which the last one counts. */
const LASTING = ["slide", "blackout", "timer", "zoom", "board"];
const FOLLOW = "slidegen-follow";

/**
 * What the server says of itself in the page.
 * @typedef {object} Live
 * @property {string} run the server's, which begins anew whenever it does
 * @property {string} deck the path of the page
 * @property {"author" | "audience"} who
 * @property {number} epoch the state of the deck that the page shows
 * @property {string} frame names all in the page that cannot be changed in place
 * @property {import("./problems.mjs").Problem[]} problems
 */

/**
 * Keeps the page as its deck is: asks the server for what changes, and changes just that, in place.
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
  /** What could not be said while there was no connection. @type {Map<string, any>} */
  const unsent = new Map();
  /** What was drawn meanwhile, by slide. @type {Map<string, any>} */
  const unkept = new Map();
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
    if (patch.styles && !swapStyles(patch.styles)) location.reload();
    if (patch.title !== undefined) document.title = patch.title;
    if (patch.problems) problems.show(patch.problems);
    fits?.again();
    epoch = patch.epoch;
    if (first !== undefined && isFollowing() && deck.slides[first]?.steps !== deck.slide.steps) deck.goto(first, "edit");
    else if (patch.slides) deck.emit("changed", deck.slide, "edit");
  };
  const hear = (/** @type {MessageEvent} */ { data }) => {
    const message = JSON.parse(data);
    if (message.relay) {
      if (who === "author" || isFollowing()) receive({ ...message.relay, slidegen: session }, put);
    } else if (message.ink) {
      deck.emit("ink", message.ink);
    } else if (message.rehearsal) {
      deck.emit("rehearsal", message.rehearsal);
    } else if (message.overflow) {
      problems.showMeasured(message.overflow);
    } else if (message.goto !== undefined) {
      deck.goto(message.goto, "edit");
    } else {
      apply(message);
    }
  };
  const put = (/** @type {any} */ envelope) => {
    if (envelope.message.kind === "hello") return; // the server knows how things stand
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ relay: envelope }));
    else if (LASTING.includes(envelope.message.kind)) unsent.set(envelope.message.kind, envelope);
    else if (envelope.message.kind === "drawing") unsent.set(`drawing ${envelope.message.slide} ${envelope.message.from}`, envelope);
  };
  /** What was drawn on a slide, for the server to keep. */
  const keepInk = (/** @type {{ slide: string }} */ drawn) => {
    if (who !== "author") return;
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ ink: drawn }));
    else unkept.set(drawn.slide, drawn);
  };

  const tellOverflow = (/** @type {object[]} */ overflow) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ overflow }));
  };
  const fits = who === "author" && !isRemote(live) ? startFits(deck, tellOverflow) : undefined;

  const connect = () => {
    clearTimeout(retry);
    if (stopped || (socket && socket.readyState < WebSocket.CLOSING)) return;
    const own = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/live`);
    socket = own;
    own.onopen = () => {
      wait = SOON;
      note.remove();
      own.send(JSON.stringify({ deck: live.deck, run: live.run, epoch, frame }));
      // What was done here meanwhile counts for all; else what was done elsewhere counts here. A page that is
      // loaded shows the slide in its address, unless it is there to go along with others.
      const waiting = [...unsent.values()];
      unsent.clear();
      waiting.forEach(put);
      unkept.forEach(keepInk);
      unkept.clear();
      fits?.retell();
      if (came || goesAlong()) own.send('{"ask": true}');
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
  const toggle = () => {
    const off = isFollowing();
    store(FOLLOW, off ? "off" : "on");
    say((off ? words.followingOff : words.followingOn) ?? "");
  };

  document.addEventListener("visibilitychange", wake);
  addEventListener("online", again);
  addEventListener("pageshow", shown);
  const removals = [
    addCommand("followEdits", "e", toggle),
    addTransport(put),
    deck.on("keepInk", keepInk),
    deck.on("keepRehearsal", (/** @type {unknown} */ rehearsal) => {
      if (who === "author" && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ rehearsal }));
    }),
    problems.stop,
    () => fits?.stop(),
    who === "author" ? startSource(live.deck, words, say) : () => {},
    () => document.removeEventListener("visibilitychange", wake),
    () => removeEventListener("online", again),
    () => removeEventListener("pageshow", shown),
    () => clearTimeout(retry),
    () => clearTimeout(noting),
    () => socket?.close(),
  ];
  connect();
  return () => {
    stopped = true;
    removals.forEach((remove) => remove());
  };
}

/** @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser may be told to keep nothing
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
    // then it holds for this page only as long as nobody asks
  }
}
