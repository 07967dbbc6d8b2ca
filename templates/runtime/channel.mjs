/**
 * What the windows of one session tell each other: a deck's window, those opened from it, and whatever else a
 * transport reaches. A message is one of these, and says all it means, so that one heard twice does no harm:
 *
 * - `{ kind: "hello" }` somebody has come; those who know how things stand say so
 * - `{ kind: "slide", index }` the slide that is shown, steps counted, from 0
 * - `{ kind: "blackout", on }` whether the screen is black
 * - `{ kind: "timer", elapsed, running }` milliseconds so far, and whether it runs
 * - `{ kind: "media", place, paused, time, rate }` the film or sound that is `place`th on the slide shown
 * - `{ kind: "pointer", x, y }` where the laser points, in parts of the slide from 0 to 1; `x: null` for nowhere
 * - `{ kind: "zoom", slide, x, y, scale }` what is seen of a slide, given by its first step: the middle, in parts of it
 * - `{ kind: "drawing", slide, from, strokes }` the strokes on a slide from the `from`th on
 * - `{ kind: "board", slide, board }` which of the pages after a slide is shown; 0 for the slide itself
 * - `{ kind: "panel", set, panel }` the panel that is shown of the `set`th panels of the page
 * - `{ kind: "countdown", place, left, running }` the `place`th countdown of the page, in milliseconds
 *
 * @typedef {{ kind: string } & Record<string, any>} Message
 * @typedef {object} Envelope
 * @property {string} slidegen the session
 * @property {string} from the window that sent it first
 * @property {number} count of that window's messages
 * @property {Message} message
 */
import { Events } from "./events.mjs";

/** Of this window, as long as it shows this page. */
const me = random();
const heard = new Events();
/** How many messages of each window have been heard. @type {Map<string, number>} */
const counts = new Map();
/** Ways out of this window. @type {Set<(envelope: Envelope) => void>} */
const transports = new Set();
let count = 0;

/**
 * How the names of a session's windows begin. A window keeps its name while it is reloaded; a copy of a tab does
 * not get it, nor does a window in which somebody opens the same file once more.
 */
export const sharedName = /^slidegen-\w+/.exec(window.name)?.[0] ?? `slidegen-${random()}`;
window.name ||= sharedName; // a frame that has a name is called by it elsewhere

/** What the windows of a session have in common, and no others have. */
export const session = sharedName + location.pathname;

/**
 * Tells the other windows.
 * @param {Message} message
 */
export function send(message) {
  post({ slidegen: session, from: me, count: ++count, message });
}

/**
 * @template {Message} M
 * @param {string} kind
 * @param {(message: M) => void} listener
 * @returns {() => void} takes the listener away again
 */
export function onMessage(kind, listener) {
  return heard.on(kind, listener);
}

/**
 * Another way in which messages travel.
 * @param {(envelope: Envelope) => void} put sends one off; may fail
 * @returns {() => void} takes the way away again
 */
export function addTransport(put) {
  transports.add(put);
  return () => void transports.delete(put);
}

/**
 * For transports: what has come in. Each message is heard once, by whichever way it comes first, and goes on to
 * those whom only the other ways reach.
 * @param {Envelope} envelope
 * @param {(envelope: Envelope) => void} [by] the transport it came by
 * @returns {boolean} whether it is of this session
 */
export function receive(envelope, by) {
  if (envelope?.slidegen !== session) return false;
  const { from, count, message } = envelope;
  if (from === me || count <= (counts.get(from) ?? 0)) return true;
  counts.set(from, count);
  heard.emit(message.kind, message);
  post(envelope, by);
  return true;
}

/**
 * @param {Envelope} envelope
 * @param {(envelope: Envelope) => void} [by]
 */
function post(envelope, by) {
  for (const put of transports) {
    if (put === by) continue;
    try {
      put(envelope);
    } catch {
      // A window that is closed or a line that is down keeps no other from being told.
    }
  }
}

function random() {
  return Math.random().toString(36).slice(2);
}
