/** The findings of `check` for a person: by kind, worst first, then what to do next. */

import type { Location } from "../config/language/problems.js";
import { printable } from "../diagnostics/format.js";
import { FINDING_KINDS, type FileFindings, HINTS, type RuleFinding } from "./rule-finding.js";
import { kindsText } from "./totals-words.js";

/** Findings of a kind that are told one by one; of mistakes all are told. */
const HINTS_SHOWN = 5;
/** Tags told that no rule reads. */
const TAGS_SHOWN = 24;

interface CheckTextOptions {
  /** Tell every finding in full. */
  readonly verbose: boolean;
  place(at: Location | null): string;
}

/** Each finding on a line under the heading of its kind, with why and what to do once a kind. */
export function findingLines(
  findings: readonly RuleFinding[],
  options: CheckTextOptions,
): string[] {
  return FINDING_KINDS.flatMap((kind) => {
    const some = findings.filter((finding) => finding.kind === kind);
    return some.length === 0 ? [] : kindLines(some, options);
  });
}

function kindLines(some: readonly RuleFinding[], { verbose, place }: CheckTextOptions): string[] {
  const [{ kind, why, advice }] = some;
  const shown = verbose || !HINTS.has(kind) ? some : some.slice(0, HINTS_SHOWN);
  const alike = some.every((one) => one.why === why && one.advice === advice);
  const each = !alike && (verbose || shown.length === some.length);
  return [
    `${kind} (${some.length})`,
    ...shown.flatMap((one) => [
      `  ${place(one.at)}: ${printable(one.what)}`,
      ...(each ? reasonLines(one).map((line) => `  ${line}`) : []),
    ]),
    ...(shown.length < some.length
      ? [`  … and ${some.length - shown.length} more; --verbose lists them`]
      : []),
    ...(each ? [] : reasonLines(some[0])),
  ];
}

function reasonLines({ why, advice }: RuleFinding): string[] {
  return [`  why:   ${printable(why)}`, `  to do: ${printable(advice)}`];
}

/** How far the rules reach on the records of a file. */
export function coverageLines(over: FileFindings): string[] {
  const { file, records, leftOut, miscoded, deleted, rejected, filled, unread } = over;
  const tags = [...unread].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const more = tags.length > TAGS_SHOWN ? `, and ${tags.length - TAGS_SHOWN} more tags` : "";
  return [
    `The rules were tried on ${plural(records, "record")} of ${printable(file)}.`,
    ...(leftOut > 0 ? [`  left out: ${leftOut}, ${leftOutText(over)}`] : []),
    ...(miscoded > 0
      ? [
          `    ${miscoded} of them ${miscoded === 1 ? "has" : "have"} a title (245), so leader/06 may be wrong (M507)`,
        ]
      : []),
    ...(deleted > 0 ? [`  deleted:  ${plural(deleted, "record")}, not mapped`] : []),
    ...(rejected > 0
      ? [`  rejected: ${rejected}; MARC_import validate ${printable(file)} says why`]
      : []),
    `  filled:   ${[...filled].map(([field, n]) => `${field} ${n}`).join(", ")}`,
    ...(tags.length === 0
      ? []
      : [`  not read: ${tags.slice(0, TAGS_SHOWN).map(tagText).join(", ")}${more}`]),
  ];
}

function leftOutText({ leftOut, kinds }: FileFindings): string {
  const ofKinds = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const filtered = leftOut - ofKinds;
  const byFilter = filtered > 0 ? `by [Filter]${ofKinds > 0 ? ` ${filtered}` : ""}` : "";
  if (ofKinds === 0) return byFilter;
  const byKind = `by record_types${kindsText(kinds)} (for UNIMARC and authorities see docs/unimarc-authority.md)`;
  return byFilter === "" ? byKind : `${byKind}; ${byFilter}`;
}

function tagText([tag, n]: [string, number]): string {
  return `${printable(tag)} (${n})`;
}

/** What was found, in a sentence, and what to do next. */
export function closingLines(
  findings: readonly RuleFinding[],
  names: { readonly config: string; readonly file: string | undefined },
): string[] {
  const hints = findings.filter(({ kind }) => HINTS.has(kind)).length;
  const mistakes = findings.length - hints;
  const found = [
    ...(mistakes > 0 ? [plural(mistakes, "likely mistake")] : []),
    ...(hints > 0 ? [plural(hints, "hint")] : []),
  ].join(" and ");
  const state = `${found || "No finding"}; the configuration is valid.`;
  return [state, `Next: ${printable(nextStep(mistakes, hints, names))}`];
}

function nextStep(
  mistakes: number,
  hints: number,
  { config, file }: { readonly config: string; readonly file: string | undefined },
): string {
  if (mistakes > 0) return "correct what is named above, and check again.";
  if (file === undefined) return `try the rules on records: MARC_import check ${config} FILE`;
  if (hints > 0) {
    return `a hint is no mistake if other files hold such records; look at a record: MARC_import explain ${config} ${file} --record 1`;
  }
  return `see what an import would do: MARC_import --dry-run --progress ${config} ${file}`;
}

/**
 * The same of a configuration of harvests.
 *
 * @param names `config` as named on the command line, "" where it is not; `isAsked`: the repositories have
 *   been asked already
 */
export function harvestClosingLines(
  repositories: readonly { readonly name: string }[],
  findings: readonly RuleFinding[],
  { config, isAsked }: { readonly config: string; readonly isAsked: boolean },
): string[] {
  const mistakes = findings.filter(({ kind }) => !HINTS.has(kind)).length;
  const found = mistakes === 0 ? "No finding" : plural(mistakes, "likely mistake");
  const names = repositories.map(({ name }) => name).join(", ");
  const next =
    mistakes > 0
      ? "correct what is named above, and check again."
      : isAsked
        ? `harvest: OAI-PMH-importer ${config}`
        : `ask the repositories: OAI-PMH-importer check --online ${config}`;
  return [
    `${found}; the configuration is valid.`,
    `${plural(repositories.length, "repository", "repositories")} will be harvested: ${printable(names)}.`,
    `Next: ${printable(next.trim())}`,
  ];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
