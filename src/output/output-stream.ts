/** A file that is written piece by piece, and is there under its name only when it is whole. */

import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { Failure } from "../diagnostics/failure.js";
import { openHandle, writeAll } from "./open-handle.js";

const CHUNK = 1 << 20;

/** What stands there is the system's own, even where it leads to a file: `/dev/stdout > FILE`. */
const OF_THE_SYSTEM = /^\/(?:dev|proc)\//;

export class OutputStream {
  private readonly written: string;
  /** Where it is renamed to: where a link leads, which itself stays. */
  private readonly named: string;
  private handle: number;
  /** Whether it was open before, and is not ours to close. */
  private readonly isGiven: boolean;
  private pieces: (Buffer | string)[] = [];
  private size = 0;
  private isDone = false;

  /**
   * @param path absolute; a pipe, a device and standard output (`/dev/stdout`) are written to as they are
   * @throws Failure (6) if it cannot be opened
   */
  constructor(readonly path: string) {
    const given = openHandle(path);
    const stats = statSync(path, { throwIfNoEntry: false });
    const isFile = (stats === undefined || stats.isFile()) && !OF_THE_SYSTEM.test(path);
    this.named = isFile && stats !== undefined ? realpathSync(path) : path;
    this.written = isFile ? `${this.named}.part` : path;
    this.isGiven = given !== null;
    this.handle = given ?? this.guarded(() => openSync(this.written, isFile ? "w" : "a"));
  }

  /** Whether it is a file, or will be one: neither a pipe nor a device. */
  get isFile(): boolean {
    return this.written !== this.named;
  }

  /** @throws Failure (6) if the disk does not take it */
  write(piece: Buffer | string): void {
    if (piece.length === 0) return;
    this.pieces.push(piece);
    this.size += piece.length;
    if (this.size >= CHUNK) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.concat(
      this.pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)),
    );
    this.pieces = [];
    this.size = 0;
    this.guarded(() => writeAll(this.handle, bytes));
  }

  /** Writes what is left, and takes no more; the file has its name only after `finish`. */
  close(): void {
    if (this.handle < 0) return;
    this.flush();
    this.guarded(() => {
      if (this.isFile) fsyncSync(this.handle);
      this.closeHandle();
    });
  }

  /** Writes what is left, and gives the file its name. */
  finish(): void {
    this.close();
    if (this.isFile) this.guarded(() => renameSync(this.written, this.named));
    this.isDone = true;
  }

  /** Leaves nothing behind that is not whole; after `finish` nothing is done. */
  discard(): void {
    if (this.isDone) return;
    this.closeHandle();
    this.isDone = true;
    if (this.isFile) rmSync(this.written, { force: true });
  }

  private closeHandle(): void {
    const { handle } = this;
    this.handle = -1;
    if (handle >= 0 && !this.isGiven) closeSync(handle);
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new Failure(
        "disk",
        `${this.path} could not be written: ${(error as Error).message}`,
        "Make room, or name a file elsewhere, and run the command again: nothing is left of this one.",
        { cause: error },
      );
    }
  }
}
