/** Dates of the latest transaction: field 005, and what other systems write in its place. */

/**
 * MARC 21 005 (`yyyymmddhhmmss.f`) and ISO 8601, each cut off where it may be: the day alone, without
 * seconds, without a fraction, without a zone.
 */
const DATE =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d*))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?)?$/i;

/** No record can have been changed in a computer before: MARC itself is of 1966. */
const FIRST_YEAR = 1960;
/** Clocks are not all set to one zone, and some are wrong by hours. */
const AHEAD_MS = 24 * 60 * 60 * 1000;

/**
 * When a record was last changed.
 *
 * @param text as it stands; a time without a zone, as MARC has it, counts as UTC
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970; null for what is no date, none that there is, one before 1960 or
 *   one more than a day after `now`
 */
export function transactionTime(text: string, now: number): number | null {
  const found = DATE.exec(text.trim());
  if (found === null) return null;
  const [year, month, day] = [found[1], found[3], found[4]].map(Number);
  const [hour, minute, second] = [found[5], found[6], found[7]].map((part) => Number(part ?? 0));
  const midnight = new Date(Date.UTC(year, month - 1, day));
  const isOnCalendar = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  // A minute may have a 61st second.
  if (!isOnCalendar || year < FIRST_YEAR || hour > 23 || minute > 59 || second > 60) return null;
  const east = minutesEast(found);
  if (east === null) return null;
  const fraction = Number(`0.${found[8] || 0}`);
  const time = midnight.getTime() + ((hour * 60 + minute - east) * 60 + second + fraction) * 1000;
  return time > now + AHEAD_MS ? null : time;
}

/** Minutes that the zone of a date is ahead of UTC; null where there is no such zone. */
function minutesEast(found: RegExpExecArray): number | null {
  if (found[10] === undefined) return 0;
  const [hours, minutes] = [Number(found[11]), Number(found[12] ?? 0)];
  if (hours > 14 || minutes > 59) return null;
  return (found[10] === "-" ? -1 : 1) * (hours * 60 + minutes);
}
