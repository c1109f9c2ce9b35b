import { describe, expect, it } from "vitest";
import { DUPLICATE_POLICIES } from "../../src/config/job/job-config.js";
import type { Rank } from "../../src/matching/priorities.js";
import { cellWords } from "../../src/policy/cell-words.js";
import {
  type ByPriority,
  type Decision,
  decide,
  needsDuplicates,
  type Situation,
} from "../../src/policy/decide.js";
import { EXPECTED, EXPECTED_TOUCHED, POLICIES, type PolicyName } from "./expected.js";

const LETTERS: readonly (readonly [string, Rank])[] = [
  ["H", "higher"],
  ["S", "same"],
  ["L", "lower"],
];

interface Expectation {
  readonly policy: PolicyName;
  readonly duplicates: string;
  readonly existing: boolean;
  readonly expected: string;
}

function parse(table: string): Expectation[] {
  let policy: PolicyName | undefined;
  return table.split("\n").flatMap((line) => {
    const [duplicates, asNew, asExisting] = line.split("|").map((part) => part.trim());
    policy = POLICIES.find((name) => name === line) ?? policy;
    if (policy === undefined || asExisting === undefined) return [];
    return [
      { policy, duplicates, existing: false, expected: asNew },
      { policy, duplicates, existing: true, expected: asExisting },
    ];
  });
}

function byPriority(holds: (letter: string) => boolean): ByPriority {
  return { higher: holds("H"), same: holds("S"), lower: holds("L") };
}

function situation(duplicates: string, existing: boolean): Situation {
  return {
    existing,
    ...byPriority((letter) => duplicates.includes(letter)),
    touched: byPriority((letter) => duplicates.includes(`${letter}*`)),
  };
}

function outcome({ action, mergeInto, deletes }: Decision): string {
  const letter = (rank: Rank) => LETTERS.find(([, name]) => name === rank)?.[0];
  const merge = mergeInto === null ? "" : ` ${letter(mergeInto)}`;
  return `${action}${merge}${deletes.length > 0 ? `, del ${deletes.map(letter).join("")}` : ""}`;
}

/** Every presence of duplicates with every marking of them as touched: 27 situations. */
const EVERY_MARKING = ["", "H", "H*"].flatMap((h) =>
  ["", "S", "S*"].flatMap((s) => ["", "L", "L*"].map((l) => h + s + l)),
);

const cases = parse(EXPECTED);
const touchedCases = parse(EXPECTED_TOUCHED);

describe("the policies", () => {
  it("are those that a configuration may name", () => {
    expect(DUPLICATE_POLICIES).toEqual(POLICIES);
  });
});

describe("decide", () => {
  it("is tried in every situation of every policy", () => {
    const tried = new Set(cases.map((one) => `${one.policy} ${one.duplicates} ${one.existing}`));
    expect(tried.size).toBe(10 * 16);
    expect(cases).toHaveLength(10 * 16);
    expect(new Set(touchedCases.map((one) => one.policy)).size).toBe(10);
  });

  it.each(cases)("$policy, duplicates $duplicates, existing $existing: $expected", (one) => {
    expect(outcome(decide(one.policy, situation(one.duplicates, one.existing)))).toBe(one.expected);
  });

  it.each(touchedCases)("$policy, touched $duplicates, existing $existing: $expected", (one) => {
    expect(outcome(decide(one.policy, situation(one.duplicates, one.existing)))).toBe(one.expected);
  });

  it("takes no notice of a touched mark where there is no such duplicate", () => {
    const touched = { higher: true, same: true, lower: true };
    const alone = { existing: false, higher: false, same: false, lower: false };
    expect(outcome(decide("REPLACE", { ...alone, touched }))).toBe("create");
    expect(outcome(decide("REPLACE", { ...alone, lower: true, touched }))).toBe("ignore");
  });

  it.each([
    ["KEEP_HIGHER", "HSL", false, "higher", "KEEP_HIGHER × higher: ignore"],
    ["KEEP_HIGHER", "", false, "none", "KEEP_HIGHER × none: create"],
    ["KEEP_HIGHER_OR_SAME", "SL", false, "same", "KEEP_HIGHER_OR_SAME × same: ignore"],
    ["REMOVE_LOWER", "HSL", false, "lower", "REMOVE_LOWER × lower: create, delete it"],
    ["REMOVE_LOWER", "HS", false, "higher", "REMOVE_LOWER × higher: create"],
    ["REMOVE_LOWER", "HSL", true, "lower", "REMOVE_LOWER × lower: create, delete it"],
    ["REPLACE", "HSL*", false, "lower", "REPLACE × lower: ignore, its row is of this run"],
    ["MERGE_INTO_HIGHER", "HL", false, "higher", "MERGE_INTO_HIGHER × higher: merge into it"],
    ["UPDATE_ONLY", "", false, "none", "UPDATE_ONLY × none: ignore"],
    ["UPDATE_ONLY", "", true, "none", "UPDATE_ONLY × none: ignore"],
  ] as const)(
    "%s, %s, existing %s is settled in column %s",
    (policy, found, existing, _column, cell) => {
      expect(decide(policy, situation(found, existing)).cell).toBe(cell);
    },
  );
});

