/** The URLs that one text holds: in brackets or behind a label, or several behind one another. */

/** How RFC 3986 (appendix C) and people set a URL off: `<URL:http://…>`, `(http://…)`, `URL: http://…`. */
const SET_OFF = [
  /^<\s*(?:URL:)?\s*([^<>]*)>$/i,
  /^\(([a-z]+:\/\/[^()]*)\)$/i,
  /^"([^"]*)"$/,
  /^URL\s*:\s*(.*)$/i,
];
const STARTS = /^(?:https?|ftp):\/\/|^www\./i;

/**
 * Where the next URL begins: behind what parts two of them, or behind a letter or digit of another URL, as
 * where two texts were joined. One within another (`?url=https://…`, `/web/2020/http://…`) is a part of it.
 */
const BEFORE_NEXT =
  /[\s,;|](?=(?:https?|ftp):\/\/)|(?=(?:https?|ftp):\/\/)(?<=:\/\/.{0,2000}[\p{L}\p{N}])/iu;
const PARTING = /[\s,;|]/;
/** What parts only between blanks, at the end of a text. */
const WORD_BETWEEN = /\s(?:[-–—&+/]|and|und|et|y|og|och|ja)$/i;
const LONGEST_BETWEEN = 4;

/**
 * Takes the URLs of a text apart. Words behind one stay with it, since a blank may belong to a file's name.
 *
 * @returns at least one text, trimmed: all of it where it holds no more than one URL
 */
export function urlTexts(text: string): readonly string[] {
  const parts = bare(text.trim()).split(BEFORE_NEXT);
  return parts.map((part, at) => (at < parts.length - 1 ? withoutParting(part) : part));
}

function bare(text: string): string {
  for (const form of SET_OFF) {
    const within = form.exec(text)?.[1].trim();
    if (within !== undefined && STARTS.test(within)) return within;
  }
  return text;
}

function withoutParting(text: string): string {
  let end = text.length;
  for (;;) {
    while (end > 0 && PARTING.test(text[end - 1])) end--;
    const between = WORD_BETWEEN.exec(text.slice(Math.max(0, end - LONGEST_BETWEEN), end));
    if (between === null) return text.slice(0, end);
    end -= between[0].length;
  }
}
