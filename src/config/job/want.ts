/** `[Want]`: whose rows are whose copies, how many are wanted, and what counts as another edition. */

import { PerlSyntaxError, parsePattern } from "../../perl/substitutions.js";
import { key } from "../language/key-spec.js";
import { ValueError } from "../language/problems.js";
import type { SectionReader } from "../language/section-reader.js";
import {
  choice,
  choices,
  integer,
  NAMES,
  pick,
  refuse,
  type ValueContext,
  valueType,
} from "../language/value-types.js";

import type { JobConfig } from "./job-config.js";

/** The methods by which two rows may be editions of one work. */
const RELATING_METHODS = ["LCCN", "OCLC_NUMBER", "ISBN", "TITLE_AUTHOR_YEAR"] as const;
export type RelatingMethod = (typeof RELATING_METHODS)[number];

/** `need_second`: a row whose field fits is worn, missing, or otherwise to be replaced. */
export interface NeedSecond {
  readonly field: string;
  /** `/pattern/flags`, as written. */
  readonly pattern: string;
}

/** A place to listen at. */
export interface ListenAddress {
  /** A name or a number, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** A job whose database is asked, too. */
export interface AskedConfig extends JobConfig {
  readonly want: WantSettings;
}

export interface WantSettings {
  readonly heldSources: readonly string[];
  readonly donationSources: readonly string[];
  readonly partnerSources: readonly string[];
  readonly ignoredSources: readonly string[];
  /** The field that counts the copies of a row, "" where each row is one copy. */
  readonly copiesField: string;
  readonly copiesWanted: number;
  readonly needSecond: NeedSecond | null;
  /** Whether other editions are told, or count as copies. */
  readonly related: "note" | "count";
  readonly relatedBy: readonly RelatingMethod[];
  /** The field with ISBNs of other editions, "" for none. */
  readonly relatedField: string;
  readonly asinField: string;
  /** The field that names a row in answers, "" for source and id. */
  readonly identifier: string;
  readonly listen: ListenAddress;
}

/** The name of a record field, or nothing. */
const FIELD_NAME = valueType('the name of a record field, or ""', (text, context): string =>
  text.trim() === "" ? "" : recordField(text.trim(), context),
);

function recordField(text: string, context: ValueContext): string {
  const names = context.fields.map(({ name }) => name);
  return pick(text, names, "a record field");
}

const NEED_SECOND = valueType(
  'FIELD /pattern/flags, such as "condition /worn|missing/i"; or ""',
  (text, context): NeedSecond | null => {
    if (text.trim() === "") return null;
    const parts = /^(\S+)\s+(\S.*)$/.exec(text.trim());
    if (parts === null) {
      throw refuse(
        text,
        "not a field and a pattern",
        NEED_SECOND.allowed,
        "write the name of a field, a blank, and a pattern between slashes",
      );
    }
    return { field: recordField(parts[1], context), pattern: checkedPattern(parts[2]) };
  },
);

function checkedPattern(pattern: string): string {
  try {
    parsePattern(pattern);
    return pattern;
  } catch (error) {
    if (!(error instanceof PerlSyntaxError)) throw error;
    throw new ValueError(error.problem, error.allowed, error.advice);
  }
}

/** `HOST:PORT`; an IPv6 address stands in brackets. */
export const LISTEN = valueType(
  "HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080",
  (text): ListenAddress => {
    const parts = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text.trim());
    const port = Number(parts?.[3] ?? Number.NaN);
    if (parts === null || !(port <= 65_535)) {
      throw refuse(
        text,
        "not an address to listen at",
        LISTEN.allowed,
        "write host and port with a colon between",
      );
    }
    return { host: parts[1] ?? parts[2], port };
  },
);

export const WANT = {
  held_sources: key(
    "held_sources",
    NAMES,
    "",
    "Foreign sources whose rows are copies of ours. A source that no key names counts as one of them.",
  ),
  donation_sources: key(
    "donation_sources",
    NAMES,
    "",
    "Sources of books that were given and not worked on yet; `--ignore-donations` leaves them out.",
  ),
  partner_sources: key(
    "partner_sources",
    NAMES,
    "",
    "Sources that tell what partners hold; with them a copy may be wanted for a partner.",
  ),
  ignored_sources: key("ignored_sources", NAMES, "", "Sources that tell nothing of any copy."),
  copies_field: key(
    "copies_field",
    FIELD_NAME,
    "",
    "The field that tells how many copies a row stands for: a number, or a list with an element for each.",
  ),
  copies_wanted: key(
    "copies_wanted",
    integer(1, 1_000_000),
    "1",
    "How many copies of a book are wanted.",
  ),
  need_second: key(
    "need_second",
    NEED_SECOND,
    "",
    "What tells that a copy of ours is to be replaced.",
  ),
  related: key(
    "related",
    choice(["note", "count"]),
    "note",
    "Whether other editions are only told, or count as copies.",
  ),
  related_by: key(
    "related_by",
    choices(RELATING_METHODS),
    "LCCN,OCLC_NUMBER,ISBN",
    "What two rows share that are editions of one another.",
  ),
  related_field: key(
    "related_field",
    FIELD_NAME,
    "",
    "A field with ISBNs of other editions, asked where no row has the ISBN itself.",
  ),
  asin_field: key("asin_field", FIELD_NAME, "", "The field with ASINs; without one none is found."),
  identifier: key(
    "identifier",
    FIELD_NAME,
    "",
    "The field that names a row in answers; without one SOURCE/ID does.",
  ),
  listen: key(
    "listen",
    LISTEN,
    "127.0.0.1:8080",
    "Where `serve` listens; only this machine can ask it unless another address stands here.",
  ),
};

const SOURCE_KEYS = [
  WANT.held_sources,
  WANT.donation_sources,
  WANT.partner_sources,
  WANT.ignored_sources,
];

/** Reads `[Want]`. */
export function readWant(reader: SectionReader): WantSettings {
  reader.refuseOthers();
  refuseTwice(reader);
  return {
    heldSources: reader.read(WANT.held_sources),
    donationSources: reader.read(WANT.donation_sources),
    partnerSources: reader.read(WANT.partner_sources),
    ignoredSources: reader.read(WANT.ignored_sources),
    copiesField: reader.read(WANT.copies_field),
    copiesWanted: reader.read(WANT.copies_wanted),
    needSecond: reader.read(WANT.need_second),
    related: reader.read(WANT.related),
    relatedBy: reader.read(WANT.related_by),
    relatedField: reader.read(WANT.related_field),
    asinField: reader.read(WANT.asin_field),
    identifier: reader.read(WANT.identifier),
    listen: reader.read(WANT.listen),
  };
}

/** A source is of one kind only. */
function refuseTwice(reader: SectionReader): void {
  const kinds = new Map<string, string>();
  for (const spec of SOURCE_KEYS) {
    const entry = reader.entry(spec);
    const names = (entry?.value ?? "").split(",").map((name) => name.trim());
    for (const name of names) {
      if (entry === null || name === "") continue;
      const before = kinds.get(name);
      kinds.set(name, spec.name);
      if (before === undefined || before === spec.name) continue;
      reader.report(
        entry,
        new ValueError(
          `${name} is named in ${before} and in ${spec.name}`,
          "each source in one of the lists",
          `delete ${name} from one of the two`,
        ),
      );
    }
  }
}
