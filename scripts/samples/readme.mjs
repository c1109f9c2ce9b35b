/** The tables of samples/README.md, one row a record, put between the marks that name them. */

/**
 * The README with the table of one sample file renewed.
 *
 * @param {string} readme the page as it stands
 * @param {string} name the file's name without its ending, as in `<!-- catalog -->`
 * @param {readonly { shows: string, first: string, second: string, lines: string }[]} records
 * @returns {string}
 * @throws {Error} if the page has no such marks
 */
export function renewTable(readme, name, records) {
  return renewed(readme, name, table(records));
}

function renewed(readme, name, rows) {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- end of ${name} -->`;
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`samples/README.md has no marks for ${name}`);
  return `${readme.slice(0, from + begin.length)}\n\n${rows}\n${readme.slice(to)}`;
}

/**
 * The README with the table of pairs renewed.
 *
 * @param {string} readme the page as it stands
 * @param {readonly (readonly string[])[]} pairs one 001, the other, the verdict, what holds it back or forbids it
 * @returns {string}
 */
export function renewPairs(readme, pairs) {
  return renewed(readme, "pairs", rowsOf(["one", "other", "verdict", "because of"], pairs));
}

function table(records) {
  const rows = records.map((record, index) => [
    String(index + 1),
    /^\s*001 (.*)$/m.exec(record.lines)?.[1].trim() ?? "(none)",
    record.shows,
    record.first,
    record.second,
  ]);
  return rowsOf(["number", "001", "what it shows", "first run", "second run"], rows);
}

function rowsOf(head, rows) {
  const rule = head.map(() => "---");
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
