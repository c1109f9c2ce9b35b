/** The texts of the record at hand, written one behind another, and their lengths. */

import { units } from "./characters";
import { LENGTHS, OUT, OUT_END, SIZES } from "./layout";
import { bytesThatAre, copyBytes, endOf, lengthOf, startOf, Text } from "./text";

const BLANK: u8 = 0x20;
const BLANKS: u64 = 0x2020202020202020;

let used: usize = OUT;
let begun: usize = OUT;
let texts: usize = 0;
let overflown: bool = false;
let beyondAscii: bool = false;

export function clearOut(): void {
  used = OUT;
  begun = OUT;
  texts = 0;
  overflown = false;
  beyondAscii = false;
}

export function writeByte(byte: u8): void {
  if (used === OUT_END) overflown = true;
  else store<u8>(used++, byte);
}

export function writeText(text: Text): void {
  const length = lengthOf(text);
  if (used + length > OUT_END) {
    overflown = true;
    return;
  }
  copyBytes(used, startOf(text), length);
  used += length;
}

/** Writes plain text: runs of blanks made one, none at the ends of what is written between two `endOut`. */
export function writeSqueezed(text: Text): void {
  const end = endOf(text);
  if (used + lengthOf(text) > OUT_END) {
    overflown = true;
    return;
  }
  for (let at = startOf(text); at < end; at += 8) {
    const left = end - at;
    const eight = load<u64>(at);
    const blanks = bytesThatAre(eight, BLANKS);
    const isBehindBlank = used === begun || load<u8>(used - 1) === BLANK;
    if ((blanks & ((blanks << 8) | (isBehindBlank ? 0x80 : 0))) === 0) {
      store<u64>(used, eight);
      used += left < 8 ? left : 8;
    } else squeeze(at, left < 8 ? end : at + 8);
  }
}

function squeeze(start: usize, end: usize): void {
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === BLANK && (used === begun || load<u8>(used - 1) === BLANK)) continue;
    store<u8>(used++, byte);
  }
}

/** Takes blanks off the end of what is being written. */
export function trimOut(): void {
  while (used > begun && load<u8>(used - 1) === BLANK) used--;
}

export function lengthOut(): usize {
  return used - begun;
}

/** Ends a text. */
export function endOut(): void {
  const length = units(begun, used);
  if (length !== used - begun) beyondAscii = true;
  store<i32>(LENGTHS + (texts << 2), length as i32);
  store<i32>(SIZES + (texts << 2), (used - begun) as i32);
  texts++;
  begun = used;
}

/** Ends a text that is not certain: nothing of it stays. */
export function giveUpOut(): void {
  used = begun;
  store<i32>(LENGTHS + (texts << 2), -1);
  store<i32>(SIZES + (texts << 2), 0);
  texts++;
}

/** Whether there was too little room. */
export function isOverflown(): bool {
  return overflown;
}

/** Whether any text holds more than ASCII. */
export function isBeyondAscii(): bool {
  return beyondAscii;
}

/** How many bytes were written. */
export function writtenOut(): i32 {
  return (used - OUT) as i32;
}
