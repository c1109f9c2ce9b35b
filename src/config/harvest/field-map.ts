/** One line of a field map: `prefix:name{qualifiers} = FIELD [TRANSFORMS]`. */

import type { RecordField } from "../../fields/record-fields.js";
import { type Location, ValueError } from "../language/problems.js";
import { pick } from "../language/value-types.js";
import { checkSubstitutions } from "../marc/transforms.js";
import type { FieldMapRule } from "./dc-mapping.js";

/** What iVia called the record fields. */
const IVIA_NAMES: Readonly<Record<string, string>> = {
  contributor: "contributors",
  creator: "creators",
  ivia_description: "description",
  LCC: "lcc",
  LCSH: "subjects",
  resource_type: "resource_types",
};

const KEY_FORM =
  'prefix:name, with qualifiers "prefix:name{TYPE}" or "prefix:name{lang=TAG}" in quotes';
const VALUE_FORM = "FIELD, or FIELD and substitutions, such as title /\\ :$//";
const KEY = /^(?:([^\s:{}]+):)?([^\s:{}]+)(?:\{([^{}]*)\})?$/u;

/** What a prefix stands for: `plainNamespace`s, undefined where that is not known. */
export type Prefixes = ReadonlyMap<string, readonly string[]>;

/**
 * The record field that a name means, iVia's names among them.
 *
 * @throws ValueError if it means none
 */
export function fieldNamed(name: string, fields: readonly RecordField[]): RecordField {
  const own = fields.find((field) => field.name === name);
  if (own !== undefined) return own;
  const old = fields.find((field) => field.name === IVIA_NAMES[name]);
  if (old !== undefined) return old;
  const names = fields.map((field) => field.name);
  const meant = pick(name, names, "a record field");
  return fields[names.indexOf(meant)];
}

/** The element that a key asks for. */
type Wanted = Pick<FieldMapRule, "prefix" | "name" | "type" | "lang">;

function parseKey(key: string): Wanted {
  const parts = KEY.exec(key);
  if (parts === null) {
    const advice = key.includes("{")
      ? `put the whole key into quotes: "${key.replace(/\{?$/, "").trim()}…}" = FIELD`
      : "write the element as records have it, such as dc:title";
    throw new ValueError(`"${key}" does not name an element`, KEY_FORM, advice);
  }
  return { prefix: parts[1] ?? "", name: parts[2], ...qualifiers(parts[3]) };
}

function qualifiers(text: string | undefined): Pick<Wanted, "type" | "lang"> {
  const wanted = { type: "", lang: "" };
  for (const part of text === undefined ? [] : text.split(",")) {
    const written = part.trim();
    const lang = /^lang\s*=\s*(.*)$/.exec(written);
    const kind = lang === null ? "type" : "lang";
    const value = lang === null ? written : lang[1];
    if (value === "" || /[\s=]/.test(value) || wanted[kind] !== "") {
      throw new ValueError(
        `"{${text}}" is not a qualifier`,
        "{TYPE}, {lang=TAG}, or both with a comma between",
        "write the xsi:type as records have it, such as {dct:URI}, or a language, such as {lang=en}",
      );
    }
    wanted[kind] = value;
  }
  return wanted;
}

/**
 * Reads one line. A value may name several fields, with commas between: each gets the text.
 *
 * @throws ValueError if it names no element, no field, or has a substitution that cannot be had
 */
export function parseFieldMapRule(
  key: string,
  value: string,
  at: Location,
  known: { readonly fields: readonly RecordField[]; readonly prefixes: Prefixes },
): FieldMapRule[] {
  const wanted = parseKey(key);
  const parts = /^\s*(\S*)\s*(.*?)$/s.exec(value);
  const [names, rest] = [parts?.[1] ?? "", parts?.[2] ?? ""];
  // A blank that a backslash makes part of the last substitution stays.
  const transforms = rest.replace(/(\\[ \t])?[ \t]*$/, "$1");
  if (names === "") {
    throw new ValueError("no field is named", VALUE_FORM, "write the field, or delete the line");
  }
  const fields = names.split(",").map((name) => fieldNamed(name, known.fields).name);
  checkSubstitutions(transforms, "the substitutions");
  const namespaces = known.prefixes.get(wanted.prefix) ?? [];
  return [...new Set(fields)].map((field) => {
    return { key, at, text: value, ...wanted, namespaces, field, transforms };
  });
}
