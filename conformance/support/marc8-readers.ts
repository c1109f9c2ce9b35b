/** Other programs that read MARC-8, each called once for any number of texts. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BUFFER = 1 << 30;

const PERL = `
use strict; use warnings; use MARC::Charset;
MARC::Charset->ignore_errors(1);
$SIG{__WARN__} = sub {};
while (my $hex = <STDIN>) {
  chomp $hex;
  # It puts the text into a format string when it meets an unknown code, and dies of a per cent sign.
  my $text = eval { MARC::Charset::marc8_to_utf8(pack 'H*', $hex) } // "died";
  utf8::encode($text);
  print unpack('H*', $text), "\\n";
}`;

function run(command: string, args: readonly string[], input: Buffer | string): Buffer {
  const { error, status, stdout, stderr } = spawnSync(command, args, { input, maxBuffer: BUFFER });
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ended with ${status}: ${stderr}`, { cause: error });
  }
  return stdout;
}

/** MARC::Charset knows neither `!E`, ANSEL's final, nor the way of writing `ESC $ , 1`. */
function inItsDialect(text: Buffer): Buffer {
  const dialect = text.toString("latin1").replace(/(\x1b[(),-])!E/g, "$1E");
  return Buffer.from(dialect.replaceAll("\x1b$,1", "\x1b$1"), "latin1");
}

/** What Perl's MARC::Charset makes of each text. */
export function byMarcCharset(texts: readonly Buffer[]): string[] {
  const input = texts.map((text) => `${inItsDialect(text).toString("hex")}\n`).join("");
  const lines = run("perl", ["-e", PERL], input).toString("latin1").split("\n");
  return texts.map((_, index) => Buffer.from(lines[index], "hex").toString("utf8"));
}

const FIELDS_A_RECORD = 50;

/** One ISO 2709 record that holds each text in a subfield of its own field. */
function record(texts: readonly Buffer[]): Buffer {
  const fields = texts.map((text) =>
    Buffer.concat([Buffer.from("  \x1fa"), text, Buffer.from("\x1e")]),
  );
  let start = 0;
  const directory = fields.map((field) => {
    const entry = `500${String(field.length).padStart(4, "0")}${String(start).padStart(5, "0")}`;
    start += field.length;
    return entry;
  });
  const base = 24 + directory.length * 12 + 1;
  const digits = (value: number): string => String(value).padStart(5, "0");
  const leader = `${digits(base + start + 1)}nam  22${digits(base)} a 4500`;
  const head = Buffer.from(`${leader}${directory.join("")}\x1e`);
  return Buffer.concat([head, ...fields, Buffer.from("\x1d")]);
}

/** What yaz makes of each text, as subfields of records in a file of the system's own. */
export function byYaz(texts: readonly Buffer[]): string[] {
  const records: Buffer[] = [];
  for (let at = 0; at < texts.length; at += FIELDS_A_RECORD) {
    records.push(record(texts.slice(at, at + FIELDS_A_RECORD)));
  }
  const directory = mkdtempSync(join(tmpdir(), "marc8-"));
  try {
    const path = join(directory, "texts.mrc");
    writeFileSync(path, Buffer.concat(records));
    const args = ["-f", "marc-8", "-t", "utf-8", "-o", "marcxml", path];
    const dump = run("yaz-marcdump", args, "").toString("utf8");
    const values = dump.matchAll(/<subfield code="a">([^<]*)<\/subfield>/g);
    return [...values].map(([, value]) => unescapeXml(value));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));/g, (_, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? "";
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
