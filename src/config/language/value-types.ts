/** The kinds of value that a key may take: how each is read, and what it says when refused. */

import { resolve } from "node:path";
import type { RecordField } from "../../fields/record-fields.js";
import { ValueError } from "./problems.js";
import { nearestName } from "./suggest.js";

/** What a value may need to know in order to be read. */
export interface ValueContext {
  /** Absolute path of the directory that relative paths start from. */
  readonly base: string;
  /** The record fields of the database. */
  readonly fields: readonly RecordField[];
  /** The names of the sections that there are. */
  readonly sections: readonly string[];
}

/** One kind of value. */
export interface ValueType<T> {
  /** What may be written, for messages and the reference. */
  readonly allowed: string;
  /** A key without `= value` may be written for `true`. */
  readonly bare: boolean;
  /** @throws ValueError if the text is none of this kind */
  parse(text: string, context: ValueContext): T;
}

/** Makes a kind of value from its reader. */
export function valueType<T>(
  allowed: string,
  parse: (text: string, context: ValueContext) => T,
  bare = false,
): ValueType<T> {
  return { allowed, bare, parse };
}

/** true/yes/on and false/no/off in any case; null for anything else. */
export function booleanWord(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (["true", "yes", "on"].includes(word)) {
    return true;
  }
  return ["false", "no", "off"].includes(word) ? false : null;
}

export const BOOLEAN = valueType(
  "true, yes, on, false, no or off",
  (text): boolean => {
    const value = booleanWord(text);
    if (value === null) {
      throw refuse(text, "not true or false", BOOLEAN.allowed, "write true or false");
    }
    return value;
  },
  true,
);

/** A switch that can only be off: what it would turn on does not exist yet. */
export const OFF = valueType("false, no or off", (text): false => {
  if (booleanWord(text) === false) return false;
  throw refuse(
    text,
    "not available in this version",
    OFF.allowed,
    "delete the line: canonize works offline, without following redirects",
  );
});

/** Any text, taken as it stands. */
export const PLAIN = valueType("any text", (text) => text);

/** Text that is put into a record: `\n`, `\t` and `\\` have their usual meaning. */
export const TEXT = valueType("any text; \\n, \\t and \\\\ have their usual meaning", (text) =>
  text.replace(/\\([nt\\])/g, (_, sign: string) => ({ n: "\n", t: "\t" })[sign] ?? "\\"),
);

/** A path, made absolute. */
export const PATH = valueType("a path, relative to the file that states it", (text, context) => {
  if (text.trim() === "") {
    throw refuse(text, "not a path", PATH.allowed, "write the path, or delete the line");
  }
  return resolve(context.base, text);
});

/**
 * A whole number in plain digits.
 *
 * @param none a word that may be written for "no limit", giving null
 */
export function integer(min: number, max: number): ValueType<number>;
export function integer(min: number, max: number, none: string): ValueType<number | null>;
export function integer(min: number, max: number, none?: string): ValueType<number | null> {
  const range = max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `${min} to ${max}`;
  const allowed = none === undefined ? range : `${range}, or ${none}`;
  return valueType(allowed, (text) => {
    if (none !== undefined && sameWord(text, none)) {
      return null;
    }
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      const reason = Number.isNaN(value) ? "not a whole number in plain digits" : "out of range";
      throw refuse(text, reason, allowed, `write ${allowed}`);
    }
    return value;
  });
}

const BYTE_UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** A number of bytes, with a unit if wanted. Parameters as for `integer`. */
export function byteSize(min: number, max: number): ValueType<number>;
export function byteSize(min: number, max: number, none: string): ValueType<number | null>;
export function byteSize(min: number, max: number, none?: string): ValueType<number | null> {
  const units = "a number of bytes, with kB, MB, GB, KiB, MiB or GiB if wanted";
  const allowed = none === undefined ? units : `${units}; or ${none}`;
  return valueType(allowed, (text) => {
    if (none !== undefined && sameWord(text, none)) {
      return null;
    }
    const parts = /^(\d{1,12}) ?([a-z]*)$/i.exec(text);
    const unit = parts === null ? undefined : BYTE_UNITS[parts[2].toLowerCase()];
    if (parts === null || unit === undefined) {
      throw refuse(
        text,
        "not a number of bytes",
        allowed,
        "write a number such as 500000 or 16MiB",
      );
    }
    const value = Number(parts[1]) * unit;
    if (value < min || value > max) {
      throw refuse(text, "out of range", `${min} to ${max} bytes`, `write ${min} to ${max} bytes`);
    }
    return value;
  });
}

/** One of some names, whatever their case and their hyphens. */
export function choice<const T extends string>(names: readonly T[]): ValueType<T> {
  const allowed = names.join(", ");
  return valueType(allowed, (text) => pick(text, names));
}

/** A comma list of some names, none twice, at least one. */
export function choices<const T extends string>(names: readonly T[]): ValueType<readonly T[]> {
  const allowed = `one or more, separated by commas, of ${names.join(", ")}`;
  return valueType(allowed, (text) => {
    const picked = nameList(text).map((name) => pick(name, names));
    if (picked.length === 0) {
      throw refuse(text, "empty", allowed, `write at least one, such as ${names[0]}`);
    }
    return distinct(picked);
  });
}

/** A comma list of free names. */
export const NAMES = valueType("names separated by commas", (text) => distinct(nameList(text)));

/** A comma list of record fields. */
export const FIELDS = valueType(
  "names of record fields, separated by commas",
  (text, context): readonly string[] =>
    distinct(
      nameList(text).map((name) =>
        pick(
          name,
          context.fields.map((field) => field.name),
          "a record field",
        ),
      ),
    ),
);

/**
 * The trimmed elements of a comma list; none for an empty text.
 *
 * @throws ValueError if an element is empty
 */
export function nameList(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.length === 1 && names[0] === "") {
    return [];
  }
  if (names.includes("")) {
    throw refuse(
      text,
      "a list with an empty place between its commas",
      "names separated by single commas",
      "delete the comma that separates nothing",
    );
  }
  return names;
}

function distinct<T extends string>(names: readonly T[]): readonly T[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw refuse(
      names.join(","),
      `a list that names ${twice} twice`,
      "each name once",
      `delete one ${twice}`,
    );
  }
  return names;
}

/** The name that a text means, whatever its case and its hyphens. */
export function pick<T extends string>(
  text: string,
  names: readonly T[],
  what = "one of the names",
  allowed = names.join(", "),
): T {
  const name = names.find((candidate) => sameWord(text, candidate));
  if (name === undefined) {
    throw refuse(text, `not ${what} that may stand here`, allowed, nearestIn(text, names));
  }
  return name;
}

/** The advice where a name is none of those that there are. */
export function nearestIn(text: string, names: readonly string[]): string {
  const nearest = nearestName(text, names);
  return nearest === null ? `write one of ${names.join(", ")}` : `did you mean "${nearest}"?`;
}

function sameWord(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, "");
  return plain(a) === plain(b);
}

/** The error for a value: `"text" is reason`. */
export function refuse(text: string, reason: string, allowed: string, advice: string): ValueError {
  return new ValueError(`"${text}" is ${reason}`, allowed, advice);
}
