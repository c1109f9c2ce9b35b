/** What the records of a file show of a configuration: rules, substitutions and fields without effect. */

import type { Location } from "../config/language/problems.js";
import { BUILT_IN } from "../config/language/problems.js";
import type { MarcConfig, SearchField } from "../config/marc/marc-mapping.js";
import { sectionsOf } from "../config/marc/rule-sections.js";
import type { RecordTrace, RuleTrace } from "../report/explanation.js";
import type { FileFindings, RuleFinding } from "../report/rule-finding.js";
import { filledFields } from "./check-rules.js";
import { type ItemsRequest, items } from "./explain-file.js";

/** 005, which becomes marc_date without a rule. */
const MARC_DATE = "005";

/** Of a record that record_types leave out, though it has a title. */
const MISCODED = "M507";

/** What one rule has done so far. */
interface Use {
  /** Records for which it was looked at, and no rule before it had given the value. */
  asked: number;
  /** Fields that it found. */
  matched: number;
  /** By substitution as written: whether it ever changed anything. */
  readonly changed: Map<string, boolean>;
}

interface FilledField {
  readonly field: string;
  readonly value: string | number;
}

/** How far the rules reached so far. */
class Coverage {
  records = 0;
  leftOut = 0;
  readonly uses = new Map<string, Use>();
  /** By record field: records with a value. */
  readonly filled = new Map<string, number>();
  private readonly tags = new Map<string, number>();
  private readonly read = new Set<string>();

  note(
    { record, mapping, filters }: RecordTrace,
    row: readonly FilledField[],
    leftOut: boolean,
  ): void {
    for (const filter of filters) this.use(filter);
    // Records that are left out are not mapped.
    if (leftOut) {
      this.leftOut++;
      return;
    }
    this.records++;
    for (const { field, value } of row) if (value !== "") addOne(this.filled, field);
    for (const tag of new Set(record.fields.map((field) => field.tag))) addOne(this.tags, tag);
    for (const { rules } of mapping) for (const rule of rules) this.use(rule);
  }

  private use(rule: RuleTrace): void {
    const id = idOf(rule);
    const use = this.uses.get(id) ?? { asked: 0, matched: 0, changed: new Map<string, boolean>() };
    this.uses.set(id, use);
    if (!rule.passedOver) use.asked++;
    for (const { field, why, steps } of rule.matches) {
      // A substitution that empties the text was at work too.
      if (why === "matched" || steps.length > 0) {
        use.matched++;
        this.read.add(field.slice(0, 3));
      }
      for (const { step, before, after } of steps) {
        use.changed.set(step, (use.changed.get(step) ?? false) || before !== after);
      }
    }
  }

