/** How alike two texts are, letter by letter. */

/** Longer texts are compared by their first letters; the cost grows with the square. */
const MOST = 160;

/** Two lines of the table of distances, which are used again for each pair of texts. */
let row = new Int32Array(MOST + 1);
let next = new Int32Array(MOST + 1);

/**
 * Whether no more letters must be changed (Levenshtein) than a share of the longer text allows.
 *
 * @param least the share of letters that stay, above 0.5 and up to 1
 */
export function isClose(a: string, b: string, least: number): boolean {
  const x = a.slice(0, MOST);
  const y = b.slice(0, MOST);
  const longer = Math.max(x.length, y.length);
  return distanceUpTo(x, y, mostChanges(longer, least)) !== null;
}

/** The most changes of so many letters that leave the share. */
function mostChanges(letters: number, least: number): number {
  let changes = Math.ceil((1 - least) * letters);
  while (changes > 0 && 1 - changes / letters < least) changes--;
  return changes;
}

/** The distance of two texts, null if it is greater than `most`. */
function distanceUpTo(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const width = endB - start;
  const height = endA - start;
  const tooMany = most + 1;
  for (let at = 0; at <= Math.min(width, most); at++) row[at] = at;
  for (let line = 1; line <= height; line++) {
    // What stands further from the diagonal takes more changes than that; beside the rest it counts as too many.
    const first = Math.max(1, line - most);
    const last = Math.min(width, line + most);
    let best = line <= most ? line : tooMany;
    next[first - 1] = best;
    if (last === line + most) row[last] = tooMany;
    const letter = a.charCodeAt(start + line - 1);
    for (let at = first; at <= last; at++) {
      let value = row[at - 1];
      if (letter !== b.charCodeAt(start + at - 1)) {
        value = Math.min(value, row[at], next[at - 1]) + 1;
      }
      next[at] = value;
      if (value < best) best = value;
    }
    // A line never has less than the least of the line before.
    if (best > most) return null;
    [row, next] = [next, row];
  }
  return row[width] <= most ? row[width] : null;
}
