import { addTransport, receive, send, session, sharedName } from "./channel.mjs";
import { addCommand, lacks } from "./commands.mjs";
import { listen } from "./events.mjs";

/** Milliseconds between attempts to reach a window that was left. */
const CALL = 500;

/**
 * The other windows of the session: how they are opened, and the two ways to reach them. A BroadcastChannel
 * reaches all, but not from `file://` in every browser; `postMessage` reaches those that one has opened or was
 * opened by, and what it brings is passed on.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ cloneTarget?: string }} options
 */
export function start(deck, slideshow, { cloneTarget = "_blank" }) {
  /** @type {Set<Window>} */
  const peers = new Set(opener ? [opener] : []);
  /** @type {Window | null} */
  let clone = null;
  /** @type {Window | null} */
  let notes = null;
  let calling = 0;
  /** @type {MessageEvent | undefined} */
  let last;

  const byMessage = (/** @type {unknown} */ envelope) => {
    for (const peer of peers) {
      if (peer.closed) peers.delete(peer);
      else peer.postMessage(envelope, "*");
    }
  };
  const hear = (/** @type {MessageEvent} */ event) => {
    if (event === last) return; // called by tools.mjs, and again by a browser that calls new listeners
    last = event;
    const { data, source } = event;
    const place = /^gotoSlide:(\d+)$/.exec(data);
    if (place) deck.goto(Number(place[1]) - 1);
    else if (data === "toggleBlackout") slideshow.toggleBlackout();
    else if (!receive(data)) return;
    else join(/** @type {Window} */ (source));
    clearInterval(calling);
    if (data.message?.kind === "leaving" && source === opener) calling = window.setInterval(call, CALL);
  };
  const call = () => (opener.closed ? clearInterval(calling) : send({ kind: "hello" }));
  const leave = () => send({ kind: "leaving" });

  const join = (/** @type {Window} */ peer) => {
    peers.add(peer);
    document.body.classList.add("slidegen-followed");
    deck.emit("followed");
  };
  const show = (/** @type {Window | null} */ there, /** @type {string} */ address, /** @type {string} */ target, /** @type {string} */ look) => {
    if (there && !there.closed) {
      there.focus();
      return there;
    }
    const name = `${window.name.startsWith(sharedName) ? window.name : sharedName}-${target}`;
    const opened = open(address, name, look);
    if (opened) join(opened);
    else lacks.add("noWindows");
    return opened;
  };
  const createClone = () => {
    clone = show(clone, `${location.href.split("#")[0]}#${deck.current + 1}`, cloneTarget, "location=no");
  };
  /** For those who share this window: what only the presenter should see is in another one, which is not shared. */
  const openNotes = () => {
    notes = show(notes, `${location.href.split(/[?#]/)[0]}?view=notes#p${deck.current + 1}`, "notes", "popup,width=520,height=760");
  };

  const removals = [
    addCommand("clone", "c", slideshow.createClone),
    addCommand("notesWindow", "w", openNotes),
    deck.on("createClone", createClone),
    addTransport(byMessage),
    deck.on("message", hear),
    listen(window, "message", hear),
    listen(window, "pagehide", leave),
    () => clearInterval(calling),
  ];
  try {
    const broadcast = new BroadcastChannel(session);
    const byBroadcast = (/** @type {unknown} */ envelope) => broadcast.postMessage(envelope);
    broadcast.onmessage = ({ data }) => void receive(data, byBroadcast);
    removals.push(addTransport(byBroadcast), () => broadcast.close());
  } catch {
    // The windows opened from this one can still be reached.
  }
  return () => removals.forEach((remove) => remove());
}
