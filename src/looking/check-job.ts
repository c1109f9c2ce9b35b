/** What in the job part of a valid configuration can hardly be meant, wherever its records come from. */

import { comparesDescriptions } from "../config/job/digest.js";
import { EVIDENCE } from "../config/job/evidence-keys.js";
import { DELETING_POLICIES, type JobConfig } from "../config/job/job-config.js";
import type { Location } from "../config/language/problems.js";
import type { EffectiveSetting } from "../config/language/section-reader.js";
import { methodNamed } from "../matching/methods.js";
import { VETOES, type Veto } from "../matching/vetoes.js";
import { POLICY_TABLE } from "../policy/table.js";
import type { RuleFinding } from "../report/rule-finding.js";

/** The record fields that some record may fill. */
export interface Filled {
  readonly names: ReadonlySet<string>;
  /** How another field is filled: one clause to follow on "to do". */
  advice(name: string): string;
}

/** Every finding. */
export function checkJob(config: JobConfig, filled: Filled): RuleFinding[] {
  return [
    ...checkMethods(config, filled),
    ...checkPolicy(config),
    ...checkEvidence(config),
    ...checkNamedFields(config, filled),
    ...checkOverrides(config),
  ];
}

function checkMethods(config: JobConfig, { names, advice }: Filled): RuleFinding[] {
  return config.matchMethods.flatMap((method): RuleFinding[] => {
    const { columns } = methodNamed(method);
    const missing = columns.filter((name) => !names.has(name));
    if (missing.length === 0) return [];
    return [
      {
        kind: "method-without-key",
        at: settingAt(config, "match_method"),
        what: `match_method ${method} compares ${columns.join(", ")}, but no rule fills ${missing.join(", ")}`,
        why: "a missing value never matches, so this method finds no duplicate at all",
        advice: `${advice(missing[0])}, or take ${method} out of match_method`,
      },
    ];
  });
}

/** What each veto keeps apart. */
const KEPT_APART: Readonly<Record<Veto, string>> = {
  form: "a printed book and its online edition, which often bear the same ISBN or title",
  type: "a score and its recording, a text and a map",
  level: "a serial and a volume of it",
  part: "the parts of one work, which often share title and ISBN",
};

/** What the configuration no longer keeps apart, one finding for all. */
function vetoesOff(config: JobConfig): RuleFinding[] {
  const off = VETOES.filter((veto) => !config.neverIf.includes(veto));
  if (off.length === 0) return [];
  const alike = off.map((veto) => KEPT_APART[veto]).join("; or ");
  return [
    {
      kind: "veto-off",
      at: settingAt(config, "never_if"),
      what: `never_if leaves out ${off.join(", ")}`,
      why: `what a method finds is then taken for a duplicate although it may be ${alike}`,
      advice: `leave it so only where your database means them to be one row; else add ${off.join(", ")} to never_if`,
    },
  ];
}

function checkPolicy(config: JobConfig): RuleFinding[] {
  const { duplicatePolicy, matchMethods, priorityList } = config;
  const { higher, same, lower, none } = POLICY_TABLE[duplicatePolicy];
  const looks = [higher, same, lower].some((cell) => cell.verdict !== none.verdict || cell.deletes);
  const matches = matchMethods.some((method) => method !== "NONE");
  const at = settingAt(config, "duplicate_policy");
  const findings: RuleFinding[] = [];
  if (looks && !matches) {
    findings.push({
      kind: "policy-without-method",
      at,
      what: `duplicate_policy ${duplicatePolicy} depends on duplicates, but match_method is NONE`,
      why: "no duplicate is ever found, so the policy works like KEEP_ALL",
      advice: "state a match_method in [Duplicates], such as ISBN or FUZZY_TITLE",
    });
  }
  if (!looks && matches) {
    findings.push({
      kind: "method-without-use",
      at: settingAt(config, "match_method"),
      what: `match_method ${matchMethods.join(", ")} is stated, but duplicate_policy ${duplicatePolicy} never asks for duplicates`,
      why: "the match keys cost time with every row and decide nothing",
      advice: "choose a policy (MARC_import policies prints them), or delete match_method",
    });
  }
  if (looks && matches) findings.push(...vetoesOff(config));
  const ranks = [higher, same, lower].map((cell) => JSON.stringify(cell));
  if (looks && matches && new Set(ranks).size > 1 && priorityList.length === 0) {
    findings.push({
      kind: "policy-without-priorities",
      at,
      what: `duplicate_policy ${duplicatePolicy} asks for the priority of sources, but priority_list is empty`,
      why: "all sources have the same priority then; only local records stand above them",
      advice:
        'write priority_list = "BEST,NEXT,…" in [Priorities], with the foreign sources of this database',
    });
  }
  if (looks && matches && new Set(ranks).size > 1) findings.push(...unlistedSource(config));
  return findings;
}

