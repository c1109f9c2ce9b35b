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
  const [x, y] = [a.slice(0, MOST), b.slice(0, MOST)];
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
  for (let at = 0; at <= width; at++) row[at] = at;
  for (let i = start; i < endA; i++) {
    let best = i - start + 1;
    next[0] = best;
    const letter = a.charCodeAt(i);
    for (let at = 0; at < width; at++) {
      const change = row[at] + (letter === b.charCodeAt(start + at) ? 0 : 1);
      const value = Math.min(change, row[at + 1] + 1, next[at] + 1);
      next[at + 1] = value;
      if (value < best) best = value;
    }
    // A line never has less than the least of the line before.
    if (best > most) return null;
    [row, next] = [next, row];
  }
  return row[width] <= most ? row[width] : null;
}
