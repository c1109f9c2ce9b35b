/** Real devices that are full: the log and the reject files on one, or everything. */

import { cpSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";
import { failureOf, mustEndRight } from "./after-a-fault.js";
import { confOf, FILES, incoming, marc, prepare } from "./jobs.js";
import { CAN_MOUNT, SmallDevice } from "./small-device.js";
import { type WholeState, wholeState } from "./whole-state.js";

const PAGE = 4096;
const MEGABYTE = 1024 * 1024;

/** Damaged records of the size of a page, among good ones. */
function withLargeRejects(): Buffer {
  const many = Array.from({ length: 10 }, (_, index) => [
    marc({ id: `big${index}`, title: `Big ${index}` }),
    Buffer.from(`05000nam a22000xx ${"no directory here ".repeat(270)}\x1e\x1d`, "latin1"),
  ]);
  return Buffer.concat([incoming().second, ...many.flat()]);
}

let before: RunFolder;
let straight: WholeState;
let folder: RunFolder;
let device: SmallDevice;

/** Prepares a job, and finds out what an undisturbed run leaves. */
async function prepareJob(journal: string): Promise<void> {
  before = new RunFolder(
    confOf({ source: "test", policy: "MERGE", verbosity: 4, database: `journal = ${journal}` }),
  );
  await prepare(before);
  before.write("second.mrc", withLargeRejects());
  const copy = copyOf(before);
  const { summary } = await copy.import(FILES);
  expect(summary.totals.outcomes.rejected).toBe(14);
  straight = wholeState(copy.path, summary.rejectsFile);
  copy.remove();
}

function copyOf(original: RunFolder): RunFolder {
  const copy = new RunFolder("");
  cpSync(original.path, copy.path, { recursive: true });
  return copy;
}

/** Looks whether the database is whole. A lease that could not be given back falls with the process. */
const integrity = () =>
  otherProgram(join(folder.path, "ivia.sqlite"), (db) => {
    db.exec("DELETE FROM import_lease");
    return db.pragma("integrity_check", { simple: true });
  });

/** Imports with so many bytes left on the device, then with enough. @returns whether it failed at first */
async function mustSurvive(bytes: number): Promise<boolean> {
  device.leave(bytes);
  const failure = await failureOf(folder);
  if (failure) {
    expect(failure, `${bytes} bytes`).toMatchObject({ exitStatus: 6 });
    expect(failure.message).toMatch(/ENOSPC|SQLITE_(FULL|IOERR)/);
    expect(failure.message).toMatch(/nothing was imported|\d+ records are done and safe/);
  }
  device.makeRoom();
  expect(integrity()).toBe("ok");
  await mustEndRight(folder, straight, `${bytes} bytes`);
  return failure !== null;
}

describe.runIf(CAN_MOUNT)("a small device that holds the log and the reject files", () => {
  beforeAll(() => prepareJob("wal"));
  afterAll(() => before.remove());

  it("ends the run with 6 wherever it is full, and the resumed run ends right", async () => {
    let failures = 0;
    for (let bytes = 0; ; bytes += PAGE) {
      folder = copyOf(before);
      rmSync(join(folder.path, "log"), { recursive: true, force: true });
      device = new SmallDevice(MEGABYTE);
      symlinkSync(device.path, join(folder.path, "log"));
      const failed = await mustSurvive(bytes).finally(() => device.remove());
      folder.remove();
      if (!failed) break;
      failures++;
    }
    // The rejects alone fill twelve pages.
    expect(failures).toBeGreaterThan(12);
  });
});

describe.runIf(CAN_MOUNT).each(["wal", "delete"])(
  "a small device that holds everything, journal = %s",
  (journal) => {
    beforeAll(() => prepareJob(journal));
    afterAll(() => before.remove());
    beforeEach(() => {
      device = new SmallDevice(8 * MEGABYTE);
    });
    afterEach(() => device.remove());

    it("ends the run with 6 wherever it is full, and the resumed run ends right", async () => {
      let failures = 0;
      for (let bytes = 0; ; bytes += 8 * PAGE) {
        folder = device.during(() => copyOf(before));
        const failed = await mustSurvive(bytes);
        folder.remove();
        if (!failed) break;
        failures++;
      }
      expect(failures).toBeGreaterThan(5);
    });
  },
);
