/**
 * A fast 53-bit hash of text and of bytes, for index keys and for telling contents apart.
 *
 * Not cryptographic: whoever looks something up by it compares the text on a hit. Two 32-bit lanes
 * take four bytes (two UTF-16 units) at a step, the second lane drawing on the first; the end is
 * mixed by the finaliser of MurmurHash3. 53 bits are what a JavaScript number holds exactly and
 * what SQLite stores as an integer. The values are stored in databases: they must never change.
 */

const MULTIPLIER_1 = 0x9e3779b1;
const MULTIPLIER_2 = 0x85ebca6b;
const START_1 = 0x243f6a88;
const START_2 = 0x13198a2e;
const TWO_TO_32 = 0x1_0000_0000;

/** Spreads every bit of a 32-bit number over all of them (the finaliser of MurmurHash3). */
function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Makes one number, 0 to 2^53 - 1, of both lanes and the length of what was hashed. */
function finish(lane1: number, lane2: number, length: number): number {
  const first = avalanche((lane1 ^ length) + lane2);
  const second = avalanche((lane2 ^ length) + first);
  return (second & 0x1f_ffff) * TWO_TO_32 + ((first + second) >>> 0);
}

/** Takes the bytes that are left, none to three of them in one number, and finishes. */
function finishRest(lane1: number, lane2: number, rest: number, length: number): number {
  const mixed1 = Math.imul(lane1 ^ rest, MULTIPLIER_1);
  const last1 = (mixed1 << 15) | (mixed1 >>> 17);
  const mixed2 = Math.imul(lane2 ^ rest, MULTIPLIER_2);
  return finish(last1, (((mixed2 << 13) | (mixed2 >>> 19)) + last1) | 0, length);
}

/**
 * Hashes a text by its UTF-16 units.
 *
 * @param seed any 32-bit number; different seeds give unrelated hashes of one text
 * @returns an integer from 0 to 2^53 - 1
 */
export function hash53(text: string, seed = 0): number {
  let lane1 = START_1 ^ seed;
  let lane2 = START_2 + seed;
  const length = text.length;
  for (let at = 0; at < length; at += 2) {
    const high = at + 1 < length ? text.charCodeAt(at + 1) : 0;
    const block = text.charCodeAt(at) | (high << 16);
    lane1 = Math.imul(lane1 ^ block, MULTIPLIER_1);
    lane1 = (lane1 << 15) | (lane1 >>> 17);
    lane2 = Math.imul(lane2 ^ block, MULTIPLIER_2);
    lane2 = (((lane2 << 13) | (lane2 >>> 19)) + lane1) | 0;
  }
  return finish(lane1, lane2, length);
}

/**
 * Hashes bytes as `hashBytes53` does, four at a step.
 *
 * @param words memory in which they lie, read as numbers of four bytes, the lowest first
 * @param start the word at which they begin
 * @param length in bytes
 */
export function hashWords53(words: Int32Array, start: number, length: number, seed = 0): number {
  let lane1 = START_1 ^ seed;
  let lane2 = START_2 + seed;
  const end = start + (length >>> 2);
  for (let at = start; at < end; at++) {
    const block = words[at];
    lane1 = Math.imul(lane1 ^ block, MULTIPLIER_1);
    lane1 = (lane1 << 15) | (lane1 >>> 17);
    lane2 = Math.imul(lane2 ^ block, MULTIPLIER_2);
    lane2 = (((lane2 << 13) | (lane2 >>> 19)) + lane1) | 0;
  }
  const left = length & 3;
  const rest = left === 0 ? 0 : words[end] & ((1 << (8 * left)) - 1);
  return finishRest(lane1, lane2, rest, length);
}

/**
 * Hashes the bytes from `start` to `end` (exclusive, zero-based). The result has nothing in common
 * with `hash53` of the same text.
 *
 * @param seed any 32-bit number; different seeds give unrelated hashes of the same bytes
 * @returns an integer from 0 to 2^53 - 1
 */
export function hashBytes53(bytes: Uint8Array, start: number, end: number, seed = 0): number {
  let lane1 = START_1 ^ seed;
  let lane2 = START_2 + seed;
  const whole = end - 3;
  let at = start;
  for (; at < whole; at += 4) {
    const block = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    lane1 = Math.imul(lane1 ^ block, MULTIPLIER_1);
    lane1 = (lane1 << 15) | (lane1 >>> 17);
    lane2 = Math.imul(lane2 ^ block, MULTIPLIER_2);
    lane2 = (((lane2 << 13) | (lane2 >>> 19)) + lane1) | 0;
  }
  let rest = 0;
  for (let shift = 0; at < end; at++, shift += 8) rest |= bytes[at] << shift;
  return finishRest(lane1, lane2, rest, end - start);
}
