/**
 * What is kept of the kind of each record. Few kinds are in a file, so what makes one is gathered as a short text, and
 * the evidence of each such text is made once.
 */

import { type MarcRecord, tagCode } from "../../marc/marc-record.js";
import { describeKind } from "../../matching/evidence/describe.js";
import { keptText } from "../../matching/kept-evidence.js";
import { extentForm } from "./carrier-form.js";
import { kindTexts } from "./described-texts.js";

/** Kinds remembered at most; further ones are made anew each time. */
const MOST = 1000;

const PHYSICAL = tagCode("007");
const FIXED = tagCode("008");
const EXTENT = tagCode("300");
const TITLE = tagCode("245");
/** By tag the subfields that tell of the kind, as bytes. */
const TELLING: ReadonlyMap<number, readonly number[]> = new Map(
  [
    ["245", "hnp"],
    ["300", "a"],
    ["337", "ab"],
    ["338", "ab"],
    ["533", "a"],
  ].map(([tag, codes]) => [tagCode(tag), [...Buffer.from(codes)]]),
);
const MEDIUM = 0x68; // $h

export class KindEvidence {
  private readonly known = new Map<string, string>();

  /** The evidence of a MARC 21 record, as it is kept beside its row. */
  of(record: MarcRecord): string {
    const { diagnostics } = record;
    const told = diagnostics.length;
    const what = tellingText(record);
    const known = what === null ? undefined : this.known.get(what);
    const evidence = known ?? keptText(describeKind(kindTexts(record)));
    // Texts are read again for it: what their decoding finds was told before.
    diagnostics.length = told;
    if (what !== null && known === undefined && this.known.size < MOST) {
      this.known.set(what, evidence);
    }
    return evidence;
  }
}

/** All that the kind is made from; null where it is of this record alone (the title of a part). */
function tellingText(record: MarcRecord): string | null {
  const { bytes, leader } = record;
  let text = leader[6] + leader[7];
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = record.tag(field);
    const start = record.start(field);
    if (record.isControl(field)) {
      if (tag === PHYSICAL)
        text += `\x1e7${bytes.latin1Slice(start, Math.min(start + 2, record.end(field)))}`;
      else if (tag === FIXED) text += `\x1e8${formsOfItem(record.text(start, record.end(field)))}`;
      continue;
    }
    const codes = TELLING.get(tag);
    if (codes === undefined) continue;
    const said = saidIn(record, field, codes);
    if (said === null) return null;
    text += said;
  }
  return text;
}

/** 008/23 and 008/29, of which the leader says the one that is meant. */
function formsOfItem(fixed: string): string {
  return `${fixed[23] ?? ""}${fixed[29] ?? ""}`;
}

function saidIn(record: MarcRecord, field: number, codes: readonly number[]): string | null {
  const tag = record.tag(field);
  let text = "";
  let ofPart = false;
  record.eachSubfield(field, (code, start, end) => {
    if (!codes.includes(code)) return;
    if (tag === TITLE && code !== MEDIUM) ofPart = true;
    const said =
      tag === EXTENT ? extentForm(record.text(start, end)) : record.bytes.latin1Slice(start, end);
    text += `\x1e${tag}\x1f${said}`;
  });
  return ofPart ? null : text;
}
