// For slides with: .slidegen-countdown
import { onMessage, send } from "./channel.mjs";
import { button, icon, make } from "./elements.mjs";

/** Milliseconds between checks of the clock. */
const LOOK = 200;
/** Of the sound at the end: hertz, and the seconds at which it repeats. */
const TONE = 880;
const BEATS = [0, 0.35, 0.7];

/**
 * Clocks that count down, even while another slide is shown, and in all windows of the session together.
 * @param {import("./deck.mjs").Deck} deck
 * @param {any} slideshow
 * @param {{ words?: Record<string, string> }} options
 */
export function start(deck, slideshow, { words = {} }) {
  /** @type {Map<Element, Countdown>} */
  const known = new Map();
  let timer = 0;

  const all = () => [...document.querySelectorAll(".slidegen-countdown")];
  const find = () => {
    for (const element of all()) if (!element.querySelector("button")) known.set(element, new Countdown(element, words, told));
  };
  const told = (/** @type {Countdown} */ countdown) => {
    tell(countdown);
    look();
  };
  const tell = (/** @type {Countdown} */ countdown) =>
    send({ kind: "countdown", place: all().indexOf(countdown.element), left: countdown.left, running: countdown.running });
  const look = () => {
    clearTimeout(timer);
    const running = [...known.values()].filter((each) => each.show());
    if (running.length) timer = window.setTimeout(look, LOOK);
  };

  find();
  const removals = [
    deck.on("changed", find),
    onMessage("countdown", ({ place, left, running }) => {
      known.get(all()[place])?.set(left, running);
      look();
    }),
    onMessage("hello", () => {
      for (const each of known.values()) if (each.element.isConnected && each.touched) tell(each);
    }),
    () => clearTimeout(timer),
  ];
  return () => removals.forEach((remove) => remove());
}

class Countdown {
  /** When it ends, if it is running, in milliseconds of the clock; otherwise what is left. */
  #ends = 0;
  #left;
  /** @type {AudioContext | undefined} */
  #audio;
  running = false;
  touched = false;

  /**
   * @param {Element} element
   * @param {Record<string, string>} words
   * @param {(countdown: Countdown) => void} told after somebody at this window pressed a button
   */
  constructor(element, words, told) {
    this.element = element;
    this.words = words;
    this.total = Number(/** @type {HTMLElement} */ (element).dataset.seconds) * 1000;
    this.#left = this.total;
    this.time = /** @type {Element} */ (element.querySelector(".slidegen-countdown-time"));
    this.time.setAttribute("role", "timer");
    const label = words.countdown;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", `${label} ${this.time.textContent}`);
    this.starter = button("", "", () => {
      this.#listen();
      this.set(this.left || this.total, !this.running);
      told(this);
    });
    const reset = button("reset", words.reset, () => {
      this.set(this.total, false);
      told(this);
    });
    this.said = make("span", { class: "slidegen-said", role: "status" });
    element.append(make("span", { class: "slidegen-countdown-buttons" }, this.starter, reset), this.said);
    this.show();
  }

  get left() {
    return this.running ? Math.max(this.#ends - Date.now(), 0) : this.#left;
  }

  /**
   * @param {number} left milliseconds
   * @param {boolean} running
   */
  set(left, running) {
    this.touched = true;
    this.#left = left;
    this.#ends = Date.now() + left;
    this.running = running;
    this.show();
  }

  /** Updates the clock; returns whether it is running. */
  show() {
    const { left, words } = this;
    if (this.running && !left) {
      this.#left = 0;
      this.running = false;
      this.#sound();
    }
    const over = !left;
    this.said.textContent = over ? words.timeUp : "";
    this.element.classList.toggle("slidegen-over", over);
    this.element.classList.toggle("slidegen-runs", this.running);
    const text = clock(left);
    if (this.time.textContent !== text) this.time.textContent = text;
    const label = this.running ? words.pauseCountdown : words.startCountdown;
    if (this.starter.title !== label) {
      this.starter.replaceChildren(icon(this.running ? "pause" : "play"));
      this.starter.title = label;
      this.starter.setAttribute("aria-label", label);
    }
    return this.running;
  }

  /** A page may play sounds only if it asks when somebody presses a button. */
  #listen() {
    if (this.element.hasAttribute("data-sound")) this.#audio ??= globalThis.AudioContext && new AudioContext();
  }

  #sound() {
    const audio = this.#audio;
    if (!audio) return;
    for (const beat of BEATS) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const at = audio.currentTime + beat;
      tone.frequency.value = TONE;
      volume.gain.setValueAtTime(0.3, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.3);
    }
  }
}

/**
 * In the macro's notation: 10:00, 1:30:00.
 * @param {number} left milliseconds
 */
function clock(left) {
  const seconds = Math.ceil(left / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}
