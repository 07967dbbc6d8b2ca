// For slides with: [data-carded]
const CARDED = "[data-carded]";
/** Milliseconds after which a silent server counts as unreachable. */
const PATIENCE = 8000;
/** Milliseconds until the next try: a browser reports that it is online slightly too early. */
const AGAIN = 2000;

/**
 * Shows the card of remote content in its place while the network cannot be reached.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  let retry = 0;
  const follow = async () => {
    clearTimeout(retry);
    const { slide } = deck;
    const there = await Promise.all([...(slide?.steps.content.querySelectorAll(CARDED) ?? [])].map(show));
    if (slide === deck.slide && there.includes(false)) retry = setTimeout(follow, AGAIN);
  };
  void follow();
  addEventListener("online", follow);
  addEventListener("offline", follow);
  const forget = deck.on("changed", follow);
  return () => {
    forget();
    clearTimeout(retry);
    removeEventListener("online", follow);
    removeEventListener("offline", follow);
  };
}

/**
 * Shows an element or its card; returns whether it shows the element.
 * @param {Element} element
 */
async function show(element) {
  const there = await isReachable(addressOf(element));
  const wasThere = !element.hasAttribute("data-unreachable");
  element.toggleAttribute("data-unreachable", !there);
  if (there && !wasThere && element instanceof HTMLIFrameElement) element.src = element.src;
  return there;
}

/** @param {Element} element */
function addressOf(element) {
  const holder = element.matches("video:not([src]), audio:not([src])") ? element.querySelector("[src]") : element;
  return holder?.getAttribute("src") ?? holder?.getAttribute("data") ?? "";
}

/** @param {string} address */
async function isReachable(address) {
  if (!navigator.onLine) return false;
  const url = address.startsWith("//") ? `https:${address}` : address;
  try {
    await fetch(url, { method: "HEAD", mode: "no-cors", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}
