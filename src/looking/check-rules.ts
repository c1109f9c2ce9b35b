/** What in a valid configuration can hardly be meant: found without looking at a single record. */

import type { FieldExtractor, MarcJob, SearchField } from "../config/marc/marc-mapping.js";
import { type RuleSection, sectionsOf } from "../config/marc/rule-sections.js";
import { isList } from "../fields/record-fields.js";
import type { RuleFinding } from "../report/rule-finding.js";
import { checkJob } from "./check-job.js";
import { covers, idleTerm, impossibleRule } from "./impossible-rules.js";

/** Every finding, in the order of the sections. */
export function checkRules(config: MarcJob): RuleFinding[] {
  return [
    ...sectionsOf(config.mapping).flatMap((section) =>
      checkSection(section, config.mapping.controlSubfields),
    ),
    ...config.mapping.extractors.flatMap(checkJoins),
    ...checkJob(config, {
      names: filledFields(config),
      advice: (name) => `add a section [${name}] with SearchFields`,
    }),
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

/** The record fields that some record may fill. */
export function filledFields(config: MarcJob): Set<string> {
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
