/** One process at a time works on the spools of a repository. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../diagnostics/failure.js";
import { hasEnded, processStarted } from "../store/model/living-process.js";

const POLL_MS = 250;

interface Holder {
  readonly host: string;
  readonly processId: number;
  readonly started: string;
}

/**
 * Takes the folder of a repository, waiting for another process as long as allowed.
 *
 * @returns what gives it back
 * @throws Failure (4) naming the process that has it
 */
export async function lockSpool(folder: string, waitSeconds: number): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "lock");
  const own: Holder = {
    host: hostname(),
    processId: process.pid,
    started: processStarted(process.pid) ?? "",
  };
  const until = Date.now() + waitSeconds * 1000;
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(own), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = read(path);
    if (holder === null || (holder.host === own.host && hasEnded(holder))) {
      rmSync(path, { force: true });
    } else if (Date.now() >= until) {
      throw new Failure(
        "held",
        `${folder} is held by process ${holder.processId} on ${holder.host}, which is harvesting the same repository`,
        `Wait until it has ended, or give --wait SECONDS; if there is no such process, remove ${path}.`,
      );
    } else await sleep(POLL_MS);
  }
}

/** @returns null for what nobody can have written whole and still hold */
function read(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}
