import { describe, expect, it } from "vitest";
import type { KeyEntry } from "../../src/store/model/key-source.js";
import { WaitingKeys } from "../../src/store/sqlite/keys/waiting-keys.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";

const entry = (recordId: number) => ({ key: 7, source: 1, recordId });

function waiting(...recordIds: number[]): WaitingKeys {
  const keys = new WaitingKeys(20);
  for (const recordId of recordIds) keys.add(entry(recordId));
  return keys;
}

const found = (keys: WaitingKeys) => [...keys.recordsWith(7, 1)];

describe("keys that wait", () => {
  it("are found when the only row lost its key and a later one has it", () => {
    const keys = waiting(1);
    keys.remove(entry(1));
    expect(keys.sourcesWith(7)).toEqual([]);
    keys.add(entry(2));
    expect(found(keys)).toEqual([2]);
    expect(keys.sourcesWith(7)).toEqual([1]);
  });

  it("are found when the last of several rows lost its key and a later one has it", () => {
    const keys = waiting(1, 2, 3);
    keys.remove(entry(3));
    keys.add(entry(4));
    keys.add(entry(5));
    expect(found(keys)).toEqual([1, 2, 4, 5]);
    const inOrder: KeyEntry[] = [];
    keys.inOrder((key, source, recordId) => inOrder.push({ key, source, recordId }));
    expect(inOrder).toEqual([1, 2, 4, 5].map(entry));
  });

  it("are found once where the last row lost its key and has it again", () => {
    const keys = waiting(1, 2);
    keys.remove(entry(2));
    keys.add(entry(2));
    keys.add(entry(2));
    expect(found(keys)).toEqual([1, 2]);
  });
});

describe("a title that a row created in this run has given up", () => {
  it("makes the next row with it the one that is found", () => {
    const folder = temporaryFolder();
    const database = new TestDatabase(`${folder.path}/test.sqlite`, {
      matchMethods: ["EXACT_TITLE"],
      duplicatePolicy: "KEEP_ANY",
    });
    const titled = (id: string, title: string) => ({ id, values: { title } });
    try {
      const outcomes = database.outcomes([
        titled("a", "Botany"),
        titled("a", "Zoology"),
        titled("b", "Botany"),
        titled("c", "Botany"),
      ]);
      expect(outcomes).toEqual(["created", "updated", "created", "ignored"]);
    } finally {
      folder.remove();
    }
  });
});
