/** What a run that is stopped in its middle tells: no line too few in the log, and where it goes on. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProgressState } from "../../src/cli/progress.js";
import { confOf, marc } from "../faults/jobs.js";
import { RunFolder } from "../support/run-harness.js";

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL", verbosity: 5 }));
});
afterEach(() => folder.remove());

/** Records of some 9 kB: some hundreds of them are more than one look into the file takes. */
const records = (count: number) =>
  Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      marc({ id: `id${i}`, title: `Title ${i}`, publisher: "x".repeat(9000) }),
    ),
  );

function stopAfter(portions: number): () => NodeJS.Signals | null {
  let asked = 0;
  return () => (++asked >= portions ? "SIGTERM" : null);
}

const logLines = () =>
  readFileSync(join(folder.path, "log/MARC_import/MARC_importer.log"), "utf8").trim().split("\n");

describe("a run that is stopped in its middle", () => {
  it("has explained every record that it took, and no other, in the log", async () => {
    folder.write("in.mrc", records(12));
    const stopped = await folder.import(["in.mrc"], {}, { stopSignal: stopAfter(2) });
    const { recordsRead } = stopped.summary.totals;
    expect(recordsRead).toBeGreaterThan(0);
    expect(recordsRead).toBeLessThan(12);
    const explained = () => logLines().filter((line) => line.endsWith("| DECISION")).length;
    const treated = () => logLines().filter((line) => / record {2}created /.test(line)).length;
    expect([explained(), treated()]).toEqual([recordsRead, recordsRead]);
    expect(logLines().at(-1)).toMatch(/ total {5}log /);
    await folder.import(["in.mrc"], { resume: true });
    expect([explained(), treated()]).toEqual([12, 12]);
  });

  it("leaves whole objects in a log of JSON", async () => {
    const conf = confOf({ source: "test", policy: "KEEP_ALL", verbosity: 5 });
    folder.write("job.conf", `${conf}[Logging]\nlog_format = json\n`);
    folder.write("in.mrc", records(12));
    const stopped = await folder.import(["in.mrc"], {}, { stopSignal: stopAfter(2) });
    const events = logLines().map((line) => JSON.parse(line));
    const explained = events.filter(({ event }) => event === "explain");
    expect(explained.map(({ record }) => record.number)).toEqual(
      Array.from({ length: stopped.summary.totals.recordsRead }, (_, i) => i + 1),
    );
  });

  it("goes on with its progress there, not at the start of the file", async () => {
    folder.write("job.conf", confOf({ source: "test", policy: "KEEP_ALL" }));
    folder.write("in.mrc", records(600));
    const shares: number[] = [];
    const onPortion = (state: ProgressState) => {
      shares.push(state.inputs[0].bytesRead / (state.inputs[0].bytes ?? 0));
    };
    await folder.import(["in.mrc"], {}, { onPortion, stopSignal: stopAfter(100) });
    const stoppedAt = shares.at(-1) ?? 0;
    expect(stoppedAt).toBeGreaterThan(0.3);
    expect(stoppedAt).toBeLessThan(1);
    shares.length = 0;
    await folder.import(["in.mrc"], { resume: true }, { onPortion });
    expect(shares[0]).toBeGreaterThanOrEqual(stoppedAt - 0.2);
    expect(shares.at(-1)).toBe(1);
  });
});
