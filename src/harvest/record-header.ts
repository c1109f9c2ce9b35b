/**
 * What the header of a record states, read without a parser: for counting, and where a record can be read by none.
 *
 * A header is nearly always written plainly, and then looked through by expressions. Any other one is written
 * anew, plainly, first.
 */

import { hash53 } from "../matching/hash.js";
import { attributesOf, type Child, childrenOf, contentText, resolved } from "./markup.js";

/** Bytes in which a header stands. */
const HEAD = 4096;
/** Bytes in which most headers stand. */
export const SHORT_HEAD = 512;
const DATESTAMP = /<(?:[\w.-]+:)?datestamp(?:\s[^<>]*)?>\s*([^<>]{1,40}?)\s*</;
const IDENTIFIER = /<(?:[\w.-]+:)?identifier(?:\s[^<>]*)?>\s*([^<>]{1,1000})/;
const DELETED = /<(?:[\w.-]+:)?header\s[^<>]*?status\s*=\s*["']\s*deleted[^<>]*>?/i;
const HEADER_END = /<\/(?:[\w.-]+:)?header\s*>|<(?:[\w.-]+:)?metadata[\s>/]/;
const SET_SPEC = /<(?:[\w.-]+:)?setSpec(?:\s[^<>]*)?>\s*([^<>]*?)\s*</g;

/**
 * The header comes first in its record, and tags and text alone stand in it: no comment, section or instruction,
 * no `>` that ends no tag, as an attribute may hold one.
 */
const PLAIN =
  /^<(?:[\w.-]+:)?record(?:\s[^<>]*)?>\s*<(?:[\w.-]+:)?header(?=[\s>/])[^<>]*>(?:[^<>]*<[^!?<>][^<>]*>)*[^<>]*$/;

/** The beginning of a record up to the end of its header, a byte a character, plainly written. */
export function headOf(record: Buffer): string {
  const head = plainHead(record);
  return PLAIN.test(head) ? head : rewritten(record);
}

function plainHead(record: Buffer): string {
  for (const length of [SHORT_HEAD, HEAD]) {
    const head = record.latin1Slice(0, Math.min(record.length, length));
    const end = head.search(HEADER_END);
    if (end >= 0) return head.slice(0, end);
    if (record.length <= length || length === HEAD) return head;
  }
  return "";
}

const STATED = new Set(["identifier", "datestamp", "setSpec"]);

function rewritten(record: Buffer): string {
  for (const { name, tag, inner } of childrenOf(record.latin1Slice(0, record.length))) {
    if (name !== "header") continue;
    const { status = "" } = attributesOf(tag);
    const stated = [...childrenOf(`<header>${inner}</header>`)].filter((child) =>
      STATED.has(child.name),
    );
    return `<record><header status="${escaped(status)}">${stated.map(elementText).join("")}`;
  }
  return "";
}

function elementText({ name, inner }: Child): string {
  return `<${name}>${escaped(contentText(inner))}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The identifier of a record whatever it is otherwise, "" if it is not to be found. */
export function identifierIn(record: Buffer): string {
  const written = Buffer.from(writtenIdentifier(headOf(record)), "latin1");
  return resolved(written.toString("utf8"));
}

function writtenIdentifier(head: string): string {
  return IDENTIFIER.exec(head)?.[1].trim() ?? "";
}

/** The datestamp in a head, "" for none. */
export function datestampIn(head: string): string {
  return DATESTAMP.exec(head)?.[1] ?? "";
}

/** What the header of a record states, as it is written, a byte a character; "" for nothing. */
export function headerTexts(record: Buffer): { identifier: string; datestamp: string } {
  const head = headOf(record);
  return { identifier: writtenIdentifier(head), datestamp: datestampIn(head) };
}

/** A number that is different for different identifiers; 0 for a record without one. */
export function identifierDigest(record: Buffer): number {
  return digestOf(headOf(record));
}

/** The same by the head. */
export function digestOf(head: string): number {
  const identifier = writtenIdentifier(head);
  return identifier === "" ? 0 : hash53(identifier);
}

/** Whether a head says that its record is deleted. */
export function isDeleted(head: string): boolean {
  const [tag] = DELETED.exec(head) ?? [];
  return tag !== undefined && isDeletedStatus(attributesOf(tag).status);
}

/** Whether the status of a header says so. */
export function isDeletedStatus(status: string | undefined): boolean {
  return status?.trim().toLowerCase() === "deleted";
}

/** Whether a head names sets, and neither the given one nor one below it; of one that is cut nobody knows. */
export function isStray(head: string, set: string): boolean {
  if (head.length >= HEAD) return false;
  const sets = Array.from(head.matchAll(SET_SPEC), ([, one]) => one);
  return sets.length > 0 && !sets.some((one) => one === set || one.startsWith(`${set}:`));
}
