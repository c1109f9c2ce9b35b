/** A SearchField made ready for the record loop: look-ups instead of expressions, substitutions compiled. */

import type { CodeSet, FieldExtractor, SearchField } from "../../config/marc/marc-mapping.js";
import { type FieldKind, isList } from "../../fields/record-fields.js";
import { trim } from "../../fields/string-methods.js";
import { parseSubstitutions, type Substitution } from "../../perl/substitutions.js";
import { marksOf, needsCare } from "./plain-bytes.js";
import { LEADER_SLOT, NO_FIELDS, type TagSlots } from "./tag-slots.js";
import { TreatedTexts } from "./treated-texts.js";

/** How the section treats what its SearchFields find. */
interface SectionTreatment {
  /** Values that a semicolon separates are trimmed and translated one by one. */
  readonly list: boolean;
  readonly subfieldJoin: string;
  /** What a semicolon inside a MARC value becomes, null where it may stay. */
  readonly semicolon: string | null;
  readonly skipNonfiling: boolean;
  readonly trimPunctuation: boolean;
  /** The step of `translation_map`, null without a map. */
  readonly translate: ((value: string) => string) | null;
  readonly linkedFields: "off" | "append" | "only";
  /** Each chosen subfield is a value of its own; nothing is joined. */
  readonly separate: boolean;
  /**
   * The joins of a list separate all that they join, so that each subfield may as well be found by
   * itself; a trace is shown the joins.
   */
  readonly apart: boolean;
  /** Blanks and fill characters count as a value. */
  readonly keepBlank: boolean;
}

/** Plain text, subfields joined by a blank. */
export const PLAIN_TREATMENT: SectionTreatment = {
  list: false,
  subfieldJoin: " ",
  semicolon: null,
  skipNonfiling: false,
  trimPunctuation: false,
  translate: null,
  linkedFields: "off",
  separate: false,
  apart: false,
  keepBlank: false,
};

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

/**
 * One compiled SearchField. A class, its properties set in one order: the record loop asks every
 * rule for them, and objects put together from parts are each of a kind of their own to the engine.
 */
export class Rule implements SectionTreatment {
  readonly list: boolean;
  readonly subfieldJoin: string;
  readonly semicolon: string | null;
  readonly skipNonfiling: boolean;
  readonly trimPunctuation: boolean;
  readonly translate: ((value: string) => string) | null;
  readonly linkedFields: SectionTreatment["linkedFields"];
  readonly separate: boolean;
  readonly apart: boolean;
  readonly keepBlank: boolean;
  readonly leader: boolean;
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Three characters, `X` any digit. */
  readonly pattern: string;
  /** Slot of the fields with that tag, NO_FIELDS where they are not wanted, or LEADER_SLOT. */
  readonly slot: number;
  /** Slot of the 880 fields, NO_FIELDS where they are not wanted. */
  readonly linkedSlot: number;
  /** 256 flags indexed by byte, null for any indicator. */
  readonly indicator1: Uint8Array | null;
  readonly indicator2: Uint8Array | null;
  /** 256 flags indexed by byte. */
  readonly codes: Uint8Array;
  /** The codes are those of `*`, as a control field needs. */
  readonly anyCode: boolean;
  readonly substitutions: readonly Substitution[];
  /** What became of texts, for a rule with substitutions. */
  readonly treated: TreatedTexts | null;
  /** 256 flags: the bytes that make a text more than its bytes. */
  readonly needsCare: Uint8Array;
  /**
   * Whether punctuation can be trimmed before there is a text, where no byte needs care: then the
   * substitutions, if there are any, change nothing.
   */
  readonly trimsBytes: boolean;
  /** Records that the rule has given something to, since `Mapper.takeMatches` was last called. */
  matched = 0;

