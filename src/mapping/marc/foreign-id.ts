/** The foreign id: by what the source knows the record, or a digest where it says nothing. */

import { createHash, type Hash } from "node:crypto";
import type { MarcMapping } from "../../config/marc/marc-mapping.js";
import { FoundTexts } from "../../fields/found-texts.js";
import { type MarcRecord, tagCode, tagText } from "../../marc/marc-record.js";
import { parseSubstitutions } from "../../perl/substitutions.js";
import { PLAIN_TREATMENT, type Rule, type RuleCompiler } from "./compile.js";
import type { MappingContext } from "./context.js";
import type { RuleRunner } from "./run-rule.js";
import type { TagSlots } from "./tag-slots.js";

/** Date and time of latest transaction: a record that is sent again may differ in nothing else. */
const LATEST_TRANSACTION = tagCode("005");
/** Hexadecimal digits: 128 bits. */
const DIGEST_LENGTH = 32;

/** Where a foreign id may stand. */
interface IdField {
  /** Three characters, `X` any digit. */
  readonly tag: string;
  readonly slot: number;
  readonly codes: Uint8Array;
}

/** A text for the digest, its length before it, so that no two lists of texts run into one. */
function updateWith(hash: Hash, text: string): void {
  hash.update(`${text.length}:`).update(text);
}

/**
 * `digest:` and 32 hexadecimal digits over tags, indicators, codes and decoded text. Leader and 005
 * stay out, and text is taken as text, so that the same description gives the same id when it comes
 * again with another time stamp, status or character set.
 */
function contentDigest(record: MarcRecord): string {
  const hash = createHash("sha256");
  // What this decoding finds is found again where a rule reads the field.
  const found = record.diagnostics.length;
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = record.tag(field);
    if (tag === LATEST_TRANSACTION) continue;
    const start = record.start(field);
    hash.update(tagText(tag));
    if (record.isControl(field)) {
      updateWith(hash, record.text(start, record.end(field)));
      continue;
    }
    hash.update(record.bytes.subarray(start, start + 2));
    record.eachSubfield(field, (code, from, to) => {
      hash.update(`$${String.fromCharCode(code)}`);
      updateWith(hash, record.text(from, to));
    });
  }
  record.diagnostics.length = found;
  return `digest:${hash.digest("hex").slice(0, DIGEST_LENGTH)}`;
}

/**
 * The forms under which a record may be known whose id comes from elsewhere (the command line, a list
 * of ids) as the source writes it: what the substitutions of each rule of [foreign_id] make of it,
 * in the order of the rules, then the id itself.
 */
export function foreignIdForms(mapping: Pick<MarcMapping, "foreignId">, id: string): string[] {
  return idFormer(mapping)(id);
}

/** `foreignIdForms` of many ids: the rules are compiled once. */
export function idFormer({ foreignId }: Pick<MarcMapping, "foreignId">): (id: string) => string[] {
  const rules = foreignId.map(({ transforms }) =>
    transforms === "" ? [] : parseSubstitutions(transforms),
  );
  return (id) => {
    const written = id.trim();
    const forms = rules.map((rule) =>
      rule.reduce((text, substitution) => substitution.apply(text), written).trim(),
    );
    return [...new Set([...forms, written])].filter((form) => form !== "");
  };
}

export class ForeignIds {
  readonly fields: readonly IdField[];
  readonly rules: readonly Rule[];
  private readonly found = new FoundTexts();

  constructor(
    mapping: Pick<MarcMapping, "foreignId" | "foreignIdFields">,
    compiler: RuleCompiler,
    private readonly runner: RuleRunner,
    slots: TagSlots,
  ) {
    this.rules = compiler.compileAll(mapping.foreignId, PLAIN_TREATMENT);
    const fields = this.rules.length > 0 ? [] : mapping.foreignIdFields;
    this.fields = fields.map(({ tag, subfields }) => {
      const codes = new Uint8Array(256);
      for (const code of subfields) codes[code.charCodeAt(0) & 0xff] = 1;
      return { tag, slot: slots.slot(tag), codes };
    });
  }

  /**
   * The first text, trimmed and not empty, of the rules or fields in the order of the configuration,
   * then in that of the record; the content digest with a warning if there is none.
   */
  find(context: MappingContext): string {
    const ruled = this.rules.length === 0 ? "" : this.byRules(context);
    if (ruled !== "") return ruled;
    const { slots } = context;
    for (const { slot, codes } of this.fields) {
      const count = slots.count(slot);
      for (let i = 0; i < count; i++) {
        const id = this.read(context, slots.field(slot, i), codes);
        if (id !== "") return id;
      }
    }
    context.warn("M501", null, null);
    return contentDigest(context.record);
  }

  private byRules({ trace }: MappingContext): string {
    const { found, rules } = this;
    trace?.beginField("foreign_id");
    let id = "";
    for (const rule of rules) {
      if (id !== "") {
        trace?.passedOver?.(rule.search);
        continue;
      }
      found.clear();
      this.runner.run(rule, found);
      // A copy: a piece of the record's text would keep all of it in memory.
      if (found.count > 0) id = ` ${found.texts[0].trim()}`.slice(1);
    }
    trace?.endField("foreign_id", id);
    return id;
  }

  private read(context: MappingContext, field: number, codes: Uint8Array): string {
    const { record } = context;
    if (record.isControl(field)) {
      return context.text(field, 0, record.start(field), record.end(field)).trim();
    }
    let id = "";
    record.eachSubfield(field, (code, start, end) => {
      if (id === "" && codes[code] === 1) id = context.text(field, code, start, end).trim();
    });
    return id;
  }
}
