/** Whether pages on the disk are what was written: by the digests that their lines hold. */

import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import type { PageLine } from "./manifest.js";

const BLOCK = 64 * 1024;

/** Checks the pages of one spool; holds their files open until it is closed. */
export class PageCheck {
  private readonly handles = new Map<string, number>();
  /** Read into again and again, it stays where the processor has it at hand. */
  private readonly block = Buffer.allocUnsafe(BLOCK);

  /** @param pathOf where the pages of a set stand */
  constructor(private readonly pathOf: (set: string) => string) {}

  isSound({ set, offset, length, sha256 }: PageLine): boolean {
    const handle = this.handleOf(this.pathOf(set));
    return handle !== null && this.digest(handle, offset, length) === sha256;
  }

  close(): void {
    for (const handle of this.handles.values()) closeSync(handle);
    this.handles.clear();
  }

  private handleOf(path: string): number | null {
    const open = this.handles.get(path);
    if (open !== undefined) return open;
    if (!existsSync(path)) return null;
    const handle = openSync(path, "r");
    this.handles.set(path, handle);
    return handle;
  }

  private digest(handle: number, offset: number, length: number): string {
    const { block } = this;
    const hash = createHash("sha256");
    for (let done = 0; done < length; ) {
      const most = Math.min(block.length, length - done);
      const read = readSync(handle, block, 0, most, offset + done);
      if (read === 0) break;
      hash.update(block.subarray(0, read));
      done += read;
    }
    return hash.digest("hex");
  }
}
