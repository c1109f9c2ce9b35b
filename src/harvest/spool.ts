/**
 * The pages of one harvest on the disk: a file of bodies for each set, one behind another, never changed,
 * and `manifest.jsonl`, which says what of them counts. The body is on the disk before its line, and
 * what lies behind the last line is cut off when the spool is opened again.
 */

import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import {
  HarvestState,
  type ManifestLine,
  type PlacedLine,
  RETRIES,
  readManifest,
  type SpoolPlan,
} from "./manifest.js";
import { PageCheck } from "./page-check.js";

const MANIFEST = "manifest.jsonl";
/** Milliseconds between two syncs while pages come. */
const SYNC_MS = 1000;
const LONGEST_NAME = 150;

/** A name that any file system takes, different for different texts. */
export function fileName(text: string): string {
  const safe = encodeURIComponent(text).replace(/[*'()!]/g, (one) => {
    return `%${one.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  const name = safe.startsWith(".") ? `%2E${safe.slice(1)}` : safe;
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, 100)}-${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
}

function pagesName(set: string): string {
  if (set === RETRIES) return "%retries.pages";
  return `${set === "" ? "all" : fileName(set)}.pages`;
}

interface Pages {
  readonly handle: number;
  /** Bytes that lines of the manifest account for. */
  length: number;
  /** Bytes of the body that is under way. */
  written: number;
}

export class Spool {
  private readonly files = new Map<string, Pages>();
  private synced = 0;
  private badBodies = 0;

  private constructor(
    /** Absolute path. */
    readonly folder: string,
    readonly state: HarvestState,
    private readonly manifest: number,
    private readonly step: (name: string) => void,
  ) {}

  /** Begins a spool in a folder that is not there yet. */
  static begin(folder: string, plan: SpoolPlan, step: (name: string) => void = noStep): Spool {
    mkdirSync(folder, { recursive: true });
    const manifest = openSync(join(folder, MANIFEST), "a");
    const spool = new Spool(folder, new HarvestState(), manifest, step);
    spool.note({ kind: "plan", plan });
    spool.sync();
    return spool;
  }

  /**
   * Opens a spool again; what lies behind its last sound line is cut off.
   *
   * @returns null where not even its plan is there
   */
  static open(folder: string, step: (name: string) => void = noStep): Spool | null {
    const path = join(folder, MANIFEST);
    if (!existsSync(path)) return null;
    const read = readManifest(readFileSync(path));
    const { lines, length } = soundLines(folder, read);
    const state = stateOf(lines);
    if (state === null) return null;
    const manifest = openSync(path, "r+");
    ftruncateSync(manifest, length);
    closeSync(manifest);
    const spool = new Spool(folder, state, openSync(path, "a"), step);
    for (const { line } of lines) {
      if (line.kind === "page") spool.pagesOf(line.set).length = line.offset + line.length;
    }
    for (const { handle, length: end } of spool.files.values()) ftruncateSync(handle, end);
    return spool;
  }

  get name(): string {
    return basename(this.folder);
  }

  get plan(): SpoolPlan {
    return this.state.plan as SpoolPlan;
  }

  /** Absolute path of the pages of a set. */
  path(set: string): string {
    return join(this.folder, pagesName(set));
  }

  /** Begins the body of a page anew, behind the last page of the set. */
  beginBody(set: string): void {
    const pages = this.pagesOf(set);
    if (pages.written > 0) ftruncateSync(pages.handle, pages.length);
    pages.written = 0;
  }

  appendBody(set: string, bytes: Buffer): void {
    const pages = this.pagesOf(set);
    let done = 0;
    while (done < bytes.length) {
      const at = pages.length + pages.written;
      const wrote = writeSync(pages.handle, bytes, done, bytes.length - done, at);
      done += wrote;
      pages.written += wrote;
    }
  }

  /** Where the body that is under way begins, and its length so far. */
  body(set: string): { readonly offset: number; readonly length: number } {
    const { length: offset, written: length } = this.pagesOf(set);
    return { offset, length };
  }

  /** Puts the body that is under way aside, since it is no page: `bad-1.body`. */
  putAside(set: string): string {
    const { handle, length, written } = this.pagesOf(set);
    const bytes = Buffer.alloc(Math.min(written, 1024 * 1024));
    readSync(handle, bytes, 0, bytes.length, length);
    const path = join(this.folder, `bad-${++this.badBodies}.body`);
    writeFileSync(path, bytes);
    this.beginBody(set);
    return path;
  }

  /** Takes a line, and with that of a page its body. */
  note(line: ManifestLine): void {
    if (line.kind === "page") {
      this.step("body-written");
      this.syncBodies(false);
    }
    const text = Buffer.from(`${JSON.stringify(line)}\n`, "utf8");
    let done = 0;
    while (done < text.length) done += writeSync(this.manifest, text, done);
    this.step("line-written");
    this.state.add(line);
    if (line.kind !== "page") {
      this.sync();
      return;
    }
    const pages = this.pagesOf(line.set);
    pages.length += pages.written;
    pages.written = 0;
  }

  /** Returns when everything is on the disk, bodies first. */
  sync(): void {
    this.syncBodies(true);
    fsyncSync(this.manifest);
    this.step("spool-synced");
  }

  private syncBodies(always: boolean): void {
    const now = performance.now();
    if (!always && now - this.synced < SYNC_MS) return;
    for (const { handle } of this.files.values()) fsyncSync(handle);
    if (!always) fsyncSync(this.manifest);
    this.synced = now;
  }

  close(): void {
    for (const { handle } of this.files.values()) closeSync(handle);
    this.files.clear();
    closeSync(this.manifest);
  }

  private pagesOf(set: string): Pages {
    const known = this.files.get(set);
    if (known) return known;
    const path = this.path(set);
    const handle = openSync(path, existsSync(path) ? "r+" : "w+");
    const pages = { handle, length: 0, written: 0 };
    this.files.set(set, pages);
    return pages;
  }
}

/** What the lines come to; null where they are not those of a harvest. */
function stateOf(lines: readonly PlacedLine[]): HarvestState | null {
  const state = new HarvestState();
  try {
    for (const { line } of lines) state.add(line);
  } catch {
    return null;
  }
  return state.plan === null ? null : state;
}

/** What a spool says of itself while somebody else may be writing it. */
export interface SpoolView {
  readonly state: HarvestState;
  /** Absolute path of the pages of a set. */
  path(set: string): string;
}

/** Looks into a spool and changes nothing; null where not even its plan is there. */
export function lookIntoSpool(folder: string): SpoolView | null {
  const manifest = join(folder, MANIFEST);
  if (!existsSync(manifest)) return null;
  const state = stateOf(readManifest(readFileSync(manifest)));
  return state && { state, path: (set) => join(folder, pagesName(set)) };
}

/** The lines up to the first whose page is not what it was: a power cut may have left such. */
function soundLines(
  folder: string,
  lines: readonly PlacedLine[],
): { readonly lines: readonly PlacedLine[]; readonly length: number } {
  const check = new PageCheck((set) => join(folder, pagesName(set)));
  try {
    const wrong = lines.findIndex(({ line }) => line.kind === "page" && !check.isSound(line));
    const sound = wrong < 0 ? lines : lines.slice(0, wrong);
    return { lines: sound, length: sound.at(-1)?.end ?? 0 };
  } finally {
    check.close();
  }
}

function noStep(): void {
  // Nobody falls between the steps of the program itself.
}

/** The spools of a repository, oldest first, by the names of their folders. */
export function spoolsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}

export function removeSpool(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
