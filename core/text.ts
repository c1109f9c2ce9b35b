/**
 * Texts as the core has them: UTF-8 in memory that is sound (characters.ts), its place and length in one
 * number, so that passing them on costs nothing.
 */

import { SCRATCH, SCRATCH_END } from "./layout";

export type Text = u64;

/** A text that the core is not certain of. */
export const UNSURE: Text = u64.MAX_VALUE;
/** No text at all. */
export const NOTHING: Text = 0;

const BLANK: u8 = 0x20;

export function textOf(at: usize, length: usize): Text {
  return ((at as u64) << 32) | (length as u64);
}

export function startOf(text: Text): usize {
  return (text >> 32) as usize;
}

export function lengthOf(text: Text): usize {
  return (text & 0xffffffff) as usize;
}

export function endOf(text: Text): usize {
  return startOf(text) + lengthOf(text);
}

/** Without blanks at its ends. */
export function trimmed(text: Text): Text {
  let start = startOf(text);
  let end = endOf(text);
  while (start < end && load<u8>(start) === BLANK) start++;
  while (start < end && load<u8>(end - 1) === BLANK) end--;
  return textOf(start, end - start);
}

export function isBlank(text: Text): bool {
  return lengthOf(trimmed(text)) === 0;
}

export function sameBytes(one: usize, other: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) {
    if (load<u64>(one + at) !== load<u64>(other + at)) return false;
  }
  for (; at < length; at++) if (load<u8>(one + at) !== load<u8>(other + at)) return false;
  return true;
}

export function same(one: Text, other: Text): bool {
  const length = lengthOf(one);
  return length === lengthOf(other) && sameBytes(startOf(one), startOf(other), length);
}

export function isAscii(text: Text): bool {
  const end = endOf(text);
  let at = startOf(text);
  for (; at + 8 <= end; at += 8) if ((load<u64>(at) & 0x8080808080808080) !== 0) return false;
  for (; at < end; at++) if (load<u8>(at) >= 0x80) return false;
  return true;
}

/** FNV-1a, four bytes at a step. */
export function hashOf(text: Text, seed: u32): u32 {
  let hash: u32 = 0x811c9dc5 ^ seed;
  const end = endOf(text);
  let at = startOf(text);
  for (; at + 4 <= end; at += 4) hash = rotl<u32>((hash ^ load<u32>(at)) * 0x01000193, 13);
  for (; at < end; at++) hash = (hash ^ (load<u8>(at) as u32)) * 0x01000193;
  hash = (hash ^ (hash >> 15)) * 0x85ebca6b;
  return hash ^ (hash >> 13);
}

export const HIGHEST_BITS: u64 = 0x8080808080808080;
const LOWEST_BITS: u64 = 0x0101010101010101;

/**
 * Which of eight bytes are a certain one, their highest bits set. Those behind the first of them, by its
 * place in memory, may be set without being it.
 *
 * @param repeated that byte, eight times
 */
export function bytesThatAre(eight: u64, repeated: u64): u64 {
  const other = eight ^ repeated;
  return (other - LOWEST_BITS) & ~other & HIGHEST_BITS;
}

/** Where the first byte lies whose highest bit is set; the end if it lies behind that. */
export function placeOfFirst(bits: u64, at: usize, end: usize): usize {
  const place = at + ((ctz<u64>(bits) >> 3) as usize);
  return place < end ? place : end;
}

/** Where a byte stands in a text, its end if nowhere. */
export function indexOf(byte: u8, start: usize, end: usize): usize {
  const repeated = (byte as u64) * LOWEST_BITS;
  for (let at = start; at < end; at += 8) {
    const those = bytesThatAre(load<u64>(at), repeated);
    if (those !== 0) return placeOfFirst(those, at, end);
  }
  return end;
}

/** Whether a text holds another one, which is not empty. */
export function holds(text: Text, wanted: Text): bool {
  const length = lengthOf(wanted);
  if (lengthOf(text) < length) return false;
  const first = load<u8>(startOf(wanted));
  const behind = endOf(text) - length + 1;
  let at = indexOf(first, startOf(text), behind);
  while (at < behind && !sameBytes(at, startOf(wanted), length))
    at = indexOf(first, at + 1, behind);
  return at < behind;
}

let used: usize = SCRATCH;
let begun: usize = SCRATCH;
let overflown: bool = false;

/** Forgets all texts that were put together. */
export function clearScratch(): void {
  used = SCRATCH;
  begun = SCRATCH;
  overflown = false;
}

/** Begins to put a text together. */
export function begin(): void {
  begun = used;
}

/** Copies bytes, eight at a time: up to seven more than asked for are overwritten. */
export function copyBytes(to: usize, from: usize, length: usize): void {
  for (let i: usize = 0; i < length; i += 8) store<u64>(to + i, load<u64>(from + i));
}

export function append(at: usize, length: usize): void {
  if (used + length > SCRATCH_END) {
    overflown = true;
    return;
  }
  copyBytes(used, at, length);
  used += length;
}

export function appendText(text: Text): void {
  append(startOf(text), lengthOf(text));
}

export function appendByte(byte: u8): void {
  if (used === SCRATCH_END) {
    overflown = true;
    return;
  }
  store<u8>(used++, byte);
}

/** What was put together since `begin`; UNSURE if there was no room for it. */
export function finished(): Text {
  return overflown ? UNSURE : textOf(begun, used - begun);
}
