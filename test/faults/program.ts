/** The built program in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const BIN = join(import.meta.dirname, "../../bin/MARC_import");

export interface Ended {
  /** null if a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly end: Promise<Ended>;
}

/** Starts the program in a folder; its standard input is open until somebody ends it. */
export function start(folder: string, args: readonly string[]): Running {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  // Who stops early leaves its input unread.
  child.stdin.on("error", () => undefined);
  const end = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, ...output }));
  });
  return { process: child, end };
}

/** Waits until the program hears signals; before, one of them ends it like any program. */
export async function listening({ process: child }: Running): Promise<void> {
  if (!existsSync("/proc/self/status")) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return;
  }
  // Node itself catches the others from its start on; the last digit holds SIGHUP.
  await until(
    () => child.exitCode !== null || /SigCgt:\s*\w*[13579bdf]$/m.test(statusOf(child.pid)),
  );
}

function statusOf(pid: number | undefined): string {
  return readFileSync(`/proc/${pid}/status`, "utf8");
}

/** Waits until something is so, for as long as a test may take. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
