/** What in a valid configuration can hardly be meant: found without looking at a single record. */

import type { Location } from "../config/language/problems.js";
import type { EffectiveSetting } from "../config/language/section-reader.js";
import type { FieldExtractor, MarcConfig, SearchField } from "../config/marc/marc-mapping.js";
import { type RuleSection, sectionsOf } from "../config/marc/rule-sections.js";
import { isList } from "../fields/record-fields.js";
import { methodNamed } from "../matching/methods.js";
import { POLICY_TABLE } from "../policy/table.js";
import type { RuleFinding } from "../report/rule-finding.js";
import { covers, idleTerm, impossibleRule } from "./impossible-rules.js";

/** Every finding, in the order of the sections. */
export function checkRules(config: MarcConfig): RuleFinding[] {
  return [
    ...sectionsOf(config.mapping).flatMap((section) =>
      checkSection(section, config.mapping.controlSubfields),
    ),
    ...config.mapping.extractors.flatMap(checkJoins),
    ...checkMethods(config),
    ...checkPolicy(config),
    ...checkNamedFields(config),
    ...checkOverrides(config),
  ];
}

function checkSection({ name, rules }: RuleSection, control: string): RuleFinding[] {
  return rules.flatMap((rule, i) => {
    const before = rules.slice(0, i).find((earlier) => covers(earlier, rule));
    return [
      ...impossible(name, rule),
      ...idle(name, rule, control),
      ...(before === undefined ? [] : [repeated(name, rule, before)]),
    ];
  });
}

function impossible(section: string, rule: SearchField): RuleFinding[] {
  const reason = impossibleRule(rule);
  if (reason === null) return [];
  return [
    {
      kind: "never-matches",
      at: rule.at,
      what: `[${section}] ${rule.name} = ${rule.text}: ${reason}`,
      why: "the rule never finds anything, so what it should bring is missing from every row",
      advice: "correct the tag or the indicators, or delete the line",
    },
  ];
}

function idle(section: string, rule: SearchField, controlSubfields: string): RuleFinding[] {
  const term = idleTerm(rule, controlSubfields);
  if (term === null) return [];
  const done = term.startsWith("-") ? "is not among the subfields anyway" : "is there already";
  return [
    {
      kind: "term-without-effect",
      at: rule.at,
      what: `[${section}] ${rule.name} = ${rule.text}: "${term}" changes nothing, since ${term.slice(1)} ${done}`,
      why: `the rule takes other subfields than it seems to say (* leaves out the control_subfields ${controlSubfields})`,
      advice: "delete the term, or correct the one that was meant",
    },
  ];
}

function repeated(section: string, rule: SearchField, before: SearchField): RuleFinding {
  return {
    kind: "repeated-rule",
    at: rule.at,
    what: `[${section}] ${rule.name} = ${rule.text}: ${before.name} = ${before.text} finds all of that before`,
    why: "a plain field gets the same text twice, and in a list the second rule has no effect",
    advice: "delete one of the two lines, or correct the one that should differ",
  };
}

function checkJoins({ field, at, fieldJoin, searchFields }: FieldExtractor): RuleFinding[] {
  if (searchFields.length === 0) return [];
  if (isList(field.kind) && !fieldJoin.includes(";")) {
    return [
      {
        kind: "join-contradicts-kind",
        at,
        what: `[${field.name}] is a list, but field_join "${fieldJoin}" does not separate its elements`,
        why: "several MARC fields run together into one element, which no search for one of them finds",
        advice: 'write field_join = ";" or leave it out',
      },
    ];
  }
  if (!isList(field.kind) && fieldJoin === ";") {
    return [
      {
        kind: "join-contradicts-kind",
        at,
        what: `[${field.name}] is plain text, but field_join ";" would make a list of it`,
        why: "the column is not stored as a list, so its values cannot be found one by one",
        advice:
          'choose a join for reading, such as " ; ", or fill an extra field that is a list (name[])',
      },
    ];
  }
  return [];
}

function checkMethods(config: MarcConfig): RuleFinding[] {
  const filled = filledFields(config);
  return config.matchMethods.flatMap((method): RuleFinding[] => {
    const { columns } = methodNamed(method);
    const missing = columns.filter((name) => !filled.has(name));
    if (missing.length === 0) return [];
    return [
      {
        kind: "method-without-key",
        at: settingAt(config, "match_method"),
        what: `match_method ${method} compares ${columns.join(", ")}, but no rule fills ${missing.join(", ")}`,
        why: "a missing value never matches, so this method finds no duplicate at all",
        advice: `add a section [${missing[0]}] with SearchFields, or take ${method} out of match_method`,
      },
    ];
  });
}

function checkPolicy(config: MarcConfig): RuleFinding[] {
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

function unlistedSource(config: MarcConfig): RuleFinding[] {
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
function checkNamedFields(config: MarcConfig): RuleFinding[] {
  const filled = filledFields(config);
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
      .filter((name) => !filled.has(name))
      .map((name) => ({
        kind: "field-never-filled" as const,
        at: setting.at,
        what: `${key} names ${name}, but no rule fills it`,
        why,
        advice: `add a section [${name}] with SearchFields, or take ${name} out of ${key}`,
      }));
  });
}

function checkOverrides({ effective }: MarcConfig): RuleFinding[] {
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

/** The record fields that some record may fill. */
export function filledFields(config: MarcConfig): Set<string> {
  const managed = config.managed;
  const filled = config.fields.filter((_, i) => managed[i]).map(({ name }) => name);
  const empty = config.mapping.extractors.filter(isEmptySection).map(({ field }) => field.name);
  return new Set(filled.filter((name) => !empty.includes(name) || name === "other_urls"));
}

function isEmptySection(extractor: FieldExtractor): boolean {
  const { searchFields, initialText, initialSerialText, initialMonographText, fallbackValue } =
    extractor;
  const texts = [initialText, initialSerialText, initialMonographText, fallbackValue];
  return searchFields.length === 0 && texts.every((text) => text === "");
}

function settingOf(config: MarcConfig, key: string): EffectiveSetting | undefined {
  return config.effective.find((setting) => setting.key === key);
}

function settingAt(config: MarcConfig, key: string): Location | null {
  return settingOf(config, key)?.at ?? null;
}
