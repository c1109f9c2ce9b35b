/** `[OpenLibrary]`: what an export for Open Library is told. */

import { key } from "../language/key-spec.js";
import type { SectionReader } from "../language/section-reader.js";
import { BOOLEAN, choice, NAMES, PLAIN, refuse, valueType } from "../language/value-types.js";

/** Where a record's number in a library's own system stands, and the name of that system. */
export interface LocalId {
  readonly tag: string;
  readonly subfield: string;
  readonly prefix: string;
}

export interface OpenLibrarySettings {
  readonly profile: "schema" | "server";
  /** "" for the foreign source. */
  readonly sourcePrefix: string;
  /** The item of archive.org that holds the very files, "" for none. */
  readonly item: string;
  readonly localId: LocalId | null;
  /** Whether fields are made exactly as Open Library's own reading of MARC makes them. */
  readonly asOpenLibrary: boolean;
  /** Whether only what they know as a book is exported. */
  readonly onlyBooks: boolean;
  /** Keys of editions that are never written. */
  readonly omit: readonly string[];
}

const LOCAL_ID = valueType(
  'a field and a name, such as "999a trent" or "001 trent"; or ""',
  (text): LocalId | null => {
    if (text.trim() === "") return null;
    const parts = /^(\d{3})([a-z0-9]?)\s+([a-z][a-z0-9_-]*)$/.exec(text.trim());
    if (parts !== null && parts[1].startsWith("00") === (parts[2] === "")) {
      return { tag: parts[1], subfield: parts[2], prefix: parts[3] };
    }
    throw refuse(
      text,
      "not a field and a name",
      LOCAL_ID.allowed,
      "write the tag, the subfield where it is no 00X, a blank, and the name in small letters",
    );
  },
);

export const OPEN_LIBRARY = {
  profile: key(
    "profile",
    choice(["schema", "server"]),
    "schema",
    "Which of their checks editions must pass: the schema, or that of the server, which lets a number stand for what is missing.",
  ),
  source_prefix: key(
    "source_prefix",
    PLAIN,
    "",
    "What stands before the record's number in source_records; without one the foreign source.",
  ),
  item: key(
    "item",
    PLAIN,
    "",
    "The item of archive.org that holds the very files; source_records then begin with `marc:`.",
  ),
  local_id: key(
    "local_id",
    LOCAL_ID,
    "",
    "Where the number of the library's own system stands, and its name there; for the profile `server`.",
  ),
  as_openlibrary: key(
    "as_openlibrary",
    BOOLEAN,
    "false",
    "Make each field exactly as Open Library's own reading of MARC does, also where ours is better.",
  ),
  only_books: key(
    "only_books",
    BOOLEAN,
    "true",
    "Leave out serials, and what is neither text nor notated music nor a computer file.",
  ),
  omit: key("omit", NAMES, "", "Keys of editions that are never written, such as `notes`."),
};

/** Reads `[OpenLibrary]`. */
export function readOpenLibrary(reader: SectionReader): OpenLibrarySettings {
  reader.refuseOthers();
  return {
    profile: reader.read(OPEN_LIBRARY.profile),
    sourcePrefix: reader.read(OPEN_LIBRARY.source_prefix),
    item: reader.read(OPEN_LIBRARY.item),
    localId: reader.read(OPEN_LIBRARY.local_id),
    asOpenLibrary: reader.read(OPEN_LIBRARY.as_openlibrary),
    onlyBooks: reader.read(OPEN_LIBRARY.only_books),
    omit: reader.read(OPEN_LIBRARY.omit),
  };
}
