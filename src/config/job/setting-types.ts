/** The kinds of value that only one key takes. */

import { RESERVED_COLUMNS, type RecordField, STANDARD_FIELDS } from "../../fields/record-fields.js";
import { MATCH_METHODS, type MatchMethod } from "../../matching/methods.js";
import { VETOES, type Veto } from "../../matching/vetoes.js";
import {
  booleanWord,
  choices,
  FIELDS,
  nameList,
  refuse,
  valueType,
} from "../language/value-types.js";
import type { MaxDeletes } from "./job-config.js";

/** Names that SQLite keeps for itself as columns of a table or of its full-text index. */
const SQLITE_COLUMNS = ["rowid", "oid", "rank"];

const EXTRA_FIELDS_ADVICE =
  "use lower-case letters, digits and _, beginning with a letter, as in local_note or shelves[]";

/** `[Database] extra_fields`: new columns, `name[]` for a list field. */
export const EXTRA_FIELDS = valueType(
  "names of new fields (lower-case letters, digits, _), separated by commas; name[] for a list",
  (text): readonly RecordField[] => {
    const fields: RecordField[] = [];
    const taken = [
      ...STANDARD_FIELDS.map((field) => field.name),
      ...RESERVED_COLUMNS,
      ...SQLITE_COLUMNS,
    ];
    const names = nameList(text);
    const bad = names.filter((written) => !/^[a-z][a-z0-9_]*(\[\])?$/.test(written)).join(", ");
    if (bad !== "") {
      throw refuse(bad, "not a name for a field", EXTRA_FIELDS.allowed, EXTRA_FIELDS_ADVICE);
    }
    for (const written of names) {
      const isList = written.endsWith("[]");
      const name = isList ? written.slice(0, -2) : written;
      if (taken.includes(name)) {
        throw refuse(
          written,
          "already the name of a column",
          "names that no column has yet",
          "delete it from the list, or choose another name",
        );
      }
      taken.push(name);
      fields.push({ name, kind: isList ? "list" : "text", descriptive: true, mappable: true });
    }
    return fields;
  },
);

const MATCH_METHOD_LIST = choices(MATCH_METHODS);

/** `match_method`: an ordered list; `NONE` stands alone. */
export const MATCH_LIST = valueType(
  MATCH_METHOD_LIST.allowed,
  (text, context): readonly MatchMethod[] => {
    const methods = MATCH_METHOD_LIST.parse(text, context);
    if (methods.includes("NONE") && methods.length > 1) {
      throw refuse(
        text,
        "a list in which NONE stands beside other methods",
        "NONE alone, or other methods without NONE",
        "delete NONE, or everything but NONE",
      );
    }
    return methods;
  },
);

/** `keep_keys`: match methods, or none. */
export const KEPT_KEYS = valueType(
  `methods separated by commas, of ${MATCH_METHODS.filter((m) => m !== "NONE").join(", ")}; or ""`,
  (text, context): readonly MatchMethod[] => {
    if (text.trim() === "") return [];
    const methods = MATCH_METHOD_LIST.parse(text, context);
    if (!methods.includes("NONE")) return methods;
    throw refuse(
      text,
      "a list with NONE, which makes no keys",
      KEPT_KEYS.allowed,
      'delete NONE, or write ""',
    );
  },
);

const VETO_NAMES = choices(VETOES);

/** `never_if`: some of the vetoes, or none. */
export const VETO_LIST = valueType(
  `${VETO_NAMES.allowed}; empty for none`,
  (text, context): readonly Veto[] => (text.trim() === "" ? [] : VETO_NAMES.parse(text, context)),
);

/** `max_deletes`: rows, a share of the source's rows, or `default`. */
export const MAX_DELETES = valueType(
  "a number of rows, a share such as 10% or 0.1, or default",
  (text): MaxDeletes => {
    if (text.toLowerCase() === "default") {
      return { kind: "default" };
    }
    if (/^\d{1,15}$/.test(text)) {
      return { kind: "number", value: Number(text) };
    }
    const parts = /^(\d{1,3}(?:\.\d{1,9})?) ?(%?)$/.exec(text);
    const share = parts === null ? Number.NaN : Number(parts[1]) / (parts[2] === "%" ? 100 : 1);
    if (!(share <= 1)) {
      throw refuse(
        text,
        Number.isNaN(share) ? "neither a number nor a share" : "more than all rows",
        MAX_DELETES.allowed,
        "write a number of rows such as 200, or a share from 0% to 100%",
      );
    }
    return { kind: "share", value: share };
  },
);

/** `record_must_be_valid`: a boolean, or the fields that must not be empty. */
export const REQUIRED_FIELDS = valueType(
  "true (title and url), false, or names of record fields, separated by commas",
  (text, context): readonly string[] => {
    const word = booleanWord(text);
    if (word !== null) {
      return word ? ["title", "url"] : [];
    }
    return FIELDS.parse(text, context);
  },
  true,
);
