/** Suggestions for misspelt names. */

/** What people call a record field, and what the field is called here. */
const FIELD_SYNONYMS: Readonly<Record<string, string>> = {
  abstract: "description",
  audience: "audience_levels",
  author: "creators",
  authors: "creators",
  creator: "creators",
  date: "publication_date",
  editor: "contributors",
  editors: "contributors",
  imprint: "publisher",
  link: "url",
  links: "other_urls",
  notes: "description",
  oclc: "oclc_number",
  place: "coverage",
  places: "coverage",
  pubdate: "publication_date",
  summary: "description",
  uri: "url",
  year: "publication_date",
};

/**
 * The name most likely meant: the same but for case, a synonym, or few slips away.
 *
 * @returns null when no name is near enough to be worth proposing
 */
export function nearestName(name: string, names: readonly string[]): string | null {
  const wanted = plain(name);
  const synonym = FIELD_SYNONYMS[wanted];
  if (synonym !== undefined && names.includes(synonym)) {
    return synonym;
  }
  let best: string | null = null;
  let bestSlips = Math.min(3, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of names) {
    const slips = editDistance(wanted, plain(candidate));
    if (slips < bestSlips) {
      best = candidate;
      bestSlips = slips;
    }
  }
  return best;
}

/** `did you mean "…"?`-like advice, or the advice to take when nothing is near. */
export function suggestion(name: string, names: readonly string[], otherwise: string): string {
  const nearest = nearestName(name, names);
  return nearest === null ? otherwise : `did you mean "${nearest}"?`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]+/g, "_");
}

/** Optimal string alignment: insertions, deletions, changes and swaps of neighbours count one. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(row[j - 1] + 1, last[j] + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2] + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
