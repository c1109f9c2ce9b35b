/** Readers of tables as text, written from their descriptions alone. */

/** CSV by RFC 4180: records end with CRLF. @throws Error for what is none */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [, quoted, plain, end] = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y.exec(
      text.slice(at),
    ) ?? ["", undefined, undefined, ""];
    if (end === "") throw new Error(`no CSV at ${JSON.stringify(text.slice(at, at + 40))}`);
    const length = (quoted === undefined ? (plain ?? "").length : quoted.length + 2) + end.length;
    record.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    at += length;
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

const UNESCAPED: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", "\\": "\\" };

/** Lines of cells, in which backslashes escape. */
export function readTsv(text: string): string[][] {
  const cell = (escaped: string) =>
    escaped.replace(/\\(.)/g, (_all, letter: string) => UNESCAPED[letter]);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t").map(cell));
}
