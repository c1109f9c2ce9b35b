/** The kinds of value that only one key of a source of MARC takes. */

import { nameList, pick, refuse, valueType } from "../language/value-types.js";
import { DESCRIPTION_METHODS, type ForeignIdField } from "./marc-mapping.js";

/** What the name of a description method's section begins with. */
export const DESCRIPTION_PREFIX = "description.";

/** The NAMEs of the `[description.NAME]` sections. */
export function descriptionNames(sections: readonly string[]): string[] {
  return sections
    .filter((name) => name.startsWith(DESCRIPTION_PREFIX))
    .map((name) => name.slice(DESCRIPTION_PREFIX.length));
}

/** `foreign_id_fields`: tags without zero padding, with subfields if wanted. */
export const FOREIGN_ID_FIELDS = valueType(
  "tags, separated by commas, each with subfield codes if wanted: 1, 35, 35a",
  (text): readonly ForeignIdField[] => {
    const fields = nameList(text).map(foreignIdField);
    if (fields.length === 0) {
      throw refuse(
        text,
        "a list without a field",
        FOREIGN_ID_FIELDS.allowed,
        'name at least one field, such as "1", or delete the line to have "1,10,16,35"',
      );
    }
    return fields;
  },
);

function foreignIdField(text: string): ForeignIdField {
  const parts =
    /^(\d{3})([A-Za-z0-9]*)$/.exec(text) ?? /^(\d{1,2})([A-Za-z][A-Za-z0-9]*)?$/.exec(text);
  const tag = parts?.[1].padStart(3, "0") ?? "000";
  const subfields = parts?.[2] ?? "";
  if (tag === "000") {
    throw refuse(
      text,
      "not a tag with subfield codes",
      FOREIGN_ID_FIELDS.allowed,
      'write the tag, and behind it the codes, as in "35a"',
    );
  }
  if (tag.startsWith("00")) {
    if (subfields !== "") {
      throw refuse(
        text,
        `wrong: the control field ${tag} has no subfields`,
        "a control field by its tag alone",
        `write ${Number(tag)}`,
      );
    }
    return { tag, subfields: "" };
  }
  return { tag, subfields: subfields === "" ? "a" : subfields };
}

/** `control_subfields`: subfield codes without separators. */
export const SUBFIELD_CODES = valueType(
  'letters and digits without separators, or ""',
  (text): string => {
    if (!/^[A-Za-z0-9]*$/.test(text)) {
      throw refuse(
        text,
        "not a row of subfield codes",
        SUBFIELD_CODES.allowed,
        'write the codes one behind the other, as in "012456789"',
      );
    }
    return text;
  },
);

/** `[url] fallback_pattern`: text that holds `CONTROL_NO`. */
export const URL_PATTERN = valueType('a URL that holds CONTROL_NO, or ""', (text): string => {
  if (text !== "" && !text.includes("CONTROL_NO")) {
    throw refuse(
      text,
      "the same URL for every record: CONTROL_NO is not in it",
      URL_PATTERN.allowed,
      "write CONTROL_NO where the record's number belongs",
    );
  }
  if (/\s/.test(text)) {
    throw refuse(text, "not a URL: it holds a blank", URL_PATTERN.allowed, "write %20 for a blank");
  }
  return text;
});

/** `[description] method`: a built-in method or the NAME of a `[description.NAME]` section. */
export const DESCRIPTION_METHOD = valueType(
  `${DESCRIPTION_METHODS.join(", ")}, or the NAME of a section [description.NAME]`,
  (text, { sections }): string => {
    const named = descriptionNames(sections);
    return named.includes(text)
      ? text
      : pick(
          text,
          [...new Set([...DESCRIPTION_METHODS, ...named])],
          "a method",
          DESCRIPTION_METHOD.allowed,
        );
  },
);
