/** How alike two texts are, letter by letter. */

/** Longer texts are compared by their first letters; the cost grows with the square. */
const MOST = 160;

/** 1 less the share of letters that must be changed (Levenshtein), of the longer text; 1 for two empty texts. */
export function closeness(a: string, b: string): number {
  const [x, y] = [a.slice(0, MOST), b.slice(0, MOST)];
  const longer = Math.max(x.length, y.length);
  if (longer === 0) return 1;
  if (longer - Math.min(x.length, y.length) > longer * 0.5) return 0;
  return 1 - distance(x, y) / longer;
}

function distance(a: string, b: string): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let row = Array.from({ length: b.length - start + 1 }, (_, at) => at);
  for (let i = start; i < a.length; i++) {
    const next = [i - start + 1];
    for (let j = start; j < b.length; j++) {
      const at = j - start;
      const change = row[at] + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(change, row[at + 1] + 1, next[at] + 1));
    }
    row = next;
  }
  return row[row.length - 1];
}
