/** Text in a given number of a terminal's columns. */

/** Code points that take two columns: the scripts of East Asia, their full-width forms, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** The columns that a text takes. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

function columnsOfOne(character: string): number {
  if (character <= "~") return 1;
  if (WITHOUT_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** A text that is too wide without its middle: names of files and folders differ at their ends. */
function withoutMiddle(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const characters = [...text];
  const head = fitting(characters, Math.floor((columns - 1) / 3));
  const tail = fitting(characters.toReversed(), columns - 1 - columnsOf(head.join("")));
  return `${head.join("")}…${tail.toReversed().join("")}`;
}

function fitting(characters: readonly string[], columns: number): readonly string[] {
  let taken = 0;
  const end = characters.findIndex((character) => {
    taken += columnsOfOne(character);
    return taken > columns;
  });
  return end < 0 ? characters : characters.slice(0, end);
}

/** Parts joined by commas, in as few lines as take them; a part that is too wide loses its middle. */
export function inLines(parts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  parts.forEach((part, i) => {
    const shown = withoutMiddle(part, columns - 1) + (i < parts.length - 1 ? "," : "");
    const last = lines.at(-1);
    const longer = last === undefined ? shown : `${last} ${shown}`;
    if (last === undefined || columnsOf(longer) > columns) lines.push(shown);
    else lines[lines.length - 1] = longer;
  });
  return lines;
}
