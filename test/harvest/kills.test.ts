/** Harvests that are stopped at each step: the next one ends as an undisturbed one does. */

import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { Harvests } from "../support/harvest-harness.js";
import { dcItem } from "../support/oai-repository.js";

class Killed extends Error {}

let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.fill(25, (i) => 1 + (i % 27));
});
afterEach(() => harvests.end());

/** Throws where a step comes for the nth time. */
function killAt(wanted: string, nth = 1) {
  let left = nth;
  return {
    step: (name: string) => {
      if (name === wanted && --left === 0) throw new Killed(name);
    },
  };
}

it.each([
  ["body-written", 1],
  ["body-written", 2],
  ["line-written", 1],
  ["line-written", 4],
  ["spool-synced", 2],
  ["lease-taken", 1],
  ["run-entered", 1],
  ["before-commit", 1],
  ["committed", 1],
  ["file-finished", 1],
  ["keys-entered", 1],
  ["finishing", 1],
  ["lease-released", 1],
  ["finished", 1],
  ["imported", 1],
] as const)("stopped at %s (%i)", async (step, nth) => {
  const broken = await harvests
    .night({}, { hooks: killAt(step, nth) })
    .catch((error: unknown) => error);
  expect(broken).toBeDefined();
  harvests.processDied();
  const { failure } = await harvests.night();
  expect(failure).toBeNull();
  expect(harvests.rows()).toHaveLength(25);
  expect(harvests.position()).toBe("2026-11-28T03:00:00Z");
  const created = harvests.query<{ sum: number }>("SELECT sum(created) AS sum FROM runs");
  expect(created).toEqual([{ sum: 25 }]);
});

it("killed while the database was being made, begins it anew", async () => {
  writeFileSync(harvests.database, "");
  const { failure } = await harvests.night();
  expect(failure).toBeNull();
  expect(harvests.rows()).toHaveLength(25);
});

it("stopped by a signal between two pages goes on behind the last one", async () => {
  let asked = 0;
  const stopSignal = () => (asked >= 2 ? ("SIGTERM" as const) : null);
  harvests.repository.fault = (body, { arguments: { verb } }) => {
    if (verb === "ListRecords") asked++;
    return body;
  };
  const { failure } = await harvests.night({}, { hooks: { stopSignal } });
  expect(failure?.exitStatus).toBe(143);
  harvests.repository.fault = null;
  harvests.repository.asked.length = 0;
  await harvests.night();
  expect(harvests.rows()).toHaveLength(25);
  expect(harvests.repository.asked.every(({ arguments: one }) => "resumptionToken" in one)).toBe(
    true,
  );
});

it("a database that is put back as it was one night harvests what came since once more", async () => {
  const { repository } = harvests;
  await harvests.night();
  const backup = `${harvests.database}.backup`;
  copyFileSync(harvests.database, backup);
  repository.items.push(dcItem(26, "2026-11-28T12:00:00Z"));
  repository.items[3] = {
    ...repository.items[3],
    datestamp: "2026-11-28T12:00:00Z",
    deleted: true,
  };
  repository.clock = "2026-11-29T03:00:00Z";
  harvests.now = Date.parse(repository.clock);
  await harvests.night();
  const undisturbed = harvests.rows();
  for (const end of ["-wal", "-shm"]) rmSync(`${harvests.database}${end}`, { force: true });
  copyFileSync(backup, harvests.database);
  expect([harvests.rows().length, harvests.position()]).toEqual([25, "2026-11-28T03:00:00Z"]);
  const { run } = await harvests.night();
  expect(run?.summary.totals.outcomes).toMatchObject({ created: 1, deleted: 1 });
  expect(harvests.rows()).toEqual(undisturbed);
  expect(harvests.position()).toBe("2026-11-29T03:00:00Z");
});

it("an undo, the undo of it and a further night leave the rows of the repository", async () => {
  const { repository } = harvests;
  await harvests.night();
  repository.items.push(dcItem(26, "2026-11-28T12:00:00Z"));
  repository.clock = "2026-11-29T03:00:00Z";
  harvests.now = Date.parse(repository.clock);
  await harvests.night();
  const asked = { config: harvests.config(), force: false, wait: 0 };
  const undone = await undoRun({ ...asked, run: "last" });
  await undoRun({ ...asked, run: undone.run });
  expect(harvests.position()).toBe("2026-11-29T03:00:00Z");
  await undoRun({ ...asked, run: "last" });
  expect(harvests.position()).toBe("2026-11-28T03:00:00Z");
  const { run } = await harvests.night();
  expect(run?.summary.totals.outcomes).toMatchObject({ created: 1 });
  expect(harvests.rows()).toHaveLength(26);
  expect(harvests.position()).toBe("2026-11-29T03:00:00Z");
});

it("a database from a backup harvests the gap again, whatever is in the spool", async () => {
  await harvests.night({ fetchOnly: true });
  await harvests.night();
  harvests.repository.items.push(dcItem(26, "2026-11-28T12:00:00Z"));
  harvests.repository.clock = "2026-11-29T03:00:00Z";
  await harvests.night({ fetchOnly: true });
  harvests.query("SELECT 1");
  const { otherProgram } = await import("../support/other-program.js");
  otherProgram(harvests.database, (db) => {
    db.exec("DELETE FROM harvest_positions; DELETE FROM record_info WHERE foreign_id LIKE '%:3'");
  });
  await harvests.night();
  expect(harvests.rows()).toHaveLength(26);
});
