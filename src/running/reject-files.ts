/**
 * The pair of files that holds what could not be imported: the bytes as they stood, and a line on
 * each. They appear with the first reject. They are synced before the batch that counts them is
 * committed, and cut back to the checkpoint when a run is resumed, so no reject is lost or doubled.
 */

import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { type Code, codeEntry } from "../diagnostics/catalogue.js";
import { Failure } from "../diagnostics/failure.js";
import { OpenedFile } from "../input/opened-file.js";
import type { InputReject } from "../reading/portion.js";

const LINE_END = Buffer.from("\n");

/** One line of `<run>.rejects.jsonl`. */
interface RejectLine {
  readonly file: string;
  /** One-based record number in that file. */
  readonly number: number;
  /** Bytes in the (unzipped) stream; null where the input is none. */
  readonly offset: number | null;
  readonly length: number | null;
  readonly code: Code;
  readonly message: string;
  readonly control_number: string | null;
  /** Absolute byte offset of the damage, null if it is not known. */
  readonly at: number | null;
}

function lineOf(reject: Omit<InputReject, "further" | "isId">): RejectLine {
  const { file, number, offset, length, reason, controlNumber } = reject;
  return {
    file,
    number,
    offset,
    length,
    code: reason.code,
    message: codeEntry(reason.code).message,
    control_number: controlNumber === "" ? null : controlNumber,
    at: reason.offset,
  };
}

export interface RejectLengths {
  readonly mrc: number;
  readonly jsonl: number;
}

export class RejectFiles {
  readonly mrcPath: string;
  readonly jsonlPath: string;
  private mrc = 0;
  private jsonl = 0;
  private bytes: Buffer[] = [];
  private lines: string[] = [];
  private handles: { mrc: number; jsonl: number } | null = null;
  private opened: readonly OpenedFile[] = [];

  /**
   * @param stem path of both files without their endings
   * @param lengths where a resumed run stands; both files are cut back to it
   * @param step called at each step that a crash might fall between
   * @throws Failure (2) if a resumed run's files no longer hold so much
   */
  constructor(
    stem: string,
    lengths: RejectLengths = { mrc: 0, jsonl: 0 },
    private readonly step: (name: string) => void = noStep,
  ) {
    this.mrcPath = `${stem}.rejects.mrc`;
    this.jsonlPath = `${stem}.rejects.jsonl`;
    this.mrc = lengths.mrc;
    this.jsonl = lengths.jsonl;
    mustHold(this.mrcPath, this.mrc);
    mustHold(this.jsonlPath, this.jsonl);
    if (existsSync(this.mrcPath) || existsSync(this.jsonlPath)) this.open();
  }

  /** Lengths after what has been written so far. */
  get lengths(): RejectLengths {
    return { mrc: this.mrc, jsonl: this.jsonl };
  }

  /** Path of the raw rejects, null while there are none. */
  get path(): string | null {
    return this.jsonl > 0 ? this.mrcPath : null;
  }

  add(reject: Omit<InputReject, "further" | "isId">): void {
    this.bytes.push(reject.bytes);
    if (reject.isText) this.bytes.push(LINE_END);
    this.lines.push(`${JSON.stringify(lineOf(reject))}\n`);
  }

  /** Forgets what was added since the last `sync`. */
  private drop(): void {
    this.bytes = [];
    this.lines = [];
  }

  /**
   * Appends what was added and returns when it is on the disk.
   *
   * @throws Failure (6) if somebody has removed or replaced a file that holds earlier rejects
   */
  sync(): void {
    if (!this.opened.every((file) => file.isInPlace)) throw areGone(this.mrcPath);
    if (this.lines.length === 0) return;
    const { mrc, jsonl } = this.open();
    this.mrc += append(mrc, Buffer.concat(this.bytes), this.mrc);
    this.step("reject-bytes-appended");
    this.jsonl += append(jsonl, Buffer.from(this.lines.join(""), "utf8"), this.jsonl);
    this.step("reject-lines-appended");
    fdatasyncSync(mrc);
    this.step("reject-bytes-synced");
    fdatasyncSync(jsonl);
    this.step("reject-lines-synced");
    this.drop();
  }

  /**
   * Forgets what has been added or written behind a commit. Where the disk does not even take that,
   * the files are cut back when the run is resumed.
   */
  cutBack(to: RejectLengths): void {
    this.drop();
    this.mrc = to.mrc;
    this.jsonl = to.jsonl;
    if (!this.handles) return;
    try {
      ftruncateSync(this.handles.mrc, to.mrc);
      ftruncateSync(this.handles.jsonl, to.jsonl);
    } catch {
      // The error that brought us here is the one to tell.
    }
  }

  private open(): { mrc: number; jsonl: number } {
    if (this.handles) return this.handles;
    // At verbosity 0 no log has made the folder.
    mkdirSync(dirname(this.mrcPath), { recursive: true });
    const flags = (path: string) => (existsSync(path) ? "r+" : "w+");
    const mrc = openSync(this.mrcPath, flags(this.mrcPath));
    const jsonl = openSync(this.jsonlPath, flags(this.jsonlPath));
    this.step("rejects-opened");
    ftruncateSync(mrc, this.mrc);
    ftruncateSync(jsonl, this.jsonl);
    this.step("rejects-cut-back");
    syncFolder(dirname(this.mrcPath));
    this.opened = [new OpenedFile(this.mrcPath), new OpenedFile(this.jsonlPath)];
    this.handles = { mrc, jsonl };
    return this.handles;
  }

  close(): void {
    if (!this.handles) return;
    closeSync(this.handles.mrc);
    closeSync(this.handles.jsonl);
    this.handles = null;
  }
}

/** For runs that nobody interrupts on purpose. */
export const noStep = (_name: string): void => undefined;

/** Without what was rejected before, a resumed run would account for the rest only. */
function mustHold(path: string, length: number): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size >= length) return;
  throw new Failure(
    "usage",
    `${path} holds ${size} bytes, but ${length} were written before the run stopped`,
    "Put the reject files back to resume, or leave --resume out: a run from the start rejects the same.",
  );
}

function areGone(path: string): Failure {
  return new Failure(
    "disk",
    `${path} or the .jsonl beside it was removed or replaced while the run was writing to it`,
    "Leave the log directory alone while an import runs. Run again without --resume: a run from the start rejects the same.",
  );
}

function append(handle: number, bytes: Buffer, position: number): number {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(handle, bytes, written, bytes.length - written, position + written);
  }
  return written;
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
