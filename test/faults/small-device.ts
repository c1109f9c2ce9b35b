/** A file system of a few megabytes, where the tests may mount one. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const run = (command: string, args: readonly string[]) => spawnSync(command, args).status === 0;

export class SmallDevice {
  readonly path = mkdtempSync(join(tmpdir(), "device"));

  /**
   * @param bytes its size
   * @throws Error if it cannot be mounted
   */
  constructor(bytes: number) {
    if (run("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "none", this.path])) return;
    rmSync(this.path, { recursive: true });
    throw new Error("no file system can be mounted here");
  }

  /** Lets others have all but so many bytes of it. */
  leave(bytes: number): void {
    const { bavail, bsize } = statfsSync(this.path);
    writeFileSync(join(this.path, "filler"), Buffer.alloc(Math.max(0, bavail * bsize - bytes), 1));
  }

  /** Does something while this is where temporary folders are made. */
  during<T>(work: () => T): T {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = this.path;
    try {
      return work();
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  }

  /** Gives back what others had. */
  makeRoom(): void {
    rmSync(join(this.path, "filler"), { force: true });
  }

  remove(): void {
    run("umount", [this.path]);
    rmSync(this.path, { recursive: true });
  }
}

/** Whether the tests may mount a file system. */
export const CAN_MOUNT = (() => {
  if (process.geteuid?.() !== 0) return false;
  try {
    new SmallDevice(65_536).remove();
    return true;
  } catch {
    return false;
  }
})();
