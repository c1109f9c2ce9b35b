/** Harvests whose process is killed at each of its steps: the next one ends as an undisturbed one does. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";

const CHILD = join(import.meta.dirname, "harvest-child.mjs");

/** The steps at which a harvest is killed, and how often each must have come by then. */
const KILLS: readonly (readonly [step: string, time: number])[] = [
  ["spool-synced", 1],
  ["body-written", 1],
  ["line-written", 3],
  ["body-written", 3],
  ["line-written", 6],
  ["spool-synced", 4],
  ["lease-taken", 1],
  ["run-entered", 1],
  ["begun", 1],
  ["rejects-opened", 1],
  ["considered", 12],
  ["treated", 24],
  ["before-batch", 1],
  ["reject-bytes-appended", 1],
  ["reject-bytes-synced", 1],
  ["reject-lines-appended", 1],
  ["reject-lines-synced", 1],
  ["checkpointed", 1],
  ["before-commit", 1],
  ["committed", 1],
  ["file-finished", 1],
  ["before-finish", 1],
  ["keys-prepared", 1],
  ["keys-entered", 1],
  ["finishing", 1],
  ["finished", 1],
  ["lease-released", 1],
  ["imported", 1],
];
/** Steps of full loads and of runs that go on, which have tests of their own. */
const ELSEWHERE = ["absent-counted", "absent-removed", "rejects-cut-back"];

let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.fill(25, (i) => 1 + (i % 27));
  harvests.repository.items[7].metadata = "<x>A & B</x>";
  harvests.config();
});
afterEach(() => harvests.end());

function killedAt(step: string, time: number): Promise<NodeJS.Signals | null> {
  const args = [CHILD, harvests.folder, String(harvests.now), step, String(time)];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_status, signal) => resolve(signal));
  });
}

/** What a harvest leaves behind. */
function state() {
  return {
    rows: harvests.rows(),
    position: harvests.position(),
    // A harvest that had come to its end is followed by one of nothing new.
    lists: harvests.query(
      "SELECT set_spec, pages, records, list_size FROM harvest_lists WHERE records > 0",
    ),
    retries: harvests.query("SELECT identifier, code, tries FROM harvest_retries"),
    totals: harvests.query(
      "SELECT sum(created) AS created, sum(updated) AS updated, sum(unchanged) AS unchanged FROM runs",
    ),
  };
}

it("names every step that an undisturbed harvest takes", async () => {
  const seen = new Set<string>();
  await harvests.night({}, { hooks: { step: (name) => seen.add(name) } });
  const named = new Set(KILLS.map(([step]) => step));
  expect([...seen].filter((step) => !named.has(step) && !ELSEWHERE.includes(step))).toEqual([]);
  expect([...named].filter((step) => !seen.has(step))).toEqual([]);
  expect(state()).toMatchObject({
    position: "2026-11-28T03:00:00Z",
    retries: [{ identifier: "oai:r.example.org:8", code: "M701", tries: 1 }],
    totals: [{ created: 24, updated: 0, unchanged: 0 }],
  });
  expect(state().rows).toHaveLength(24);
});

it.each(KILLS)("killed at %s (%i), goes on to the same end", async (step, time) => {
  expect(await killedAt(step, time)).toBe("SIGKILL");
  const { failure } = await harvests.night();
  expect(failure).toBeNull();
  const after = state();
  expect(after.rows).toHaveLength(24);
  expect(after.position).toBe("2026-11-28T03:00:00Z");
  expect(after.totals).toEqual([{ created: 24, updated: 0, unchanged: 0 }]);
  expect(after.lists).toEqual([{ set_spec: "", pages: 3, records: 25, list_size: 25 }]);
  expect(after.retries).toMatchObject([{ identifier: "oai:r.example.org:8", code: "M701" }]);
});
