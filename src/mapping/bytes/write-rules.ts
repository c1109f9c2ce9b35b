/** Rules as the core has them. */

import { tagCode } from "../../marc/marc-record.js";
import { type Beginning, type DroppingTest, droppingTests } from "../../perl/dropping-test.js";
import type { Rule } from "../marc/compile.js";
import { LEADER_SLOT, NO_FIELDS } from "../marc/tag-slots.js";
import { FIELDS, MOST_RULES, RULE, RULE_SIZE, TEST, TEST_SIZE } from "./layout.js";
import { isPrintable, type ProgramWriter } from "./program-writer.js";

/** What tells whether a substitution does anything: a text that it needs, or how the text begins. */
type Test = string | DroppingTest;

/** Whether the core can have a rule: of its texts and its number. */
export function hasByteForm(rule: Rule): boolean {
  return isPrintable(rule.subfieldJoin) && rule.number < MOST_RULES;
}

/**
 * Writes the rules of a column.
 *
 * @param parts of each rule the number of the part that it belongs to; absent: all belong to one
 * @returns where the first lies
 */
export function writeRules(
  writer: ProgramWriter,
  rules: readonly Rule[],
  parts: readonly number[] = [],
): number {
  const first = writer.reserve(RULE_SIZE * rules.length);
  rules.forEach((rule, index) => {
    writeRule(writer, first + RULE_SIZE * index, rule);
    writer.number(first + RULE_SIZE * index + 60, parts[index] ?? 0);
  });
  return first;
}

function writeRule(writer: ProgramWriter, at: number, rule: Rule): void {
  const [fields, tag] = wantedFields(rule);
  writer.number(at, fields);
  writer.number(at + 4, tag);
  const tests = testsOf(rule);
  writer.number(at + 8, flagsOf(rule) | (tests === null ? RULE.askAlways : RULE.tested));
  writer.number(at + 12, rule.range?.from ?? -1);
  writer.number(at + 16, rule.range?.to ?? -1);
  writer.number(at + 20, writer.flags(rule.indicator1));
  writer.number(at + 24, writer.flags(rule.indicator2));
  writer.number(at + 28, writer.flags(rule.codes));
  writer.text(at + 32, rule.subfieldJoin);
  writer.text(at + 40, rule.semicolon ?? "");
  writer.number(at + 48, writeTests(writer, tests ?? []));
  writer.number(at + 52, rule.number);
  writer.number(at + 56, tagCode(rule.pattern));
}

function wantedFields({ slot, pattern }: Rule): [kind: number, tag: number] {
  if (slot === LEADER_SLOT) return [FIELDS.leader, 0];
  if (slot === NO_FIELDS) return [FIELDS.none, 0];
  if (/^[0-9]{3}$/.test(pattern)) return [FIELDS.tag, Number(pattern)];
  return [FIELDS.pattern, tagCode(pattern)];
}

function flagsOf(rule: Rule): number {
  return (
    (rule.list ? RULE.list : 0) |
    (rule.skipNonfiling ? RULE.skipNonfiling : 0) |
    (rule.trimPunctuation ? RULE.trimPunctuation : 0) |
    (rule.linkedSlot === NO_FIELDS ? 0 : RULE.alternate) |
    (rule.separate || rule.apart ? RULE.separate : 0) |
    (rule.anyCode ? RULE.anyCode : 0)
  );
}

/** The tests of a rule's substitutions; null if there is one that may change any text. */
function testsOf({ substitutions, search, translate }: Rule): Test[] | null {
  if (translate !== null) return null;
  const dropping = droppingTests(search.transforms);
  const tests: Test[] = [];
  for (const [index, { needed }] of substitutions.entries()) {
    const test = dropping[index];
    if (test !== null) tests.push(test);
    else if (needed === "") return null;
    else tests.push(needed);
  }
  return tests;
}

function writeTests(writer: ProgramWriter, tests: readonly Test[]): number {
  const at = writer.reserve(4 + TEST_SIZE * tests.length);
  writer.number(at, tests.length);
  tests.forEach((test, index) => {
    const place = at + 4 + TEST_SIZE * index;
    if (typeof test === "string") {
      writer.number(place, TEST.needsText);
      writer.text(place + 4, test);
    } else {
      writer.number(place, test.dropsThese ? TEST.dropsThese : TEST.dropsOthers);
      writer.number(place + 4, writeBeginning(writer, test.beginning));
    }
  });
  return at;
}

/** An automaton: whether it always fits, first, last, then by character, then by place. */
function writeBeginning(writer: ProgramWriter, beginning: Beginning): number {
  const { always, first, last, fitting, following } = beginning;
  const sets = [first, last, ...fitting, ...following];
  const at = writer.reserve(8 + 8 * sets.length);
  writer.number(at, always ? 1 : 0);
  sets.forEach((set, index) => {
    writer.bits(at + 8 + 8 * index, set);
  });
  return at;
}
