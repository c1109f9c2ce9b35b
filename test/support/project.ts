/** A folder that looks like a fresh clone which has been built: commands run in it as a user runs them. */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const LINKED = ["bin", "dist", "etc", "samples", "docs", "node_modules"];

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "marc-import-test-"));

  constructor() {
    for (const name of LINKED) symlinkSync(join(ROOT, name), join(this.folder, name));
    // Not a link: npm, called in the folder, would write into this project's own.
    copyFileSync(join(ROOT, "package.json"), join(this.folder, "package.json"));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Runs a line of shell in the folder. */
  shell(line: string, input?: Buffer): Finished {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
      ...(input ? { input } : {}),
    });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