/** What is said of comparing descriptions, beside methods and policy. */
function checkEvidence(config: JobConfig): RuleFinding[] {
  const { matchMethods, database, duplicatePolicy, evidence } = config;
  if (!comparesDescriptions([...matchMethods, ...database.keepKeys]))
    return pointsWithoutUse(config);
  const deletes = DELETING_POLICIES.includes(duplicatePolicy);
  if (!deletes || evidence.strict || !comparesDescriptions(matchMethods)) return [];
  return [
    {
      kind: "not-strict",
      at: settingAt(config, "strict", "Duplicates"),
      what: `duplicate_policy ${duplicatePolicy} deletes what DESCRIPTION finds, and strict is false`,
      why: "of 1,000 rows that it takes for duplicates about four are none; strict = true makes that one",
      advice:
        "leave it so only where what is deleted comes again or is worth little; undo brings it back",
    },
  ];
}

function pointsWithoutUse(config: JobConfig): RuleFinding[] {
  const stated = config.effective.find(
    ({ section, key, origin }) =>
      origin !== "default" &&
      (section === "Match points" || (section === "Duplicates" && Object.hasOwn(EVIDENCE, key))),
  );
  if (stated === undefined) return [];
  return [
    {
      kind: "points-without-use",
      at: stated.at,
      what: `[${stated.section}] ${stated.key} tells how DESCRIPTION compares, which match_method does not name`,
      why: "only `sweep` goes by it; an import compares as its match_method says",
      advice: "put DESCRIPTION into match_method, or leave the line to sweep",
    },
  ];
}

function unlistedSource(config: JobConfig): RuleFinding[] {
  const { priorityList, settings, duplicatePolicy } = config;
  const { foreignSource } = settings;
  if (foreignSource === "" || priorityList.length === 0) return [];
  if (priorityList.includes(foreignSource)) return [];
  return [
    {
      kind: "source-without-priority",
      at: settingAt(config, "foreign_source"),
      what: `foreign_source ${foreignSource} is not in priority_list, and duplicate_policy ${duplicatePolicy} asks for priorities`,
      why: "a source that is not on the list stands below all that are",
      advice: `put ${foreignSource} where it belongs in priority_list of [Priorities] (override priority_list = "…" replaces an included one)`,
    },
  ];
}

/** Fields that a setting names although nothing fills them. */
function checkNamedFields(config: JobConfig, filled: Filled): RuleFinding[] {
  const { requiredFields, protectedFields, fieldsToMerge } = config.settings;
  const named: [key: string, names: readonly string[], why: string][] = [
    [
      "record_must_be_valid",
      requiredFields,
      "every record is ignored, since the field is empty in all of them",
    ],
    [
      "protected_fields",
      protectedFields,
      "the import never writes the field, so there is nothing to protect it from",
    ],
    ["fields_to_merge", fieldsToMerge, "there is never anything to merge in that field"],
  ];
  return named.flatMap(([key, names, why]) => {
    const setting = settingOf(config, key);
    // An unstated list means every field, filled or not.
    if (setting === undefined || setting.origin === "default" || setting.value === "") return [];
    return names
      .filter((name) => !filled.names.has(name))
      .map((name) => ({
        kind: "field-never-filled" as const,
        at: setting.at,
        what: `${key} names ${name}, but no rule fills it`,
        why,
        advice: `${filled.advice(name)}, or take ${name} out of ${key}`,
      }));
  });
}

function checkOverrides({ effective }: JobConfig): RuleFinding[] {
  return effective
    .filter(({ idleOverride }) => idleOverride)
    .map(({ section, key, at }) => ({
      kind: "override-of-nothing" as const,
      at,
      what: `[${section}] override ${key} replaces nothing: no line before it states ${key}`,
      why: "whatever it was to replace has another name, and is still at work beside it",
      advice: "correct the name of the key or of its section, or leave out the word override",
    }));
}

function settingOf(config: JobConfig, key: string, section?: string): EffectiveSetting | undefined {
  return config.effective.find(
    (setting) => setting.key === key && (section === undefined || setting.section === section),
  );
}

function settingAt(config: JobConfig, key: string, section?: string): Location | null {
  return settingOf(config, key, section)?.at ?? null;
}
