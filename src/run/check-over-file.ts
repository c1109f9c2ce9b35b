/** What the records of a file show of a configuration: rules, substitutions and fields without effect. */

import type { ImportConfig, Location, SearchField } from "../config/import-config.js";
import { BUILT_IN } from "../config/problems.js";
import type { RecordTrace, RuleTrace } from "../report/explanation.js";
import type { RuleFinding } from "../report/rule-finding.js";
import { filledFields, sectionsOf } from "./check-rules.js";
import { items } from "./explain.js";
import type { InputFormat } from "./run-options.js";

/** What one rule has done so far. */
interface Use {
  /** Records for which it was looked at, and no rule before it had given the value. */
  asked: number;
  /** Fields that it found. */
  matched: number;
  /** By substitution as written: whether it ever changed anything. */
  readonly changed: Map<string, boolean>;
}

/**
 * Maps every record of a file and tells which rules never matched, which substitutions never changed
 * anything, and which fields stayed empty.
 *
 * @throws RunFailure (3) when the file cannot be read
 */
export async function checkOverFile(
  config: ImportConfig,
  file: string,
  format: InputFormat,
): Promise<RuleFinding[]> {
  const uses = new Map<string, Use>();
  const filled = new Set<number>();
  let records = 0;
  for await (const item of items({ config, file, format }, { first: 1, last: null }, true)) {
    if (item.kind !== "record" || item.record.mapped.deleted || !item.record.trace) continue;
    records++;
    note(uses, item.record.trace);
    item.record.mapped.values.forEach((value, i) => {
      if (value !== "") filled.add(i);
    });
  }
  const over = `over the ${records} records of ${file}`;
  return [...unusedRules(config, uses, over), ...emptyFields(config, filled, over)];
}

/** Rules are told apart by their place; two rules of the command line by their names and texts. */
function idOf({ at, name, rule }: Pick<RuleTrace, "at" | "name" | "rule">): string {
  return `${at.file}:${at.line} ${name} = ${rule}`;
}

function note(uses: Map<string, Use>, { mapping, filters }: RecordTrace): void {
  for (const rule of [...filters, ...mapping.flatMap((field) => field.rules)]) {
    const id = idOf(rule);
    const use = uses.get(id) ?? { asked: 0, matched: 0, changed: new Map<string, boolean>() };
    uses.set(id, use);
    if (!rule.passedOver) use.asked++;
    for (const { why, steps } of rule.matches) {
      // A substitution that empties the text was at work too.
      if (why === "matched" || steps.length > 0) use.matched++;
      for (const { step, before, after } of steps) {
        use.changed.set(step, (use.changed.get(step) ?? false) || before !== after);
      }
    }
  }
}

function unusedRules(config: ImportConfig, uses: Map<string, Use>, over: string): RuleFinding[] {
  return sectionsOf(config).flatMap(({ name, rules }) =>
    rules.flatMap((rule) => {
      const use = uses.get(idOf({ ...rule, rule: rule.text }));
      if (use === undefined || use.asked === 0) return [];
      if (use.matched === 0) return [neverMatched(name, rule, over)];
      return [...use.changed]
        .filter(([step, changed]) => !changed && rule.transforms.includes(step))
        .map(([step]) => withoutEffect(name, rule, step, over));
    }),
  );
}

function neverMatched(section: string, rule: SearchField, over: string): RuleFinding {
  return {
    kind: "rule-never-matched",
    at: rule.at,
    what: `[${section}] ${rule.name} = ${rule.text} never matched ${over}`,
    why: "what it should bring may stand in another field, or under other indicators or subfields",
    advice: `look at a record with MARC_import explain --field ${section.split(".")[0]}, or leave the rule for files to come`,
  };
}

function withoutEffect(
  section: string,
  rule: SearchField,
  step: string,
  over: string,
): RuleFinding {
  return {
    kind: "substitution-without-effect",
    at: rule.at,
    what: `[${section}] ${rule.name}: ${step} never changed anything ${over}`,
    why: "the pattern may not fit what it is meant for: upper and lower case, blanks, punctuation",
    advice: `look at a record with MARC_import explain --field ${section.split(".")[0]}, or leave it for files to come`,
  };
}

function emptyFields(
  config: ImportConfig,
  filled: ReadonlySet<number>,
  over: string,
): RuleFinding[] {
  const meant = filledFields(config);
  return config.fields.flatMap(({ name }, i): RuleFinding[] => {
    if (filled.has(i) || !meant.has(name)) return [];
    const section = config.extractors.find((extractor) => extractor.field.name === name);
    // Without a section of its own it holds what [url] has over, which need not be anything.
    if (name === "other_urls" && !section) return [];
    return [
      {
        kind: "field-always-empty",
        at: section?.at ?? statedAt(config, name) ?? BUILT_IN,
        what: `${name} stayed empty ${over}`,
        why: "nobody will find these records by it",
        advice: `look at the fields of a record with MARC_import explain, and map one of them in [${name}]`,
      },
    ];
  });
}

/** Where the section of a field stands that is no extractor; null for its defaults. */
function statedAt(config: ImportConfig, field: string): Location | null {
  if (field === "url") return config.url.at;
  return field === "description" ? config.description.at : null;
}
