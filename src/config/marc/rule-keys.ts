/** The keys of the sections that say how a record becomes a row. */

import { DESCRIPTION_METHOD, URL_PATTERN } from "../job/setting-types.js";
import { key, keyWithoutDefault } from "../language/key-spec.js";
import { BOOLEAN, choice, OFF, PATH, TEXT } from "../language/value-types.js";

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
