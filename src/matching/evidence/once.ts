/** Texts of a description, each once, no more and no longer than are compared. */

/** Words, names, numbers looked at: a record with thousands is compared by its first. */
export const MOST = 40;

/** Characters of a word, a name, a publisher that are kept: what is longer is no such thing, and is kept for each row. */
export const LONGEST = 300;

export function clipped(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST) : text;
}

/** What is read of texts, each once. */
export function uniqueOf(
  texts: readonly string[],
  read: (text: string) => string,
): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < texts.length; at++) addOnce(read(texts[at]), found);
  return found;
}

/** Adds a text that is not there; no more than are looked at. */
export function addOnce(text: string, texts: string[]): void {
  const one = clipped(text);
  if (one !== "" && texts.length < MOST && !texts.includes(one)) texts.push(one);
}
