/**
 * A leader or directory that lacks a byte or two. What the fields say is known: their lengths and
 * starts, so all of the directory but its tags, and most of the leader. A record is put together
 * again only if every way to fill in what is missing gives the same one.
 */

import {
  DELIMITER,
  ENTRY_LENGTH,
  FIELD_TERMINATOR,
  isControlTag,
  isNumericTag,
  LEADER_LENGTH,
  RECORD_TERMINATOR,
  tagAt,
} from "./directory.js";

/** Bytes that may be missing. */
const MOST_MISSING = 2;
const TAG_LENGTH = 3;
const LONGEST_FIELD = 9_999;
const FARTHEST_START = 99_999;
/** Leader/00-04, 10-16 and 20-23 say what the record itself shows; the other places nobody knows. */
const ANY = "?";
const DIGIT = "9";

/** A field as its terminator shows it. */
interface Shown {
  /** Length and start, as the directory should have them. */
  readonly digits: string;
  readonly control: boolean;
}

/** Tags found so far, the last first; null before the first. */
type Tags = { readonly tag: string; readonly before: Tags } | null;

/** What leads to a place: the tags on the way there, or that they are not the only ones. */
type Way = { readonly tags: Tags } | "several" | null;

/**
 * Puts a record together again.
 *
 * @param bytes of a record whose fields cannot be located
 * @returns the record as it was, with its length and base address; null if that is not certain
 */
export function restoreShort(bytes: Buffer): Buffer | null {
  const last = bytes.length - 1;
  if (bytes[last] !== RECORD_TERMINATOR) return null;
  const end = bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH - MOST_MISSING);
  if (end < 0) return null;
  const fields = shownFields(bytes, end + 1, last);
  if (fields === null) return null;
  const missing = LEADER_LENGTH + ENTRY_LENGTH * fields.length - end;
  if (missing < 1 || missing > MOST_MISSING) return null;
  const text = bytes.toString("latin1", 0, end);
  const base = end + 1 + missing;
  const heads = new Set<string>();
  for (let inLeader = 0; inLeader <= missing; inLeader++) {
    const cut = LEADER_LENGTH - inLeader;
    const leaders = restoredLeaders(text.slice(0, cut), inLeader, base);
    if (leaders.length === 0) continue;
    const tags = tagsOf(text.slice(cut), fields, missing - inLeader);
    if (tags === null) continue;
    if (tags === "several" || leaders.length > 1 || leaders[0].includes(ANY)) return null;
    heads.add(leaders[0] + tags.map((tag, index) => tag + fields[index].digits).join(""));
  }
  const [head] = heads;
  if (heads.size !== 1) return null;
  const whole = Buffer.concat([Buffer.from(head, "latin1"), bytes.subarray(end)]);
  whole.write(five(whole.length), 0, "latin1");
  whole.write(five(base), 12, "latin1");
  return whole;
}

function five(value: number): string {
  return String(value % 100_000).padStart(5, "0");
}

/** The fields between two places, null if the last one is not ended or one is too long for an entry. */
function shownFields(bytes: Buffer, base: number, last: number): Shown[] | null {
  if (bytes[last - 1] !== FIELD_TERMINATOR) return null;
  const fields: Shown[] = [];
  for (let start = base; start < last; ) {
    const end = bytes.indexOf(FIELD_TERMINATOR, start);
    const length = end + 1 - start;
    if (length > LONGEST_FIELD || start - base > FARTHEST_START) return null;
    const digits = String(length).padStart(4, "0") + five(start - base);
    const control = !bytes.subarray(start, end).includes(DELIMITER);
    fields.push({ digits, control });
    start = end + 1;
  }
  return fields;
}

/** All leaders that the text is what is left of; ANY stands where a byte is lost for good. */
function restoredLeaders(text: string, missing: number, base: number): string[] {
  const found = new Set<string>();
  const known = (address: string) =>
    `${DIGIT.repeat(5)}${ANY.repeat(5)}22${address}${ANY.repeat(3)}4500`;
  const addresses = missing === 0 ? [DIGIT.repeat(5)] : [five(base), five(base - missing)];
  for (const address of addresses) fill(text, known(address), missing, "", found);
  return [...found];
}

