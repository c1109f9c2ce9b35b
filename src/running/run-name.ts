/** The name of a run: UTC time and a random suffix, so that several databases may share a log. */

import { randomBytes } from "node:crypto";

/** `20260131T030000Z-1a2b3c`. */
export function runName(now: Date, suffix = randomBytes(3).toString("hex")): string {
  const time = now
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:]/g, "");
  return `${time}-${suffix}`;
}

/** UTC, ISO 8601 to the second. */
export function isoSeconds(now: Date): string {
  return now.toISOString().replace(/\.\d+Z$/, "Z");
}
