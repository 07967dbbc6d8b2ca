/*
 * Decompresses DEFLATE (RFC 1951). Browsers can do this, too, but only asynchronously, and what
 * a key or printing needs has to be there at once.
 */

/** The order in which a block lists the lengths of the code length codes. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Extra bits after the code of a match length, and of a distance. */
const LENGTH_BITS = Array.from({ length: 29 }, (_, at) => (at < 4 || at > 27 ? 0 : (at >> 2) - 1));
const DISTANCE_BITS = Array.from({ length: 30 }, (_, at) => (at < 2 ? 0 : (at >> 1) - 1));

/** The lowest length or distance of each code; they are consecutive. @param {number[]} bits @param {number} first */
const bases = (bits, first) => bits.map((own) => (first += 2 ** own) - 2 ** own);

const LENGTHS = [...bases(LENGTH_BITS.slice(0, 28), 3), 258];
const DISTANCES = bases(DISTANCE_BITS, 1);

/**
 * @param {string} packed as base64
 * @returns {string}
 */
export function inflate(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  /** @type {number[]} */
  const out = [];
  let at = 0;
  let held = 0;
  let count = 0;

  const take = (/** @type {number} */ bits) => {
    for (; count < bits; count += 8) held |= bytes[at++] << count;
    const value = held & ((1 << bits) - 1);
    held >>>= bits;
    count -= bits;
    return value;
  };
  const next = (/** @type {Code} */ { counts, symbols }) => {
    for (let length = 1, code = 0, first = 0, place = 0; ; length++) {
      code |= take(1);
      const own = counts[length];
      if (code - first < own) return symbols[place + code - first];
      place += own;
      first = (first + own) << 1;
      code <<= 1;
    }
  };
  const codes = () => {
    const [literals, distances, asked] = [take(5) + 257, take(5) + 1, take(4) + 4];
    /** @type {number[]} */
    const own = Array(19).fill(0);
    for (const place of ORDER.slice(0, asked)) own[place] = take(3);
    const code = codeOf(own);
    /** @type {number[]} */
    const lengths = [];
    while (lengths.length < literals + distances) {
      const symbol = next(code);
      if (symbol < 16) lengths.push(symbol);
      else {
        const again = symbol === 16 ? lengths[lengths.length - 1] : 0;
        const times = symbol === 16 ? take(2) + 3 : symbol === 17 ? take(3) + 3 : take(7) + 11;
        for (let time = 0; time < times; time++) lengths.push(again);
      }
    }
    return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
  };
  const fixed = () => {
    const lengths = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
    return [codeOf(lengths), codeOf(Array(30).fill(5))];
  };
  const copy = () => {
    held = count = 0;
    const length = bytes[at] | (bytes[at + 1] << 8);
    at += 4;
    for (const end = at + length; at < end; at++) out.push(bytes[at]);
  };
  const block = (/** @type {Code[]} */ [literals, distances]) => {
    for (;;) {
      const symbol = next(literals);
      if (symbol === 256) return;
      if (symbol < 256) out.push(symbol);
      else {
        const length = LENGTHS[symbol - 257] + take(LENGTH_BITS[symbol - 257]);
        const code = next(distances);
        const from = out.length - DISTANCES[code] - take(DISTANCE_BITS[code]);
        for (let place = 0; place < length; place++) out.push(out[from + place]);
      }
    }
  };

  for (let last = 0; !last; ) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) copy();
    else block(kind === 1 ? fixed() : codes());
  }
  return new TextDecoder().decode(Uint8Array.from(out));
}

/**
 * How many symbols have codes of each length, and all symbols in the order of their codes.
 * @typedef {{ counts: number[], symbols: number[] }} Code
 */

/**
 * @param {number[]} lengths by symbol; 0 for none
 * @returns {Code}
 */
function codeOf(lengths) {
  const counts = Array(16).fill(0);
  for (const length of lengths) counts[length] += 1;
  const places = counts.map((_, length) => counts.slice(1, length).reduce((sum, own) => sum + own, 0));
  counts[0] = 0;
  /** @type {number[]} */
  const symbols = [];
  for (const [symbol, length] of lengths.entries()) if (length) symbols[places[length]++] = symbol;
  return { counts, symbols };
}
