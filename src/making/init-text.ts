/** The text of a configuration for an unknown file: what was found as remarks, and what follows from it. */

import { printable } from "../diagnostics/format.js";
import type { FieldCount } from "../report/field-table.js";
import type { FileScan, IdCandidate } from "./file-scan.js";

/** Characters of a line of remarks. */
const WIDTH = 100;
const TAGS_SHOWN = 60;

function remark(text: string): string {
  return `# ${printable(text)}`.trimEnd();
}

function share(count: number, all: number): string {
  return count === all ? `all ${all}` : `${count} of ${all}`;
}

/** The most frequent names, each with its count behind `between`. */
function most(
  counts: ReadonlyMap<string, number> | Readonly<Record<string, number>>,
  between = ": ",
): string {
  const entries = counts instanceof Map ? [...counts] : Object.entries(counts);
  const sorted = entries.sort(([, a], [, b]) => b - a).slice(0, 6);
  return sorted.map(([name, count]) => `${name || "(none)"}${between}${count}`).join(", ");
}

/** What the files hold, in a few lines. */
export function findingsText(scan: FileScan): string[] {
  const { records, rejects, deletions, serials } = scan;
  const more = [
    ...(serials > 0 ? [`${serials} of them serials`] : []),
    ...(deletions > 0 ? [`${deletions} marked as deleted (leader/05)`] : []),
    ...(rejects > 0 ? [`besides them ${rejects} that cannot be read (MARC_import validate)`] : []),
  ];
  return [
    remark(
      `Records: ${records} (${most(scan.kinds)})${more.length > 0 ? `; ${more.join("; ")}` : ""}.`,
    ),
    remark(`Text: ${most(scan.encodings)}.`),
  ];
}

/** By which field the records are known, and what was seen of each that might be it. */
export function idText(scan: FileScan): { readonly remarks: string[]; readonly value: string } {
  const { records: all, candidates } = scan.known;
  const held = candidates.filter(({ records }) => records > 0);
  const sound = (one: IdCandidate) => one.records === all && isUnique(one);
  const chosen = held.find(sound);
  const remarks = held.map(({ tag, records, repeated, prefixes }) => {
    const begins = [...prefixes.keys()].some((prefix) => prefix !== "")
      ? `, beginning with ${most(prefixes, " in ")}`
      : "";
    const twice = repeatsText(repeated);
    const a = tag === "001" ? "" : " $a";
    return remark(`  ${tag}${a}: in ${share(records, all)}, ${twice}${begins}`);
  });
  if (scan.agencies.size > 0)
    remarks.push(remark(`  003, whose number 001 is: ${most(scan.agencies, " in ")}`));
  if (chosen === undefined) {
    remarks.push(
      remark(
        "Not sure: no field is in every record and different in each. Ask the supplier which one is the",
      ),
      remark(
        "record's number. Of records with one number the last makes the row; a record without any is",
      ),
      remark("known by a digest of its content."),
    );
  }
  const value = chosen?.field ?? (held.map(({ field }) => field).join(",") || "1,10,16,35");
  const which = all === scan.records ? "" : ` (${scan.kind} records alone)`;
  return { remarks: [remark(`Where a record's own number may stand${which}:`), ...remarks], value };
}

function isUnique({ repeated }: IdCandidate): boolean {
  return repeated.count === 0 && repeated.isExact;
}

function repeatsText({ count, isExact }: IdCandidate["repeated"]): string {
  if (isExact) return count > 0 ? `${count} come more than once` : "each once";
  const known = count > 0 ? `at least ${count} come` : "not known whether any comes";
  return `${known} more than once (the temporary directory had no room to compare them all)`;
}

/** The fields of the files, the most frequent first, with an example of each. */
export function fieldsText(fields: readonly FieldCount[], records: number): string[] {
  const sorted = [...fields].sort((a, b) => b.records - a.records || (a.tag < b.tag ? -1 : 1));
  const lines = sorted
    .slice(0, TAGS_SHOWN)
    .map(({ tag, records: held, indicators, subfields, example }) => {
      const codes = Object.keys(subfields).join("");
      const parts = codes === "" ? "" : `${indicators[0]} ${indicators[1]} $${codes}`;
      const local =
        /^(?:9..|.9.|..9)$/.test(tag) && !/^(?:490|019|029|039)$/.test(tag) ? "local  " : "";
      const line = `  ${tag} ${String(held).padStart(6)}  ${parts.padEnd(18)} ${local}${example}`;
      return remark(line).slice(0, WIDTH);
    });
  const left = sorted.length - lines.length;
  return [
    remark(
      `Fields: tag, in how many of ${records} records, indicators and subfields that occur (# is the blank), an example.`,
    ),
    ...lines,
    ...(left > 0 ? [remark(`  ... and ${left} more: MARC_import validate --fields`)] : []),
  ];
}

/** `[url]` by the indicators of 856 that the files have; null where they have none. */
export function urlText(scan: FileScan): string | null {
  if (scan.addresses.size === 0) return null;
  const seen = (pattern: RegExp) => [...scan.addresses.keys()].some((key) => pattern.test(key));
  const rules = [
    ["856 4 0 u", /^40/, "the resource itself"],
    ["856 4 1 u", /^41/, "a version of it"],
    ["856 4 # u", /^4#/, "not said what it is"],
    ["856 *-4 *-2 u", /^[^4][^2]/, "another way than HTTP, or not said"],
    ["856 4 *-0-1-2-# u", /^4[^012#]/, "any other second indicator"],
  ] as const;
  const used = rules.filter(([, pattern]) => seen(pattern));
  const related = seen(/^.2/);
  const lines = used.map(([rule, , what], i) => `field${i + 1} = "${rule}"   # ${what}`);
  if (used.length === 0) lines.push('field1 = "856 * * u"   # Not sure: they all say "related"');
  return [
    "[url]",
    remark(
      `856 by its two indicators (# is the blank), with how many fields: ${most(scan.addresses)}.`,
    ),
    ...lines,
    "",
    ...(related && used.length > 0
      ? [
          "[other_urls]",
          remark("Second indicator 2: something related, such as a table of contents."),
          'related = "856 * 2 u"',
          "",
        ]
      : []),
  ].join("\n");
}
