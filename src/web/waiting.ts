/** How long to wait before the next try. */

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
const SECONDS = /^\s*(\d{1,9})\s*$/;
const FIRST_WAIT_MS = 10_000;
const JITTER = 0.25;

/**
 * What the other side asks to wait.
 *
 * @returns milliseconds from now, 0 where it asks for none; null if it says nothing that can be read
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const seconds = SECONDS.exec(header);
  if (seconds !== null) return Number(seconds[1]) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * Ten seconds, doubled with each try, a quarter more or less by chance so that many clients do not
 * come back in the same moment.
 *
 * @param failed tries that have failed, at least one
 * @param random at least 0, less than 1
 */
function backoffMs(failed: number, random: number): number {
  return Math.round(FIRST_WAIT_MS * 2 ** (failed - 1) * (1 - JITTER + random * JITTER * 2));
}

/** The time to wait after an answer that asks for patience, or a failure that may pass. */
export function waitMs(retryAfter: number | null, failed: number, random: number): number {
  return retryAfter === null || retryAfter === 0 ? backoffMs(failed, random) : retryAfter;
}
