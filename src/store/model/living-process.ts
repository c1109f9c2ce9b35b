/** Whether a process of this host that has left its number somewhere still lives. */

import { readFileSync } from "node:fs";

/**
 * When a process of this host started, in the kernel's ticks; "" if it has ended, although its entry
 * may stay until its parent asks for it. Null if it cannot be told: a system may hide the processes of
 * other accounts.
 */
export function processStarted(processId: number): string | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
    // The command name, in brackets, may hold blanks; behind it the state and, 20th, the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /[ZX]/.test(fields[0]) ? "" : (fields[19] ?? "");
  } catch {
    return null;
  }
}

function processExists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export interface NumberedProcess {
  readonly processId: number;
  /** What `processStarted` gave for it, "" if it could not be told. */
  readonly started: string;
}

export function hasEnded({ processId, started }: NumberedProcess): boolean {
  if (!processExists(processId)) return true;
  // The number may have gone to another process since, after a reboot most of all.
  if (started === "") return false;
  const now = processStarted(processId);
  return now !== null && now !== started;
}
