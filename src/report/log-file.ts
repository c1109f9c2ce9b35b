/**
 * The file behind the log. Lines are appended while the caller waits, so that none is lost at exit
 * and a disk that takes no more is told at once; winston's own file transport keeps that to itself.
 */

import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Writable } from "node:stream";

interface LogFileOptions {
  readonly path: string;
  /** Bytes at which the file is put aside and a new one begun; null for never. */
  readonly maxSize: number | null;
  /** Files put aside that are kept, at least one; null for all. */
  readonly keep: number | null;
}

/** A stream whose every write is on its way to the disk, or has failed, when it returns. */
export class LogFile extends Writable {
  private handle: number;
  private failure: Error | null = null;

  /** @throws the error of the file system */
  constructor(private readonly options: LogFileOptions) {
    super({ decodeStrings: true });
    // Somebody may have removed the folder since the run began.
    mkdirSync(dirname(options.path), { recursive: true });
    this.handle = openSync(options.path, "a");
  }

  /** The first error of a write since the last call, null if there was none. */
  takeFailure(): Error | null {
    const { failure } = this;
    this.failure = null;
    return failure;
  }

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    try {
      this.append(bytes);
    } catch (error) {
      this.failure ??= this.named(error as NodeJS.ErrnoException);
    }
    // The stream itself goes on: how the run ends may still find room.
    this.emit("taken");
    done();
  }

  private append(bytes: Buffer): void {
    // Another run may have put the file aside, and somebody may have removed it. Where logrotate has
    // renamed it, the run's lines stay together.
    if (this.isRemoved() || (this.isFull(bytes) && this.isMoved())) this.reopen();
    if (this.isFull(bytes)) this.putAside();
    let written = 0;
    while (written < bytes.length) written += writeSync(this.handle, bytes, written);
  }

  /** The system names no file of which it has the number. */
  private named(error: NodeJS.ErrnoException): Error {
    const { message, code, syscall } = error;
    return Object.assign(new Error(`${this.options.path}: ${message}`), { code, syscall });
  }

  private isFull(bytes: Buffer): boolean {
    const { maxSize } = this.options;
    if (maxSize === null) return false;
    const { size } = fstatSync(this.handle);
    return size > 0 && size + bytes.length > maxSize;
  }

  private isRemoved(): boolean {
    return fstatSync(this.handle).nlink === 0;
  }

  private isMoved(): boolean {
    const { ino } = fstatSync(this.handle);
    return statSync(this.options.path, { throwIfNoEntry: false })?.ino !== ino;
  }

  private reopen(): void {
    // The old one is closed last: if there is no new one, its number must not go to another file.
    const moved = this.handle;
    mkdirSync(dirname(this.options.path), { recursive: true });
    this.handle = openSync(this.options.path, "a");
    closeSync(moved);
  }

  /** `MARC_importer.log` becomes `MARC_importer1.log`, that one `MARC_importer2.log`, and so on. */
  private putAside(): void {
    const { path, keep } = this.options;
    const most = keep ?? this.lastNumber() + 1;
    for (let number = most; number > 0; number--) {
      const from = number === 1 ? path : numbered(path, number - 1);
      if (existsSync(from)) renameSync(from, numbered(path, number));
    }
    this.reopen();
  }

  private lastNumber(): number {
    const { path } = this.options;
    const name = basename(path, ".log");
    const numbers = readdirSync(dirname(path)).map((entry) => {
      const digits = entry.startsWith(name) ? entry.slice(name.length) : "";
      return /^\d+\.log$/.test(digits) ? Number.parseInt(digits, 10) : 0;
    });
    return Math.max(0, ...numbers);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    closeSync(this.handle);
    done(error);
  }
}

function numbered(path: string, number: number): string {
  return join(dirname(path), `${basename(path, ".log")}${number}.log`);
}
