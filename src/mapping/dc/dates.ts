/** The date of publication among the dates of a record. */

const W3CDTF =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;
/** As in the rules for MARC: four digits that can be a year. */
const YEAR = /(?<![0-9])((?:0[1-9]|1[0-9]|20)[0-9]{2})(?![0-9])/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const DAY_FIRST = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAY_MONTH = /^(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})$/i;
const MONTH_DAY = /^([a-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})$/i;

function onCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isW3cdtf(text: string): boolean {
  const parts = W3CDTF.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [parts[1], parts[2] ?? "01", parts[3] ?? "01"].map(Number);
  return onCalendar(year, month, day);
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** A day that is written in another way (ISO basic, with points or slashes, in English), else null. */
function otherDay(text: string): string | null {
  const yearFirst = COMPACT.exec(text) ?? YEAR_FIRST.exec(text);
  if (yearFirst !== null) return day(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) return day(dayFirst[3], dayFirst[2], dayFirst[1]);
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth !== null) return day(dayMonth[3], String(monthOf(dayMonth[2])), dayMonth[1]);
  const monthDay = MONTH_DAY.exec(text);
  return monthDay === null ? null : day(monthDay[3], String(monthOf(monthDay[1])), monthDay[2]);
}

function day(year: string, month: string, date: string | undefined): string | null {
  if (!onCalendar(Number(year), Number(month), Number(date ?? 1))) return null;
  const parts = date === undefined ? [month] : [month, date];
  return [year, ...parts.map((part) => part.padStart(2, "0"))].join("-");
}

/** A date as a row keeps it: W3CDTF as it stands, else its year; "" without one. */
export function dateOf(text: string, canonize: boolean): string {
  const trimmed = text.trim();
  if (isW3cdtf(trimmed)) return trimmed;
  return (canonize ? otherDay(trimmed) : null) ?? YEAR.exec(trimmed)?.[1] ?? "";
}

/** One date of a record. */
export interface FoundDate {
  readonly text: string;
  /** It says of itself that it is the date of issue. */
  readonly issued: boolean;
}

/**
 * The date of publication: of those that say that they are it, else of all, those without a time of day
 * (times are what a repository's software notes of its own doing), and of these the earliest.
 *
 * @returns "" where none holds a year
 */
export function publicationDate(found: readonly FoundDate[], canonize: boolean): string {
  const dates = found
    .map(({ text, issued }) => ({ issued, value: dateOf(text, canonize) }))
    .filter(({ value }) => value !== "");
  const issued = dates.filter((date) => date.issued);
  const wanted = issued.length > 0 ? issued : dates;
  const untimed = wanted.filter(({ value }) => !value.includes("T"));
  const [first] = (untimed.length > 0 ? untimed : wanted).map(({ value }) => value).sort();
  return first ?? "";
}