  /** Tags that no rule took anything from, with the number of records that have them. */
  unread(config: MarcConfig): Map<string, number> {
    const ids = config.mapping.foreignIdFields.map(({ tag }) => tag);
    const read = new Set([...this.read, ...ids, MARC_DATE]);
    return new Map([...this.tags].filter(([tag]) => !read.has(tag)));
  }
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/**
 * Maps every record of a file and tells which rules never matched, which substitutions never changed
 * anything, which fields stayed empty, and which tags no rule reads.
 *
 * @param limit how many records to look at, null for all
 * @throws Failure when the file cannot be read (3), or a rule does not come to an end on it (5)
 */
export async function checkOverFile(
  request: ItemsRequest,
  limit: number | null = null,
): Promise<FileFindings> {
  const { config, file } = request;
  const coverage = new Coverage();
  let rejected = 0;
  let deleted = 0;
  let miscoded = 0;
  const kinds: Record<string, number> = {};
  for await (const item of items(request, { first: 1, last: limit }, true)) {
    if (item.kind === "reject") rejected++;
    if (item.kind !== "record") continue;
    const { values, ignore, diagnostics, deleted: isDeletion } = item.record.mapped;
    if (diagnostics.some(({ code }) => code === MISCODED)) miscoded++;
    if (ignore?.kind !== undefined) kinds[ignore.kind] = (kinds[ignore.kind] ?? 0) + 1;
    const counts = !isDeletion || ignore !== null;
    if (!counts) deleted++;
    if (!counts || !item.record.trace) continue;
    const row = config.fields.map(({ name }, i) => ({ field: name, value: values[i] }));
    coverage.note(item.record.trace, row, ignore !== null && ignore.code !== "not-valid");
  }
  const { records, leftOut, filled } = coverage;
  return {
    file,
    records,
    leftOut,
    kinds,
    miscoded,
    deleted,
    rejected,
    findings: [...unusedRules(config, coverage.uses), ...emptyFields(config, filled)],
    filled: new Map(
      config.fields.flatMap(({ name }) => {
        const count = filled.get(name);
        return count === undefined || isConstant(name) ? [] : [[name, count] as const];
      }),
    ),
    unread: coverage.unread(config),
  };
}

/** Whether a field says nothing of how the rules work. */
function isConstant(name: string): boolean {
  return ["record_type", "expert_created", "remote_user"].includes(name);
}

/** Nothing for a whole text, as in `/^(?:und|zxx)$//` or `/.*B\.C\..*/ /`, whatever the delimiter. */;
const SIEVE = /^s?(.)(?:\^|\.\*).*(?:(?<!\\)\$|(?<!\\)\.\*)\1\1[gimsx]*$/s;

/** Whether a substitution only keeps out what should not be there: where it did nothing, nothing was there. */
function isSieve(step: string): boolean {
  return SIEVE.test(step);
}

/** Rules are told apart by their place; two rules of the command line by their names and texts. */
function idOf({ at, name, rule }: Pick<RuleTrace, "at" | "name" | "rule">): string {
  return `${at.file}:${at.line} ${name} = ${rule}`;
}

function unusedRules(config: MarcConfig, uses: Map<string, Use>): RuleFinding[] {
  return sectionsOf(config.mapping).flatMap(({ name, rules }) =>
    rules.flatMap((rule) => {
      // What the program looks for by itself nobody has written in vain.
      if (rule.at.file === BUILT_IN.file) return [];
      const use = uses.get(idOf({ ...rule, rule: rule.text }));
      if (use === undefined || use.asked === 0) return [];
      if (use.matched === 0) return [neverMatched(name, rule)];
      return [...use.changed]
        .filter(([step, changed]) => !changed && rule.transforms.includes(step) && !isSieve(step))
        .map(([step]) => withoutEffect(name, rule, step));
    }),
  );
}

function neverMatched(section: string, rule: SearchField): RuleFinding {
  return {
    kind: "rule-never-matched",
    at: rule.at,
    what: `[${section}] ${rule.name} = ${rule.text} never matched`,
    why: "what it should bring may stand in another field, or under other indicators or subfields",
    advice: `look at a record with MARC_import explain --field ${section.split(".")[0]}, or leave the rule for files to come`,
  };
}

function withoutEffect(section: string, rule: SearchField, step: string): RuleFinding {
  return {
    kind: "substitution-without-effect",
    at: rule.at,
    what: `[${section}] ${rule.name}: ${step} never changed anything`,
    step,
    why: "the pattern may not fit what it is meant for: upper and lower case, blanks, punctuation",
    advice: `look at a record with MARC_import explain --field ${section.split(".")[0]}, or leave it for files to come`,
  };
}

function emptyFields(config: MarcConfig, filled: ReadonlyMap<string, number>): RuleFinding[] {
  const meant = filledFields(config);
  return config.fields.flatMap(({ name }): RuleFinding[] => {
    if (filled.has(name) || !meant.has(name)) return [];
    const section = config.mapping.extractors.find((extractor) => extractor.field.name === name);
    // Without a section of its own it holds what [url] has over, which need not be anything.
    if (name === "other_urls" && !section) return [];
    // Nor did anybody ask for what the program looks for by itself.
    const isUnasked = (rules: { readonly at: Location | null }) => rules.at === null;
    if (name === "url" && isUnasked(config.mapping.url)) return [];
    if (name === "description" && isUnasked(config.mapping.description)) return [];
    return [
      {
        kind: "field-always-empty",
        at: section?.at ?? statedAt(config, name) ?? BUILT_IN,
        what: `${name} stayed empty`,
        why: "nobody will find these records by it",
        advice: `look at the fields of a record with MARC_import explain, and map one of them in [${name}]`,
      },
    ];
  });
}

/** Where the section of a field stands that is no extractor; null for its defaults. */
function statedAt(config: MarcConfig, field: string): Location | null {
  if (field === "url") return config.mapping.url.at;
  return field === "description" ? config.mapping.description.at : null;
}
