/** How much room the disk of a spool has, and how much of it is left to others. */

import { statfsSync } from "node:fs";

export interface DiskRoom {
  /** Bytes that this account may still write. */
  readonly free: number;
  /** Bytes that are to stay free: databases and logs stand on the same disks. */
  readonly reserve: number;
}

const MOST_RESERVED = 64 * 1024 * 1024;

/** A hundredth of the disk is reserved, on a large one 64 MiB. */
export function roomAt(folder: string): DiskRoom {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { free: bavail * bsize, reserve: Math.min(MOST_RESERVED, (blocks * bsize) / 100) };
}

/** Bytes that the rest of a list will take, 0 where its length is not known. */
export function restOf({
  records,
  bytes,
  size,
}: {
  readonly records: number;
  readonly bytes: number;
  readonly size: number | null;
}): number {
  if (size === null || records === 0 || size <= records) return 0;
  return (size - records) * (bytes / records);
}
