/** Keys that JSON text gives twice: `JSON.parse` keeps the last of two equal keys without a word. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BLANK = 0x20;

/** Where the string that begins at `start` ends: the index behind its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let unit = text.charCodeAt(at); unit !== QUOTE; unit = text.charCodeAt(at)) {
    at += unit === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

/**
 * The first key that comes twice in one object.
 *
 * @param text valid JSON
 * @returns the key, null if each object has every key once
 */
export function repeatedKey(text: string): string | null {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === OPEN) open.push(new Set());
    else if (unit === CLOSE) open.pop();
    if (unit !== QUOTE) continue;
    const end = endOfString(text, at);
    let behind = end;
    while (text.charCodeAt(behind) <= BLANK) behind++;
    if (text.charCodeAt(behind) === COLON) {
      const written = text.slice(at, end);
      const key: string = written.includes("\\") ? JSON.parse(written) : written.slice(1, -1);
      const keys = open[open.length - 1];
      if (keys.has(key)) return key;
      keys.add(key);
    }
    at = end - 1;
  }
  return null;
}