/** Adds what `text` may have been if `missing` bytes of it are lost, by what is known of each place. */
function fill(text: string, known: string, missing: number, before: string, found: Set<string>) {
  if (known === "") {
    // The numbers at the front and in the middle are put right anyway.
    found.add(`00000${before.slice(5, 12)}00000${before.slice(17)}`);
    return;
  }
  const rest = known.slice(1);
  if (missing > 0) fill(text, rest, missing - 1, before + known[0], found);
  if (fits(text[0], known[0])) {
    fill(text.slice(1), rest, missing, before + text[0], found);
  }
}

function fits(character: string | undefined, known: string): boolean {
  if (character === undefined) return false;
  if (known === ANY) return character >= " " && character <= "~";
  return known === DIGIT ? character >= "0" && character <= "9" : character === known;
}

/** The tags of a directory of which so many bytes are missing; null if it does not fit the fields. */
function tagsOf(
  text: string,
  fields: readonly Shown[],
  missing: number,
): string[] | "several" | null {
  let ways: Way[] = [{ tags: null }, ...Array<Way>(missing).fill(null)];
  for (const [index, field] of fields.entries()) {
    const next: Way[] = Array<Way>(missing + 1).fill(null);
    for (const [lost, way] of ways.entries()) {
      if (way === null) continue;
      const from = index * ENTRY_LENGTH - lost;
      for (let more = 0; lost + more <= missing; more++) {
        const entry = text.slice(from, from + ENTRY_LENGTH - more);
        for (const tag of tagsOfEntry(entry, field, more)) {
          const there: Way = way === "several" ? way : { tags: { tag, before: way.tags } };
          next[lost + more] = joined(next[lost + more], there);
        }
      }
    }
    ways = next;
  }
  const way = ways[missing];
  if (way === null || way === "several") return way;
  const tags: string[] = [];
  for (let at = way.tags; at !== null; at = at.before) tags.unshift(at.tag);
  return tags;
}

/** Two ways to one place: the same, or several. */
function joined(one: Way, other: Way): Way {
  if (one === null || other === null) return one ?? other;
  if (one === "several" || other === "several") return "several";
  let a = one.tags;
  let b = other.tags;
  for (; a !== b; a = a.before, b = b.before) {
    if (a === null || b === null || a.tag !== b.tag) return "several";
  }
  return one;
}

/** The tags that an entry may have had which lacks so many bytes; two stand for any. */
function tagsOfEntry(entry: string, { digits, control }: Shown, missing: number): string[] {
  const tags: string[] = [];
  for (let inTag = 0; inTag <= missing; inTag++) {
    const cut = TAG_LENGTH - inTag;
    if (!isLeftOf(entry.slice(cut), digits, missing - inTag)) continue;
    const left = entry.slice(0, cut);
    if (inTag === 0) tags.push(left);
    else if (control) tags.push(...CONTROL_TAGS.filter((tag) => isLeftOf(left, tag, inTag)));
    // Any digit may be missing of a tag of data: which, nothing tells.
    else tags.push(`${"1".repeat(inTag)}${left}`, `${"2".repeat(inTag)}${left}`);
  }
  return [...new Set(tags)].filter((tag) => suits(tag, control));
}

const CONTROL_TAGS = Array.from({ length: 9 }, (_, i) => `00${i + 1}`);

/** Whether a text is another one without so many of its characters. */
function isLeftOf(text: string, whole: string, missing: number): boolean {
  if (text.length !== whole.length - missing) return false;
  let at = 0;
  for (const character of whole) if (character === text[at]) at++;
  return at === text.length;
}

/** 00X has no delimiters, other numbers have; a tag with letters may be either. */
function suits(tag: string, control: boolean): boolean {
  if (!/^[0-9A-Za-z]{3}$/.test(tag)) return false;
  const code = tagAt(Buffer.from(tag, "latin1"), 0);
  return !isNumericTag(code) || isControlTag(code) === control;
}
