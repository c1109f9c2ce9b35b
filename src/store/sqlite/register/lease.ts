/**
 * One writer at a time: a row that says which run holds the database. SQLite's own lock is held only
 * while a batch is written; the lease lasts from the first batch to the last.
 */

import { hostname } from "node:os";
import type { Database, Statement } from "better-sqlite3";
import { hasEnded, processStarted } from "../../model/living-process.js";
import type { LeaseHolder, Lease as LeasePort } from "../../port.js";
import { storeFailure } from "../file/store-failure.js";

/** A holder on another host that has not renewed its lease for so long is taken for dead. */
const STALE_AFTER_MS = 10 * 60 * 1000;
/** A lease is renewed with a batch when it is older than this. */
const RENEW_AFTER_MS = 30 * 1000;

interface RawLease {
  run: string;
  host: string;
  process_id: number;
  process_started: string;
  renewed_at: string;
}

function isDead(lease: RawLease, now: Date): boolean {
  if (lease.host !== hostname()) {
    return now.getTime() - Date.parse(lease.renewed_at) > STALE_AFTER_MS;
  }
  return hasEnded({ processId: lease.process_id, started: lease.process_started });
}

/** The lease was taken, or somebody else holds it. */
type Taken =
  | { readonly lease: Lease; readonly holder: null }
  | { readonly lease: null; readonly holder: LeaseHolder };

export class Lease implements LeasePort {
  private renewedAt = 0;
  private readonly selectRun: Statement<[], string>;

  private constructor(
    private readonly db: Database,
    private run: string,
  ) {
    this.selectRun = db.prepare<[], string>("SELECT run FROM import_lease").pluck();
  }

  /**
   * Takes the lease unless another living importer holds it.
   *
   * @returns the lease, or who holds it
   * @throws SqliteError when the database cannot be written
   */
  static take(db: Database, run: string, now = new Date()): Taken {
    return db
      .transaction(() => {
        const holder = Lease.holder(db, now);
        if (holder) return { lease: null, holder };
        db.prepare("INSERT OR REPLACE INTO import_lease VALUES (1, ?, ?, ?, ?, ?)").run(
          run,
          hostname(),
          process.pid,
          processStarted(process.pid) ?? "",
          now.toISOString(),
        );
        const lease = new Lease(db, run);
        lease.renewedAt = now.getTime();
        return { lease, holder: null };
      })
      .immediate();
  }

  /** Who holds the lease and lives, or null. */
  static holder(db: Database, now = new Date()): LeaseHolder | null {
    const held = db.prepare("SELECT * FROM import_lease").get() as RawLease | undefined;
    if (!held || isDead(held, now)) return null;
    const { run, host, process_id: processId, renewed_at: renewedAt } = held;
    return { run, host, processId, renewedAt };
  }

  /** Holds the lease on behalf of an earlier run, which goes on. */
  rename(run: string): void {
    this.db.prepare("UPDATE import_lease SET run = ? WHERE run = ?").run(run, this.run);
    this.run = run;
  }

  /**
   * To be called inside each transaction: a holder who was silent for long is taken for dead on
   * other hosts, and what it knows of the rows is no longer true when another has written.
   *
   * @throws Failure when the lease has gone to another run
   */
  mustBeHeld(path: string): void {
    const holder = this.selectRun.get();
    if (holder === this.run) return;
    const by = holder === undefined ? "another run, which has ended" : `run ${holder}`;
    throw storeFailure(
      "locked",
      `${path}: was taken over by ${by}, since this run gave no sign of life for ten minutes`,
      "When the other run has ended, run the same command with --resume, or without it if the input is a pipe.",
    );
  }

  /** Says that the holder lives; call inside a batch's transaction. */
  renew(now = new Date()): void {
    if (now.getTime() - this.renewedAt < RENEW_AFTER_MS) return;
    this.db
      .prepare("UPDATE import_lease SET renewed_at = ? WHERE run = ?")
      .run(now.toISOString(), this.run);
    this.renewedAt = now.getTime();
  }

  release(): void {
    this.db.prepare("DELETE FROM import_lease WHERE run = ?").run(this.run);
  }
}
