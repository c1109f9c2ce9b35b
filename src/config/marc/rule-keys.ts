/** The keys that a source of MARC adds: how its records are read, and how each becomes a row. */

import { JOB_SECTIONS, SETTINGS, STRICT } from "../job/keys.js";
import { WANT } from "../job/want.js";
import { type Keys, key, keyWithoutDefault } from "../language/key-spec.js";
import { BOOLEAN, byteSize, choice, choices, OFF, PATH, TEXT } from "../language/value-types.js";
import { ENCODINGS } from "./marc-mapping.js";
import { OPEN_LIBRARY } from "./open-library.js";
import {
  DESCRIPTION_METHOD,
  FOREIGN_ID_FIELDS,
  SUBFIELD_CODES,
  URL_PATTERN,
} from "./setting-types.js";

const MEBIBYTE = 2 ** 20;
const MAX_RECORD_MEBIBYTES = 16;
/** What `max_record_size` is where nobody states it, in bytes. */
export const DEFAULT_MAX_RECORD_SIZE = MAX_RECORD_MEBIBYTES * MEBIBYTE;

/** The keys of [Settings] beside those of every job. */
export const MARC_SETTINGS = {
  foreign_id_fields: key(
    "foreign_id_fields",
    FOREIGN_ID_FIELDS,
    "1,10,16,35",
    "Where a record's number at its source stands, in order of search; the subfield is `a` unless stated.",
  ),
  record_types: key(
    "record_types",
    choices(["bibliographic", "authority", "holdings", "unimarc"]),
    "bibliographic",
    "The kinds of record that are imported; others are ignored.",
  ),
  control_subfields: key(
    "control_subfields",
    SUBFIELD_CODES,
    "012456789",
    'The subfields that `*` leaves out of SUBFIELDS; `""` makes `*` mean every subfield.',
  ),
  encoding: key(
    "encoding",
    choice(ENCODINGS),
    "auto",
    "The character set of the records, in every format; `auto` goes by leader/09, UNIMARC's 100 $a or the XML declaration, and by the bytes.",
  ),
  strict: STRICT,
  max_record_size: key(
    "max_record_size",
    byteSize(100, 1024 * MEBIBYTE),
    `${MAX_RECORD_MEBIBYTES}MiB`,
    "The largest record that is read.",
  ),
  join_split_records: key(
    "join_split_records",
    BOOLEAN,
    "false",
    "Whether records that follow one another directly and have one 001 (and 003) are pieces of one, and are joined (M606).",
  ),
};

export const URL_KEYS = {
  fallback_pattern: key(
    "fallback_pattern",
    URL_PATTERN,
    "",
    "A URL for records that have none; CONTROL_NO stands for the foreign id.",
  ),
  clean_up: key(
    "clean_up",
    choice(["none", "clean", "canonize"]),
    "clean",
    "What is done to a URL: nothing, made well formed, or also brought to its nicest equal form.",
  ),
  canonize_online: key(
    "canonize_online",
    OFF,
    "false",
    "Kept for following redirects on the network; for the present `canonize` works offline only.",
  ),
};

export const DESCRIPTION_KEYS = {
  method: key(
    "method",
    DESCRIPTION_METHOD,
    "standard",
    "How the description is made; NAME is that of a section [description.NAME].",
  ),
  fallback_value: key(
    "fallback_value",
    TEXT,
    "",
    "The description of a record for which the method gives none.",
  ),
};

export const EXTRACTOR_KEYS = {
  initial_text: key("initial_text", TEXT, "", "Text that is always put first, as it is."),
  initial_serial_text: key(
    "initial_serial_text",
    TEXT,
    "",
    "Text put next if the record is a serial (leader/07 `b`, `i`, `s`).",
    "initial_serials_text",
  ),
  initial_monograph_text: key(
    "initial_monograph_text",
    TEXT,
    "",
    "Text put next if the record is no serial.",
  ),
  fallback_value: key("fallback_value", TEXT, "", "The value of a field that is otherwise empty."),
  field_join: keyWithoutDefault(
    "field_join",
    TEXT,
    '`";"` in list fields, `" "` in others',
    "What stands between MARC fields.",
  ),
  subfield_join: key("subfield_join", TEXT, " ", "What stands between the subfields of a field."),
  trim_punctuation: key(
    "trim_punctuation",
    BOOLEAN,
    "false",
    "Whether ISBD punctuation at the end is taken off.",
  ),
  skip_nonfiling: key(
    "skip_nonfiling",
    BOOLEAN,
    "false",
    "Whether the nonfiling characters (The, Der, L') that the indicator counts are left out.",
  ),
  first_only: key("first_only", BOOLEAN, "false", "Whether only the first result is taken."),
  unique: key("unique", BOOLEAN, "false", "Whether equal results are taken once."),
  linked_fields: key(
    "linked_fields",
    choice(["off", "append", "only"]),
    "off",
    "Whether the 880 fields linked by $6 are added, or taken instead.",
  ),
  translation_map: keyWithoutDefault(
    "translation_map",
    PATH,
    "values stay as they are",
    "A file that says what stands for each value: `code = label` or code, tab, label.",
  ),
};

/** Every section by name, for the reference; the last two stand for as many sections as wanted. */
export const SECTIONS: Readonly<Record<string, Keys>> = {
  ...JOB_SECTIONS,
  Want: WANT,
  OpenLibrary: OPEN_LIBRARY,
  Settings: { ...SETTINGS, ...MARC_SETTINGS },
  foreign_id: {},
  Filter: {},
  url: URL_KEYS,
  description: DESCRIPTION_KEYS,
  "description.NAME": EXTRACTOR_KEYS,
  FIELD: EXTRACTOR_KEYS,
};
