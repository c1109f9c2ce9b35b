/** When a batch is committed, and what is on the disk by then. */

import fs, { readlinkSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import { committedRows, confOf, damaged, marc } from "../faults/jobs.js";
import { RunFolder } from "../support/run-harness.js";

let folder: RunFolder;
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  folder.remove();
});

function titles(count: number): Buffer {
  const numbers = Array.from({ length: count }, (_, i) => i);
  return Buffer.concat(numbers.map((i) => marc({ id: `${i}`, title: `Title ${i}` })));
}

/** How many records are committed, each time that some are, where each portion takes so many milliseconds. */
async function batches(milliseconds: number): Promise<number[]> {
  const conf = confOf({ source: "test", policy: "KEEP_ALL" });
  folder = new RunFolder(conf.replace("batch_size = 3", "batch_size = 100000"));
  folder.write("in.mrc", titles(900));
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const committed: number[] = [];
  const step = (name: string) => {
    if (name === "committed") committed.push(committedRows(folder));
  };
  const onPortion = () => {
    now += milliseconds;
  };
  await folder.import(["in.mrc"], {}, { step, onPortion });
  return committed;
}

describe("a batch", () => {
  it("is committed before it is full where its records come slowly", async () => {
    expect(await batches(1500)).toEqual([750, 900]);
  });

  it("is committed when it is full, or at the end, where they come quickly", async () => {
    expect(await batches(10)).toEqual([900]);
  });
});

describe("rejects", () => {
  it("are synced to the disk, with the lines on them, before their batch is committed", async () => {
    folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
    folder.write("in.mrc", Buffer.concat([damaged(1), titles(1)]));
    const events: string[] = [];
    const sync = fs.fdatasyncSync;
    vi.spyOn(fs, "fdatasyncSync").mockImplementation((handle) => {
      events.push(basename(readlinkSync(`/proc/self/fd/${handle}`)).replace(/^.*?\.rejects/, ""));
      sync(handle);
    });
    syncBuiltinESMExports();
    const step = (name: string) => {
      if (name === "committed") events.push(name);
    };
    await folder.import(["in.mrc"], {}, { step });
    expect(events).toEqual([".mrc", ".jsonl", "committed"]);
  });
});