describe("the reason of a decision", () => {
  it.each([
    ["KEEP_ALL", "", false, "KEEP_ALL creates a row whether there are duplicates or not."],
    ["KEEP_ANY", "", false, "There is neither an existing row nor a duplicate."],
    ["KEEP_ANY", "L", false, "KEEP_ANY ignores a record that has a duplicate of lower priority."],
    [
      "KEEP_HIGHER",
      "SL",
      false,
      "KEEP_HIGHER lets a new row stand beside duplicates of same and lower priority.",
    ],
    [
      "REPLACE",
      "HSL",
      false,
      "REPLACE takes the record and deletes its duplicates of higher, same and lower priority.",
    ],
    ["MERGE", "SL", false, "MERGE merges a record into its duplicate of same priority."],
    ["UPDATE_ONLY", "H", false, "UPDATE_ONLY takes only records that have an existing row."],
    ["KEEP_HIGHER", "H", true, "The existing row is kept current under every policy."],
    [
      "REMOVE_LOWER",
      "L",
      true,
      "The existing row is kept current under every policy and REMOVE_LOWER deletes its duplicates of lower priority.",
    ],
    [
      "REPLACE",
      "HS*",
      false,
      "REPLACE would delete the duplicates of same priority, but this same run created, refreshed or found unchanged one of them, so the record is ignored.",
    ],
  ] as const)("of %s, %s, existing %s", (policy, duplicates, existing, reason) => {
    expect(decide(policy, situation(duplicates, existing)).reason).toBe(reason);
  });

  it("is one sentence on one line, whatever the situation", () => {
    for (const policy of POLICIES) {
      for (const duplicates of EVERY_MARKING) {
        for (const existing of [true, false]) {
          const { reason } = decide(policy, situation(duplicates, existing));
          expect(reason).toMatch(/^[A-Z][^.\n]*\.$/);
        }
      }
    }
  });
});

describe("needsDuplicates", () => {
  it.each([
    ["KEEP_ALL", false, false],
    ["KEEP_ANY", true, false],
    ["KEEP_HIGHER", true, false],
    ["KEEP_HIGHER_OR_SAME", true, false],
    ["REMOVE_LOWER", true, true],
    ["REMOVE_LOWER_KEEP_HIGHER", true, true],
    ["REPLACE", true, true],
    ["MERGE", true, false],
    ["MERGE_INTO_HIGHER", true, false],
    ["UPDATE_ONLY", false, false],
  ] as const)("%s: %s for a new record, %s with an existing row", (policy, asNew, asExisting) => {
    expect(needsDuplicates(policy, { existing: false })).toBe(asNew);
    expect(needsDuplicates(policy, { existing: true })).toBe(asExisting);
  });

  it("never leaves out a look-up that would have changed the decision", () => {
    for (const policy of POLICIES) {
      for (const existing of [true, false]) {
        const needed = needsDuplicates(policy, { existing });
        const blind = outcome(decide(policy, situation("", existing)));
        for (const duplicates of EVERY_MARKING) {
          const decision = decide(policy, situation(duplicates, existing));
          if (!needed) expect(outcome(decision)).toBe(blind);
        }
      }
    }
  });
});

describe("the cell in words", () => {
  it("says of every decision where the duplicate stands and what became of it", () => {
    const yesOrNo = [true, false];
    for (const policy of POLICIES) {
      for (const higher of yesOrNo)
        for (const same of yesOrNo)
          for (const lower of yesOrNo)
            for (const all of yesOrNo) {
              const touched = { higher: all, same: all, lower: all };
              const { cell, deletes } = decide(policy, {
                existing: false,
                higher,
                same,
                lower,
                touched,
              });
              const words = cellWords(cell);
              expect(words, cell).not.toBe("");
              expect(/deleted; the record has a row/.test(words), cell).toBe(deletes.length > 0);
            }
    }
  });
});
