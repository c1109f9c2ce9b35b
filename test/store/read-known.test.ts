/** Which records are known without a look, as they are read from the tables page by page. */

import { afterAll, expect, it } from "vitest";
import { type KnownRecords, knownRow } from "../../src/store/model/known-records.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";

const folder = temporaryFolder();
const store = new TestDatabase(`${folder.path}/test.sqlite`, {}).open();

afterAll(() => {
  store.close();
  folder.remove();
});

const FIRST_DIGEST = 2 ** 52;

/** Rows by number, each with a digest of its own; and records merged into one of them. */
function fill(recordIds: readonly number[], merged: readonly (readonly [number, number])[]): void {
  const { db } = store;
  db.exec("DELETE FROM record_state; DELETE FROM merged_sources");
  const state = db.prepare("INSERT INTO record_state VALUES (?, ?, 0, NULL, NULL)");
  const source = db.prepare(
    "INSERT INTO merged_sources VALUES ('s', ?, ?, ?, '', '', '', ?, NULL)",
  );
  store.transaction(() => {
    for (const id of recordIds) state.run(BigInt(id), id % 7 === 0 ? null : FIRST_DIGEST + id);
    for (const [id, position] of merged)
      source.run(`${id}-${position}`, id, position, mergedDigest(id, position));
  });
}

function mergedDigest(recordId: number, position: number): number {
  return FIRST_DIGEST / 2 + recordId * 100_000 + position;
}

function known(withMerged: boolean): KnownRecords {
  return store.knownRecords({ withMerged });
}

/** Numbers with gaps, more than two pages of them, and none before, between or behind that is out of reach. */
const IDS = [
  -5,
  0,
  ...Array.from({ length: 9_000 }, (_, i) => 3 * i + 1),
  2 ** 31 - 1,
  2 ** 31,
  2 ** 40,
];

it("are all rows with a digest, whatever their numbers", () => {
  fill(IDS, []);
  const records = known(false);
  for (const id of IDS) {
    const found = records.find(FIRST_DIGEST + id);
    const isKnown = id % 7 !== 0 && id > 0 && id < 2 ** 31;
    expect(found === 0 ? null : knownRow(found)).toEqual(
      isKnown ? { recordId: id, isMerged: false } : null,
    );
  }
});

it("are those merged into rows, where they are asked for", () => {
  const merged = [1, 4, 4_000_000].flatMap((id) =>
    Array.from({ length: 5_000 }, (_, position) => [id, position] as const),
  );
  fill([1, 4], merged);
  const [asked, unasked] = [known(true), known(false)];
  for (const [recordId, position] of merged) {
    const digest = mergedDigest(recordId, position);
    expect(knownRow(asked.find(digest))).toEqual({ recordId, isMerged: true });
    expect(unasked.find(digest)).toBe(0);
  }
});