  /**
   * @param number one-based, among the rules of the mapper
   * @throws PerlSyntaxError if the substitutions cannot be had (the configuration has checked them)
   */
  constructor(
    readonly search: SearchField,
    readonly number: number,
    treatment: SectionTreatment,
    slots: TagSlots,
  ) {
    const { tag } = search;
    this.list = treatment.list;
    this.subfieldJoin = treatment.subfieldJoin;
    this.semicolon = treatment.semicolon;
    this.skipNonfiling = treatment.skipNonfiling;
    this.trimPunctuation = treatment.trimPunctuation;
    this.translate = treatment.translate;
    this.linkedFields = treatment.linkedFields;
    this.separate = treatment.separate;
    this.keepBlank = treatment.keepBlank;
    this.substitutions = search.transforms === "" ? [] : parseSubstitutions(search.transforms);
    this.treated = this.substitutions.length === 0 ? null : new TreatedTexts();
    this.apart = treatment.apart && this.substitutions.length === 0;
    const marks = marksOf(
      this.substitutions.map(({ needed }) => needed),
      this.subfieldJoin,
    );
    this.needsCare = needsCare(this.semicolon !== null, marks ?? []);
    this.trimsBytes = this.trimPunctuation && marks !== null && joinIsPlain(this);
    this.leader = tag.leader;
    this.range = tag.range;
    this.pattern = tag.text.slice(0, 3);
    const fixed = tag.leader || tag.range !== null || this.pattern.startsWith("00");
    const linked = fixed ? "off" : treatment.linkedFields;
    if (tag.leader) this.slot = LEADER_SLOT;
    else this.slot = linked === "only" ? NO_FIELDS : slots.slot(this.pattern);
    this.linkedSlot = linked === "off" ? NO_FIELDS : slots.slot("880");
    this.indicator1 = indicatorFlags(search.indicator1);
    this.indicator2 = indicatorFlags(search.indicator2);
    this.codes = byteFlags(search.subfields);
    this.anyCode = this.codes[ONLY_BY_STAR] === 1;
  }
}

/** Whether a join leaves plain text plain, ends words, and separates no values of a list. */
function joinIsPlain({ apart, list, subfieldJoin }: Rule): boolean {
  if (apart) return true;
  return /^[ -~]*[ -/:-@]$/.test(subfieldJoin) && !(list && subfieldJoin.includes(";"));
}

/** How a MarcFieldExtractor section treats its fields. */
export function treatmentOf(extractor: FieldExtractor): SectionTreatment {
  const { field, translationMap } = extractor;
  const list = isList(field.kind);
  return {
    list,
    subfieldJoin: extractor.subfieldJoin,
    semicolon: semicolonIn(field.name, field.kind),
    skipNonfiling: extractor.skipNonfiling,
    trimPunctuation: extractor.trimPunctuation,
    translate: translationMap === null ? null : translation(translationMap),
    linkedFields: extractor.linkedFields,
    separate: false,
    apart: list && !extractor.skipNonfiling && joinsSeparate(extractor),
    keepBlank: false,
  };
}

function joinsSeparate(extractor: FieldExtractor): boolean {
  const { subfieldJoin, fieldJoin, initialText } = extractor;
  const initial = [initialText, extractor.initialSerialText, extractor.initialMonographText];
  return (
    subfieldJoin.trim() === ";" &&
    fieldJoin.trim() === ";" &&
    initial.every((text) => text === "" || text.endsWith(";"))
  );
}

/** A value that the map does not hold stays as it is unless there is a default. */
function translation(labels: Readonly<Record<string, string>>): (value: string) => string {
  const map = new Map(Object.entries(labels));
  const fallback = map.get("__default__");
  let longest = 0;
  for (const { length } of map.keys()) longest = Math.max(longest, length);
  return (value) => {
    const key = trim(value);
    // What is longer than every code is not looked up: a look-up reads the whole text for its hash.
    return (key.length > longest ? undefined : map.get(key)) ?? fallback ?? value;
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
  /** The rules made of them, in the same order. */
  readonly rules: Rule[] = [];

  constructor(readonly slots: TagSlots) {}

  /** @throws PerlSyntaxError if the substitutions cannot be had (the configuration has checked them). */
  compile(search: SearchField, treatment: SectionTreatment): Rule {
    this.searches.push(search);
    const rule = new Rule(search, this.searches.length, treatment, this.slots);
    this.rules.push(rule);
    return rule;
  }

  compileAll(searches: readonly SearchField[], treatment: SectionTreatment): Rule[] {
    return searches.map((search) => this.compile(search, treatment));
  }
}
