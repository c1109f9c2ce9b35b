/** Files in archives: `ARCHIVE/ENTRY`, as if an archive were a folder; and which of them hold records. */

import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { asInputFailure, inputFailure, isRecordFormat, notMarc } from "./input-failure.js";
import { type Sniffed, sniff, ZIP } from "./sniff.js";
import type { Source } from "./sources.js";
import { type ZipEntry, zipEntries } from "./zip.js";
import { ZipSource } from "./zip-source.js";

/** An entry that is passed over, since it is no file of records. */
export interface PassedOver {
  /** `ARCHIVE/ENTRY`. */
  readonly path: string;
  /** As it reads behind "looks like". */
  readonly looksLike: string;
  /** Whether there might have been records: an error page in their place, say. */
  readonly isSuspect: boolean;
}

/** What an archive holds. */
export interface ArchiveContents {
  /** The entries to be read, as `ARCHIVE/ENTRY`. */
  readonly paths: readonly string[];
  readonly passedOver: readonly PassedOver[];
}

interface SiftOptions {
  /** Whether the user has said what the records are. */
  readonly isForced: boolean;
  readonly allowEmpty: boolean;
}

/** What comes with records and is none: a note, a cover, a count. */
const BESIDE = new Set(["plain text", "PDF", "RTF", "a picture", "an Office document"]);
/** Endings of names that promise records. */
const RECORDS = /\.(?:mrc|marc|mrk|mrx|dat)$/i;
const NOTES = /\.(?:txt|csv|tsv|log|nfo)$/i;
const MOST_NAMED = 5;
/** Bytes that tell an archive. */
const START = 64;

/** What the system knows of a path; undefined where nothing is, or where a file stands in its way. */
export function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statusOf(path)?.isFile() ?? false;
}

/** Whether it is a file that begins as zip archives do. */
export function isZip(path: string): boolean {
  if (!isFile(path)) return false;
  const start = Buffer.alloc(START);
  let handle: number | null = null;
  try {
    handle = openSync(path, "r");
    const read = readSync(handle, start, 0, START, 0);
    const sniffed = sniff(start.subarray(0, read), false);
    return sniffed.kind === "foreign" && sniffed.name === ZIP;
  } catch {
    // Whoever reads it tells why that cannot be.
    return false;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** The archive and the entry that a path leads to; null where it leads to no archive. */
export function archivePlace(
  path: string,
): { readonly archive: string; readonly entry: string } | null {
  for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) {
    const archive = path.slice(0, at);
    if (isFile(archive)) return isZip(archive) ? { archive, entry: path.slice(at + 1) } : null;
  }
  return null;
}

/** The file on the disk that a path leads to, or into. */
export function fileOf(path: string): string {
  return archivePlace(path)?.archive ?? path;
}

/** @throws Failure (3) if the archive cannot be read, or has no such entry */
export async function archiveSource(path: string): Promise<Source | null> {
  const place = archivePlace(path);
  if (place === null) return null;
  const entries = await entriesOf(place.archive);
  const entry = entries.find(({ name }) => name === place.entry);
  if (entry) return new ZipSource(place.archive, entry, path);
  throw inputFailure(
    "missing",
    path,
    `the archive holds ${listed(entries.map(({ name }) => name))}`,
  );
}

async function entriesOf(archive: string): Promise<readonly ZipEntry[]> {
  try {
    return await zipEntries(archive);
  } catch (error) {
    throw asInputFailure(error, archive);
  }
}

/**
 * Looks at every file in an archive.
 *
 * @throws Failure (3) if the archive is damaged, holds no records, or what may be records and cannot be read
 */
export async function archiveContents(
  archive: string,
  options: SiftOptions,
): Promise<ArchiveContents> {
  const paths: string[] = [];
  const passedOver: PassedOver[] = [];
  for (const entry of await entriesOf(archive)) {
    const path = `${archive}/${entry.name}`;
    const { sniffed } = await lookAt(new ZipSource(archive, entry, path));
    const other = sift(path, sniffed, options);
    if (other === null) paths.push(path);
    else passedOver.push({ path, ...other });
  }
  if (paths.length > 0 || (passedOver.length === 0 && options.allowEmpty))
    return { paths, passedOver };
  if (passedOver.length === 0) throw inputFailure("empty", archive, "the archive is empty");
  const what = passedOver.map(({ path, looksLike }) => `${path} looks like ${looksLike}`);
  throw inputFailure("not-marc", archive, `no file in it holds records: ${listed(what)}`);
}

/** Looks at the first bytes, unzipped where they are gzipped. */
export async function lookAt(source: Source) {
  const raw = await source.look(false);
  const zipped = sniff(raw.head, raw.complete).kind === "gzip";
  const { head, complete } = zipped ? await source.look(true) : raw;
  return { zipped, sniffed: sniff(head, complete) };
}

/** What an entry is that is to be passed over; null for one to be read. */
function sift(
  path: string,
  sniffed: Sniffed,
  { isForced, allowEmpty }: SiftOptions,
): Omit<PassedOver, "path"> | null {
  if (isRecordFormat(sniffed.kind)) return null;
  switch (sniffed.kind) {
    case "empty":
      if (allowEmpty) return null;
      if (NOTES.test(path)) return { looksLike: "nothing: it is empty", isSuspect: false };
      throw inputFailure("empty", path);
    case "foreign":
      if (sniffed.unpack !== undefined) throw packedTwice(path, sniffed.name);
      if (RECORDS.test(path)) throw notMarc(path, sniffed);
      return { looksLike: sniffed.name, isSuspect: !BESIDE.has(sniffed.name) };
    case "utf-16":
      if (NOTES.test(path)) return { looksLike: "UTF-16 text", isSuspect: false };
      throw notMarc(path, sniffed);
    default:
      if (isForced) return null;
      throw notMarc(path, sniffed);
  }
}

function packedTwice(path: string, name: string) {
  return inputFailure("not-marc", path, `it is ${name} itself`, { code: "M016" });
}

/** The first of some names. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const first = names.slice(0, MOST_NAMED).join(", ");
  if (names.length === 0) return "nothing";
  return more > 0 ? `${first} and ${more} more` : first;
}
