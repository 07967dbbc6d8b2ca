/**
 * Messages between the windows of one session: a deck's window, those opened from it, and any others that a
 * transport reaches. A message is one of these, and is complete in itself, so that receiving it twice does no harm:
 *
 * - `{ kind: "hello" }` a window has connected; those that know the current state send it
 * - `{ kind: "slide", index }` the current slide, counting steps, from 0
 * - `{ kind: "blackout", on }` whether the screen is black
 * - `{ kind: "timer", elapsed, running }` milliseconds so far, and whether it runs
 * - `{ kind: "media", place, paused, time, rate }` the video or sound at index `place` on the current slide
 * - `{ kind: "pointer", x, y }` where the laser points, as fractions of the slide from 0 to 1; `x: null` for nowhere
 * - `{ kind: "zoom", slide, x, y, scale }` the visible part of a slide, given by its first step: centre as fractions
 * - `{ kind: "drawing", slide, strokes, gone }` strokes that were drawn or changed on a slide, given by its key, and the
 *   versions of those that were removed, by their ids
 * - `{ kind: "board", slide, board }` the current board page after a slide; 0 for the slide itself
 * - `{ kind: "panel", set, panel }` the selected panel of the set of panels with index `set`
 * - `{ kind: "countdown", place, left, running }` the countdown with index `place`, in milliseconds
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
/** How many messages of each window have been received. @type {Map<string, number>} */
const counts = new Map();
/** Transports out of this window. @type {Set<(envelope: Envelope) => void>} */
const transports = new Set();
let count = 0;

/**
 * The prefix of names of a session's windows. A window keeps its name when it is reloaded; a copy of a tab does
 * not get it, nor does a window in which somebody opens the same file again.
 */
export const sharedName = /^slidegen-\w+/.exec(window.name)?.[0] ?? `slidegen-${random()}`;
window.name ||= sharedName; // a frame with a name is referred to by it elsewhere

/** What the windows of a session share, and no others know. */
export const session = sharedName + location.pathname;

/**
 * Sends a message to the other windows.
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
 * Another way for messages to travel.
 * @param {(envelope: Envelope) => void} put sends one off; may fail
 * @returns {() => void} takes the way away again
 */
export function addTransport(put) {
  transports.add(put);
  return () => void transports.delete(put);
}

/**
 * For transports: receives a message. Each is handled once, whichever way it comes first, and is passed on to
 * windows that only the other transports reach.
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
      // A closed window or a broken connection does not keep others from receiving messages.
    }
  }
}

export function random() {
  return Math.random().toString(36).slice(2);
}
