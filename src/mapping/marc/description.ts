/** The description column: seven methods of its own, or those of a [description.NAME] section. */

import type { Location } from "../../config/language/problems.js";
import { BUILT_IN } from "../../config/language/problems.js";
import type {
  DescriptionMethod,
  DescriptionRules,
  SearchField,
} from "../../config/marc/marc-mapping.js";
import { FoundTexts } from "../../fields/found-texts.js";
import { plainForm } from "../../fields/list-form.js";
import type { RecordField } from "../../fields/record-fields.js";
import { PLAIN_TREATMENT, type Rule, type RuleCompiler } from "./compile.js";
import type { MappingContext } from "./context.js";
import { type Column, extractorColumn } from "./extractor.js";
import { dumpRecord } from "./record-dump.js";
import type { RuleRunner } from "./run-rule.js";

/** Tag and subfield codes; `*` for every subfield but the control subfields. */
type Note = readonly [tag: string, codes: string];
/** Of the alternatives, the first that gives text counts. */
type Part = readonly Note[];

const SUMMARY: Note = ["520", "ab"];
const CONTENTS: Note = ["505", "agrt"];
const GENERAL: Note = ["500", "a"];

/** The parts of each method, in the order of the text. */
const METHODS: Readonly<Record<Exclude<DescriptionMethod, "MARC">, readonly Part[]>> = {
  summary: [[SUMMARY]],
  standard: [[SUMMARY, CONTENTS, GENERAL]],
  AllPossible: [[["5XX", "*"]]],
  LOC: [[SUMMARY, CONTENTS], [["504", "ab"]], [["300", "*"]]],
  LexisNexis: [[SUMMARY], [GENERAL], [["533", "*"]]],
  SCP: [[SUMMARY, GENERAL], [["856", "3z"]]],
};

const ANY = new Uint8Array(128).fill(1);

function codeSet(codes: string, controlSubfields: string): Uint8Array {
  const set = new Uint8Array(128).fill(codes === "*" ? 1 : 0);
  if (codes === "*") for (const code of controlSubfields) set[code.charCodeAt(0) & 0x7f] = 0;
  else for (const code of codes) set[code.charCodeAt(0)] = 1;
  return set;
}

function searchField(
  [tag, codes]: Note,
  method: string,
  at: Location,
  control: string,
): SearchField {
  const written = codes === "*" ? codes : codes.split("").join("+");
  return {
    name: method,
    at,
    text: `${tag} * * ${written}`,
    tag: { text: tag, leader: false, range: null },
    indicator1: ANY,
    indicator2: ANY,
    subfields: codeSet(codes, control),
    transforms: "",
  };
}

export class NotesColumn implements Column {
  private readonly found = new FoundTexts();

  constructor(
    /** Of the rules of a part the first one that gives text counts. */
    readonly parts: readonly (readonly Rule[])[],
    private readonly runner: RuleRunner,
  ) {}

  evaluate(context: MappingContext): string {
    const { found } = this;
    found.clear();
    for (const alternatives of this.parts) {
      const before = found.count;
      for (const rule of alternatives) {
        if (found.count === before) this.runner.run(rule, found);
        else context.trace?.passedOver?.(rule.search);
      }
    }
    return plainForm(found.joined("", " "));
  }
}

/** The debugging method; its columns of blanks are kept, unlike those of other plain fields. */
const DUMP: Column = { evaluate: (context) => dumpRecord(context) };

export class WithFallback implements Column {
  constructor(
    readonly column: Column,
    readonly fallbackValue: string,
  ) {}

  evaluate(context: MappingContext): string {
    const value = this.column.evaluate(context);
    if (value !== "" || this.fallbackValue === "") return value;
    const after = plainForm(this.fallbackValue);
    context.trace?.fieldStep({ step: "fallback_value", before: "", after });
    return after;
  }
}

function methodColumn(
  rules: DescriptionRules,
  field: RecordField,
  compiler: RuleCompiler,
  runner: RuleRunner,
  controlSubfields: string,
): Column {
  const { method, custom } = rules;
  if (method === "MARC") return DUMP;
  if (method === "custom") {
    if (custom === null) throw new Error(`[description.${rules.methodName}] has no rules`);
    return extractorColumn({ ...custom, field }, compiler, runner);
  }
  const at = rules.at ?? BUILT_IN;
  const parts = METHODS[method].map((part) =>
    part.map((note) =>
      compiler.compile(searchField(note, method, at, controlSubfields), PLAIN_TREATMENT),
    ),
  );
  return new NotesColumn(parts, runner);
}

/**
 * The column of the configured method, with its fallback value (that of a [description.NAME]
 * section comes first).
 *
 * @param controlSubfields the codes that `*` leaves out
 */
export function descriptionColumn(
  rules: DescriptionRules,
  field: RecordField,
  compiler: RuleCompiler,
  runner: RuleRunner,
  controlSubfields: string,
): Column {
  const column = methodColumn(rules, field, compiler, runner, controlSubfields);
  return new WithFallback(column, rules.fallbackValue);
}
