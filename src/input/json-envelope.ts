/** FOLIO's source records: a record in an envelope of what the system knows about it. */

import { DEEPEST, isTooDeep } from "./json-shape.js";
import { repeatedKey } from "./repeated-key.js";

interface Unwrapped {
  /** The record's own value, or as a string why there is none. */
  readonly content: unknown;
  /** What of the envelope says that the record is deleted, "" if nothing does. */
  readonly deleted: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

function objectIn(value: unknown, key: string): JsonObject | null {
  const inner = typeof value === "object" && value !== null ? (value as JsonObject)[key] : null;
  return typeof inner === "object" && inner !== null ? (inner as JsonObject) : null;
}

/**
 * Takes a record out of `parsedRecord.content`, or out of `content` alone; there it may be JSON within
 * a string. Any other value is given back as it is.
 */
export function outOfEnvelope(value: unknown): Unwrapped {
  if (typeof value !== "object" || value === null) return { content: value, deleted: "" };
  const envelope = value as JsonObject;
  if (Array.isArray(envelope.fields)) return { content: value, deleted: "" };
  const parsed = objectIn(value, "parsedRecord") ?? envelope;
  const { content } = parsed;
  if (typeof content === "string") return { content: within(content), deleted: status(envelope) };
  const inner = objectIn(parsed, "content");
  if (inner === null) return { content: value, deleted: "" };
  return { content: inner, deleted: status(envelope) };
}

function status({ deleted, state }: JsonObject): string {
  if (deleted === true) return "deleted: true";
  return state === "DELETED" ? "state: DELETED" : "";
}

function within(text: string): unknown {
  if (isTooDeep(Buffer.from(text))) {
    return `content has more than ${DEEPEST} objects or arrays in one another`;
  }
  try {
    const value: unknown = JSON.parse(text);
    const repeated = repeatedKey(text);
    if (repeated !== null) return `the key "${repeated}" stands twice in one object of content`;
    return typeof value === "string" ? "content is a string within a string" : value;
  } catch (error) {
    if (error instanceof SyntaxError) return `content is not JSON: ${error.message}`;
    throw error;
  }
}
