/**
 * @typedef {object} Section
 * @property {string} title empty for what stands before the first
 * @property {number} first place of its first slide, steps not counted
 * @property {number} start when it is planned to begin, in seconds
 * @property {number} seconds how long it is planned to take; its number of slides where nothing is planned
 */

/** The planned course of the session: by slides without their steps. */
export class Plan {
  /** The slides at their first steps. @type {import("./deck.mjs").Slide[]} */
  slides;
  /** @type {Section[]} */
  sections = [];
  /** When each slide is planned to begin, in seconds, and the end of the last. */
  starts = [0];

  /**
   * @param {import("./deck.mjs").Deck} deck
   * @param {number[]} [seconds] how long each slide is planned to take; without it nothing is planned
   */
  constructor(deck, seconds) {
    this.deck = deck;
    this.isTimed = seconds !== undefined;
    this.slides = deck.slides.filter((slide) => slide.step === 0);
    for (const [place, slide] of this.slides.entries()) {
      const start = this.starts[place];
      const takes = seconds?.[place] ?? 1;
      if (slide.section || !place) this.sections.push({ title: slide.section ?? "", first: place, start, seconds: 0 });
      this.sections[this.sections.length - 1].seconds += takes;
      this.starts.push(start + takes);
    }
  }

  get total() {
    return this.starts[this.slides.length];
  }

  /** Which of `slides` is current. */
  get place() {
    return this.slides.findIndex((slide) => slide.steps === this.deck.slide?.steps);
  }

  /** The current section. */
  get section() {
    const { place } = this;
    return this.sections.findLast((section) => section.first <= place) ?? this.sections[0];
  }

  /**
   * Seconds by which the current slide is late, or already too long; negative if it is early.
   * @param {number} seconds since the session began
   */
  lateness(seconds) {
    const { place, starts } = this;
    return Math.max(0, seconds - starts[place + 1]) || Math.min(0, seconds - starts[place]);
  }
}
