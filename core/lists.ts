/** The list form `;a;b;`: elements trimmed, empty ones and exact repeats left out. */

import { ELEMENT_SIZE, LIST, MOST_ELEMENTS } from "./layout";
import { writeByte, writeText } from "./out";
import { endOf, hashOf, indexOf, lengthOf, same, startOf, Text, textOf, trimmed } from "./text";

const SEMICOLON: u8 = 0x3b;

let base: usize = LIST;
export let elements: i32 = 0;

/** Begins a list in one of two places, so that one can be made of the other. */
export function beginList(place: usize): void {
  base = place;
  elements = 0;
}

export function elementOf(place: usize, number: i32): Text {
  return load<u64>(place + (number as usize) * ELEMENT_SIZE);
}

/** Adds one element, not empty, without a semicolon; false if there are too many. */
export function addElement(element: Text): bool {
  const hash = hashOf(element, 0);
  const end = base + (elements as usize) * ELEMENT_SIZE;
  for (let at = base; at < end; at += ELEMENT_SIZE) {
    if (load<u32>(at, 8) === hash && same(load<u64>(at), element)) return true;
  }
  if (elements === MOST_ELEMENTS) return false;
  store<u64>(end, element);
  store<u32>(end, hash, 8);
  elements++;
  return true;
}

/** Adds what stands between the semicolons of a text. */
export function addToList(text: Text): bool {
  const end = endOf(text);
  let start = startOf(text);
  while (start <= end) {
    const stop = indexOf(SEMICOLON, start, end);
    const element = trimmed(textOf(start, stop - start));
    if (lengthOf(element) > 0 && !addElement(element)) return false;
    start = stop + 1;
  }
  return true;
}

/** Writes the list as it is stored; nothing without elements. */
export function writeList(): void {
  if (elements === 0) return;
  writeByte(SEMICOLON);
  const end = base + (elements as usize) * ELEMENT_SIZE;
  for (let at = base; at < end; at += ELEMENT_SIZE) {
    writeText(load<u64>(at));
    writeByte(SEMICOLON);
  }
}
