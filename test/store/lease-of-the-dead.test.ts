import { spawn } from "node:child_process";
import fs, { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { hostname } from "node:os";
import { describe, expect, it, vi } from "vitest";
import { Failure } from "../../src/diagnostics/failure.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

/** State and start time of a process, as the kernel tells them. */
function stat(processId: number): { state: string; started: string } {
  const text = readFileSync(`/proc/${processId}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0], started: fields[19] };
}

/** Starts a process whose child has ended and is never asked for, and gives the child. */
async function zombie(): Promise<{ processId: number; end(): void }> {
  const parent = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]);
  const [line] = (await parent.stdout.iterator({ destroyOnReturn: false }).next()).value
    .toString()
    .split("\n");
  const processId = Number(line);
  while (stat(processId).state !== "Z") await new Promise((resolve) => setTimeout(resolve, 5));
  return { processId, end: () => parent.kill("SIGKILL") };
}

describe("the lease of a process that was killed", () => {
  it("is taken over although nobody has asked for the process yet", async () => {
    const folder = temporaryFolder();
    const { processId, end } = await zombie();
    try {
      new TestDatabase(`${folder.path}/lease.sqlite`).with((store) => {
        const lease = store.db.prepare("INSERT INTO import_lease VALUES (1, ?, ?, ?, ?, ?)");
        const { started } = stat(processId);
        lease.run("run-1", hostname(), processId, started, new Date().toISOString());
        expect(store.leaseHolder()).toBeNull();
        expect(store.takeLease("run-2").holder).toBeNull();
        expect(store.leaseHolder()).toBe("run-2");
      });
    } finally {
      end();
      folder.remove();
    }
  });
});

describe("the lease of a process that the system hides", () => {
  it("stands, since the process is there", () => {
    const folder = temporaryFolder();
    new TestDatabase(`${folder.path}/lease.sqlite`).with((store) => {
      const lease = store.db.prepare("INSERT INTO import_lease VALUES (1, ?, ?, ?, ?, ?)");
      lease.run("run-1", hostname(), process.ppid, "12345", new Date().toISOString());
      expect(store.leaseHolder(), "another process has the number by now").toBeNull();
      // As with /proc mounted with hidepid, where the other is of another account.
      vi.spyOn(fs, "readFileSync").mockImplementation((path) => {
        throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT", syscall: "open" });
      });
      syncBuiltinESMExports();
      try {
        expect(store.leaseHolder()).toBe("run-1");
      } finally {
        vi.restoreAllMocks();
        syncBuiltinESMExports();
      }
    });
    folder.remove();
  });
});

describe("a lease that has gone to another run", () => {
  it("lets its former holder write nothing more", () => {
    const folder = temporaryFolder();
    new TestDatabase(`${folder.path}/lease.sqlite`).with((store) => {
      store.takeLease("run-1");
      store.transaction(() => undefined);
      otherProgram(store.path, (db) => db.exec("UPDATE import_lease SET run = 'run-2'"));
      const work = vi.fn();
      expect(() => store.transaction(work)).toThrow(/taken over by run run-2/);
      expect(work).not.toHaveBeenCalled();
      expect(() => store.beginBatch()).toThrow(Failure);
      otherProgram(store.path, (db) => db.exec("DELETE FROM import_lease"));
      expect(() => store.transaction(work)).toThrow(/taken over by another run, which has ended/);
    });
    folder.remove();
  });
});
