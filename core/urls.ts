/** The url column, for URLs that cleaning leaves as they are; `src/mapping/marc/url.ts` says the rest. */

import { applyRule, clearFound, found, foundText } from "./found";
import { MOST_OTHER_URLS, OTHER_URLS } from "./layout";
import { trimOut, writeByte, writeSqueezed, writeText } from "./out";
import { fallbackParts, RULE_SIZE, ruleCount, rulesOf, textAt } from "./program";
import { endOf, lengthOf, same, startOf, Text, trimmed, UNSURE } from "./text";

/** How many URLs stand beside the url. */
let others: i32 = 0;
/** Whether the url is the one of the fallback pattern. */
export let isFallback: bool = false;

/** Whether the url column is worked out here, so that its further URLs are known. */
let isKnown: bool = false;

export function clearUrls(): void {
  others = 0;
  isFallback = false;
  isKnown = false;
}

export function knowsOtherUrls(): bool {
  return isKnown;
}

export function otherUrls(): i32 {
  return others;
}

export function otherUrl(number: i32): Text {
  return load<u64>(OTHER_URLS + ((number as usize) << 3));
}

function isLowerOrDigit(byte: u8): bool {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}

/** Letters, digits and `-._~!$&'()*+=:@/`; not `,` and `;`, behind which another URL may begin. */
function isOfPath(byte: u8): bool {
  if (isLowerOrDigit(byte) || (byte >= 0x40 && byte <= 0x5a)) return true;
  if (byte >= 0x26 && byte <= 0x2f) return byte !== 0x2c;
  return (
    byte === 0x3a ||
    byte === 0x3d ||
    byte === 0x5f ||
    byte === 0x7e ||
    byte === 0x21 ||
    byte === 0x24
  );
}

/** Where the host begins behind `http://` or `https://`, 0 for another beginning. */
function hostStart(start: usize, end: usize): usize {
  // http
  if (end - start < 9 || load<u32>(start) !== 0x70747468) return 0;
  let at = start + 4;
  if (load<u8>(at) === 0x73) at++;
  const isScheme = load<u8>(at) === 0x3a && load<u16>(at, 1) === 0x2f2f;
  return isScheme ? at + 3 : 0;
}

/** Whether a text is a URL that cleaning leaves as it is. */
function isClean(text: Text): bool {
  const end = endOf(text);
  let at = hostStart(startOf(text), end);
  if (at === 0) return false;
  for (let label = at; ; at++) {
    const byte: u8 = at < end ? load<u8>(at) : 0x2f;
    if (isLowerOrDigit(byte) || byte === 0x2d) continue;
    if (at === label) return false;
    if (byte === 0x2f) break;
    if (byte !== 0x2e) return false;
    label = at + 1;
  }
  let before: u8 = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte !== 0x3f && !isOfPath(byte)) return false;
    if (byte === 0x2e && before === 0x2f) return false;
    // Where another URL may begin within this one.
    if (byte === 0x2f && before === 0x2f && load<u8>(at - 2) === 0x3a) return false;
    before = byte;
  }
  return true;
}

/** The value that `encodeURIComponent` leaves as it is: letters, digits and `-_.!~*'()`. */
function isUnreserved(byte: u8): bool {
  if (isLowerOrDigit(byte) || (byte >= 0x41 && byte <= 0x5a)) return true;
  if (byte >= 0x27 && byte <= 0x2a) return true;
  return byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x21 || byte === 0x7e;
}

function hexDigit(value: u8): u8 {
  return value < 10 ? 0x30 + value : 0x37 + value;
}

function writeEncoded(text: Text): void {
  const end = endOf(text);
  for (let at = startOf(text); at < end; at++) {
    const byte = load<u8>(at);
    if (isUnreserved(byte)) writeByte(byte);
    else {
      writeByte(0x25);
      writeByte(hexDigit(byte >> 4));
      writeByte(hexDigit(byte & 0xf));
    }
  }
}

/** Writes the URL of the fallback pattern; false where the id is not known. */
function writeFallback(column: usize, id: Text): bool {
  const parts = fallbackParts(column);
  const count = load<i32>(parts);
  if (count === 0) return true;
  if (id === UNSURE) return false;
  for (let i = 0; i < count; i++) {
    if (i > 0) writeEncoded(id);
    writeSqueezed(textAt(parts + 4 + ((i as usize) << 3)));
  }
  trimOut();
  isFallback = true;
  return true;
}

/** Writes the url and notes the others; false if that is not certain. */
export function writeUrl(column: usize, id: Text): bool {
  isKnown = writeFirst(column, id);
  return isKnown;
}

function writeFirst(column: usize, id: Text): bool {
  clearFound(false, true);
  const rules = rulesOf(column);
  const count = ruleCount(column);
  for (let i = 0; i < count; i++) if (!applyRule(rules + (i as usize) * RULE_SIZE)) return false;
  let url: Text = 0;
  for (let i = 0; i < found; i++) {
    const one = trimmed(foundText(i));
    if (!isClean(one)) return false;
    if (lengthOf(url) > 0 && same(one, url)) continue;
    if (lengthOf(url) === 0) url = one;
    else if (others === MOST_OTHER_URLS) return false;
    else {
      store<u64>(OTHER_URLS + ((others as usize) << 3), one);
      others++;
    }
  }
  if (lengthOf(url) === 0) return writeFallback(column, id);
  writeText(url);
  return true;
}
