import { listen } from "./events.mjs";
import { button, make } from "./elements.mjs";
import { Plan } from "./schedule.mjs";
import { elapsed, isRunning } from "./timer.mjs";

/** Milliseconds of vibration when a section's time is up, with a pause between. */
const SHAKE = [180, 90, 180];
/** Seconds after that in which it still vibrates; a phone that wakes later stays silent. */
const LATE = 10;

/**
 * Whether the address asks for the remote control, which only the presenter's pages have.
 * @param {import("./live.mjs").Live} [live]
 */
export function isRemote(live) {
  return live?.who === "author" && new URLSearchParams(location.search).get("view") === "remote";
}

/**
 * The presenter view made for thumbs: large buttons at the lower edge of a phone, above them the notes, the slide
 * and the next step, the time and the plan.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string>, live?: import("./live.mjs").Live, plan?: number[] }} options
 */
export function start(deck, slideshow, options) {
  const { words = {}, live } = options;
  if (!isRemote(live)) return () => {};
  const { classList } = document.body;
  let plan = new Plan(deck, options.plan);
  /** The section whose end the phone has signalled. @type {number | undefined} */
  let told;

  const black = button("black", words.blackout, () => slideshow.toggleBlackout());
  const previous = button("previous", words.previous, () => slideshow.gotoPreviousSlide());
  const next = button("next", words.next, () => slideshow.gotoNextSlide());
  next.className = "slidegen-forth";
  const bar = make("nav", { class: "slidegen-thumb", "aria-label": words.controls }, black, previous, next);

  const follow = () => {
    previous.disabled = deck.current <= 0;
    next.disabled = deck.current === deck.slides.length - 1;
  };
  const look = () => black.setAttribute("aria-pressed", String(classList.contains("remark-blackout-mode")));
  const tick = () => {
    const { isTimed, section } = plan;
    const over = elapsed() / 1000 - section.start - section.seconds;
    if (!isTimed || !isRunning() || over < 0 || over > LATE || told === section.first) return;
    told = section.first;
    navigator.vibrate?.(SHAKE);
  };
  const renew = () => {
    plan = new Plan(deck, options.plan);
  };

  const head = [
    make("link", { rel: "manifest", href: "/api/phone.webmanifest", crossorigin: "use-credentials" }),
    make("link", { rel: "apple-touch-icon", href: "/api/phone.png" }),
    make("meta", { name: "mobile-web-app-capable", content: "yes" }),
    make("meta", { name: "apple-mobile-web-app-capable", content: "yes" }),
    make("meta", { name: "apple-mobile-web-app-status-bar-style", content: "black" }),
    make("meta", { name: "theme-color", content: "#1c222a" }),
  ];
  document.head.append(...head);
  document.querySelector("meta[name=viewport]")?.setAttribute("content", "width=device-width, initial-scale=1, viewport-fit=cover");
  classList.add("slidegen-phone");
  document.body.append(bar);
  deck.emit("forcePresenterMode");
  follow();
  look();
  const modes = new MutationObserver(look);
  modes.observe(document.body, { attributeFilter: ["class"] });
  const ticking = window.setInterval(tick, 1000);
  const removals = [
    deck.on("changed", follow),
    deck.on("renewed", renew),
    listen(bar, "dblclick", (/** @type {Event} */ event) => event.preventDefault()),
    () => clearInterval(ticking),
    () => modes.disconnect(),
    () => head.forEach((each) => each.remove()),
    () => classList.remove("slidegen-phone"),
    () => bar.remove(),
  ];
  return () => removals.forEach((remove) => remove());
}
