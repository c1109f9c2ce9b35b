/** An export in files of so many lines each, all of them there or none. */

import { existsSync } from "node:fs";
import { parse } from "node:path";
import { Failure } from "../diagnostics/failure.js";
import { OutputStream } from "../output/output-stream.js";
import { outputPath } from "./output-file.js";

const DIGITS = 4;

/** `out.jsonl` stands for `out-0001.jsonl` and those that follow. */
export class ChunkedFiles {
  private readonly files: OutputStream[] = [];
  private lines = 0;

  /** @param names the file as named, the directory that it is relative to, and what must not be overwritten */
  constructor(
    private readonly size: number,
    private readonly names: {
      readonly file: string;
      readonly cwd: string;
      readonly kept: readonly string[];
    },
  ) {}

  write(line: string): void {
    if (this.lines % this.size === 0) {
      this.files.at(-1)?.close();
      this.files.push(new OutputStream(this.pathOf(this.files.length + 1)));
    }
    this.lines++;
    this.files.at(-1)?.write(line);
  }

  /** @throws Failure when a file of an earlier, longer export would stay beside them, and be taken for theirs */
  finish(): void {
    const stale = this.pathOf(this.files.length + 1);
    if (existsSync(stale)) {
      throw new Failure(
        "usage",
        `${stale} is there already, of an export with more files than this one (${this.files.length})`,
        "Take the files of the earlier export away, or name another file. Nothing was written.",
      );
    }
    for (const file of this.files) file.finish();
  }

  discard(): void {
    for (const file of this.files) file.discard();
  }

  private pathOf(number: number): string {
    const { file, cwd, kept } = this.names;
    const { dir, name, ext } = parse(file);
    const chunk = `${name}-${String(number).padStart(DIGITS, "0")}${ext}`;
    return outputPath(dir === "" ? chunk : `${dir}/${chunk}`, cwd, kept);
  }
}
