import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { Lease } from "../../src/store/sqlite/register/lease.js";
import { confOf, marc } from "../faults/jobs.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = new TestDatabase(`${folder.path}/lease.sqlite`).open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const BEGIN = Date.parse("2026-01-02T03:00:00Z");
const minutesLater = (minutes: number) => new Date(BEGIN + minutes * 60_000);

/** As the lease looks from any other host. */
function seenFromElsewhere(): void {
  store.db.exec("UPDATE import_lease SET host = 'elsewhere.example.org'");
}

function taken(): Lease {
  const { lease } = Lease.take(store.db, "run-1", minutesLater(0));
  if (lease === null) expect.unreachable("somebody holds the lease");
  return lease;
}

describe("the lease of a run on another host", () => {
  it("stands for ten minutes without a sign of life, and no longer", () => {
    taken();
    seenFromElsewhere();
    for (const minutes of [0, 9, 10]) {
      expect(Lease.holder(store.db, minutesLater(minutes))).toMatchObject({
        run: "run-1",
        host: "elsewhere.example.org",
      });
      expect(Lease.take(store.db, "run-2", minutesLater(minutes)).lease).toBeNull();
    }
    expect(Lease.holder(store.db, minutesLater(10.1))).toBeNull();
    expect(Lease.take(store.db, "run-2", minutesLater(10.1)).holder).toBeNull();
    expect(store.leaseHolder()).toBe("run-2");
  });

  it("stands as long as the run renews it", () => {
    const lease = taken();
    for (let minutes = 1; minutes <= 30; minutes++) lease.renew(minutesLater(minutes));
    seenFromElsewhere();
    expect(Lease.holder(store.db, minutesLater(39))?.run).toBe("run-1");
    expect(Lease.holder(store.db, minutesLater(41))).toBeNull();
  });

  it("is not written with every batch of a quick run", () => {
    const lease = taken();
    lease.renew(minutesLater(0.4));
    expect(Lease.holder(store.db, minutesLater(1))?.renewedAt).toBe(minutesLater(0).toISOString());
    lease.renew(minutesLater(0.5));
    expect(Lease.holder(store.db, minutesLater(1))?.renewedAt).toBe(
      minutesLater(0.5).toISOString(),
    );
  });
});

describe("an import that takes hours", () => {
  it("gives other hosts a sign of life with each batch", async () => {
    const job = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
    const records = [1, 2, 3, 4, 5, 6, 7].map((i) => marc({ id: `${i}`, title: `Title ${i}` }));
    job.write("in.mrc", Buffer.concat(records));
    const signs: unknown[] = [];
    let hours = 0;
    const step = (name: string) => {
      if (name === "begun") vi.setSystemTime(minutesLater(60 * ++hours));
      if (name !== "committed") return;
      const path = `${job.path}/ivia.sqlite`;
      const sign = "SELECT renewed_at FROM import_lease";
      signs.push(otherProgram(path, (db) => db.prepare(sign).pluck().get()));
    };
    vi.useFakeTimers({ toFake: ["Date"], now: minutesLater(0) });
    try {
      await job.import(["in.mrc"], {}, { step });
    } finally {
      vi.useRealTimers();
      job.remove();
    }
    expect(signs).toEqual([60, 120, 180].map((minutes) => minutesLater(minutes).toISOString()));
  });
});
