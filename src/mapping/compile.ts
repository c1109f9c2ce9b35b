/** A SearchField made ready for the record loop: look-ups instead of expressions, substitutions compiled. */

import type { CodeSet, FieldExtractor, SearchField } from "../config/import-config.js";
import { type FieldKind, isList } from "../config/record-fields.js";
import { parseSubstitutions, type Substitution } from "../perl/substitutions.js";
import type { TagSlots } from "./tag-slots.js";

/** How the section treats what its SearchFields find. */
export interface Treatment {
  /** Values that a semicolon separates are trimmed and translated one by one. */
  readonly list: boolean;
  readonly subfieldJoin: string;
  /** What a semicolon inside a MARC value becomes, null where it may stay. */
  readonly semicolon: string | null;
  readonly skipNonfiling: boolean;
  readonly trimPunctuation: boolean;
  readonly translation: ReadonlyMap<string, string> | null;
  readonly linkedFields: "off" | "append" | "only";
  /** Each chosen subfield is a value of its own; nothing is joined. */
  readonly separate: boolean;
  /** Blanks and fill characters count as a value. */
  readonly keepBlank: boolean;
}

/** Plain text, subfields joined by a blank. */
export const PLAIN_TREATMENT: Treatment = {
  list: false,
  subfieldJoin: " ",
  semicolon: null,
  skipNonfiling: false,
  trimPunctuation: false,
  translation: null,
  linkedFields: "off",
  separate: false,
  keepBlank: false,
};

/** One compiled SearchField. */
export interface Rule extends Treatment {
  readonly search: SearchField;
  /** One-based number among the rules of the mapper. */
  readonly number: number;
  readonly leader: boolean;
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Three characters, `X` any digit. */
  readonly pattern: string;
  /** Slot of the fields with that tag, -1 where they are not wanted. */
  readonly slot: number;
  /** Slot of the 880 fields, -1 where they are not wanted. */
  readonly linkedSlot: number;
  /** 256 flags indexed by byte, null for any indicator. */
  readonly indicator1: Uint8Array | null;
  readonly indicator2: Uint8Array | null;
  /** 256 flags indexed by byte. */
  readonly codes: Uint8Array;
  /** The codes are those of `*`, as a control field needs. */
  readonly anyCode: boolean;
  readonly substitutions: readonly Substitution[];
}

/** A graphic symbol that no expression can name, so only `*` brings it in. */
const ONLY_BY_STAR = 0x7e;

/** 256 flags: a set made from `*` holds the bytes beyond ASCII too, which damaged records have. */
function byteFlags(set: CodeSet): Uint8Array {
  const flags = new Uint8Array(256).fill(set[ONLY_BY_STAR] ?? 0, 128);
  flags.set(set.subarray(0, 128));
  return flags;
}

function indicatorFlags(set: CodeSet): Uint8Array | null {
  const flags = byteFlags(set);
  return flags.subarray(0x20, 0x7f).includes(0) ? flags : null;
}

/** How a MarcFieldExtractor section treats its fields. */
export function treatmentOf(extractor: FieldExtractor): Treatment {
  const { field, translationMap } = extractor;
  const list = isList(field.kind);
  return {
    list,
    subfieldJoin: extractor.subfieldJoin,
    semicolon: semicolonIn(field.name, field.kind),
    skipNonfiling: extractor.skipNonfiling,
    trimPunctuation: extractor.trimPunctuation,
    translation: translationMap === null ? null : new Map(Object.entries(translationMap)),
    linkedFields: extractor.linkedFields,
    separate: false,
    keepBlank: false,
  };
}

function semicolonIn(name: string, kind: FieldKind): string | null {
  if (!isList(kind)) return null;
  return name === "other_urls" ? "%3B" : ",";
}

/** Compiles rules for one mapper: they share its slots and are numbered through. */
export class RuleCompiler {
  /** The SearchFields in the order in which they were compiled; rule `n` is the element `n - 1`. */
  readonly searches: SearchField[] = [];

  constructor(readonly slots: TagSlots) {}

  /** @throws PerlSyntaxError if the substitutions cannot be had (the configuration has checked them). */
  compile(search: SearchField, treatment: Treatment): Rule {
    const { tag } = search;
    const pattern = tag.text.slice(0, 3);
    const fixed = tag.leader || tag.range !== null || pattern.startsWith("00");
    const linked = fixed ? "off" : treatment.linkedFields;
    const codes = byteFlags(search.subfields);
    this.searches.push(search);
    return {
      ...treatment,
      search,
      number: this.searches.length,
      leader: tag.leader,
      range: tag.range,
      pattern,
      slot: tag.leader || linked === "only" ? -1 : this.slots.slot(pattern),
      linkedSlot: linked === "off" ? -1 : this.slots.slot("880"),
      indicator1: indicatorFlags(search.indicator1),
      indicator2: indicatorFlags(search.indicator2),
      codes,
      anyCode: codes[ONLY_BY_STAR] === 1,
      substitutions: search.transforms === "" ? [] : parseSubstitutions(search.transforms),
    };
  }

  compileAll(searches: readonly SearchField[], treatment: Treatment): Rule[] {
    return searches.map((search) => this.compile(search, treatment));
  }
}
