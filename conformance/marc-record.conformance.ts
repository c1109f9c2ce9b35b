/**
 * Undamaged records: leader, fields and subfields are, byte for byte before decoding, what Perl's
 * MARC::Record makes of them.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeEntry } from "../src/diagnostics/catalogue.js";
import { type MarcRecord, tagText } from "../src/marc/marc-record.js";
import { FEWER_RECORDS } from "./exceptions.js";
import { corpusPath } from "./support/corpora.js";
import { inventory } from "./support/inventory.js";
import { bytesOf, framesOf, viewsOf } from "./support/read-file.js";

/** Prints for each file named on standard input one line: a digest a record. Texts stay bytes. */
const PERL = `
use strict; use warnings; use MARC::File::USMARC; use MARC::Record; use Digest::MD5 'md5_hex';
$SIG{__WARN__} = sub {};
while (my $path = <STDIN>) {
  chomp $path;
  my $file = MARC::File::USMARC->in($path) or die $path;
  my @digests;
  while (my $record = eval { $file->next }) {
    my $text = $record->leader;
    for my $field ($record->fields) {
      next if $field->tag =~ /[^0-9]/;
      $text .= $field->tag;
      $text .= $field->is_control_field ? $field->data
        : join '', $field->indicator(1), $field->indicator(2), map { "\\x1f$_->[0]$_->[1]" } $field->subfields;
      $text .= "\\x1e";
    }
    utf8::encode($text) if utf8::is_utf8($text);
    push @digests, md5_hex($text);
  }
  print join(' ', @digests), "\\n";
}`;

function digestsByPerl(paths: readonly string[]): string[][] {
  const input = paths.map((path) => `${corpusPath(path)}\n`).join("");
  const { status, stdout, stderr } = spawnSync("perl", ["-e", PERL], { input, maxBuffer: 1 << 28 });
  expect(status, String(stderr)).toBe(0);
  return stdout
    .toString("latin1")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ").filter((digest) => digest !== ""));
}

/** MARC::Record makes blanks of indicators that are neither letters nor digits; here they stay. */
function contentOf(record: MarcRecord, field: number): Buffer {
  const content = Buffer.from(record.bytes.subarray(record.start(field), record.end(field)));
  if (record.isControl(field)) return content;
  const indicators = content.toString("latin1", 0, 2).replace(/[^0-9A-Za-z]/g, " ");
  content.write(indicators, 0, "latin1");
  return content;
}

/** MARC::Record knows letters in tags as data fields only, so such fields are left out. */
function digest(record: MarcRecord): string {
  const hash = createHash("md5").update(record.leader, "latin1");
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = tagText(record.tag(field));
    if (/\D/.test(tag)) continue;
    hash.update(tag).update(contentOf(record, field));
    hash.update("\x1e");
  }
  return hash.digest("hex");
}

/** Text that is not what leader/09 says makes MARC::Record give up a record or decode it wrongly. */
const LIES = new Set(["M401", "M403", "M410"]);

function isUndamaged(record: MarcRecord | null): boolean {
  const harmless = (code: string) => !LIES.has(code) && codeEntry(code).severity !== "repair";
  return record?.diagnostics.every(({ code }) => harmless(code)) ?? false;
}

/** Digests of a file's records, null for a damaged one. */
async function digestsByUs(path: string): Promise<(string | null)[]> {
  const views = viewsOf(framesOf(await bytesOf(path)));
  return views.map((view) => (view && isUndamaged(view) ? digest(view) : null));
}

describe("undamaged records", () => {
  it("are what MARC::Record makes of them", async () => {
    const paths = inventory("iso2709")
      .map(({ path }) => path)
      .filter((path) => !path.endsWith(".gz"));
    const theirs = digestsByPerl(paths);
    const different: string[] = [];
    let compared = 0;
    for (const [file, path] of paths.entries()) {
      const ours = await digestsByUs(path);
      if (path in FEWER_RECORDS) continue;
      // After a record that stopped MARC::Record, or that it splits, the numbers do not compare.
      if (ours.length !== theirs[file].length) continue;
      for (const [record, mine] of ours.entries()) {
        if (mine === null) continue;
        compared++;
        if (mine !== theirs[file][record]) different.push(`${path} record ${record + 1}`);
      }
    }
    console.log(`${compared} records compared`);
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(20_000);
  });
});
