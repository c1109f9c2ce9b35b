/**
 * The keys of a configuration of OAI-PMH-importer beyond those of every job: what each may hold, what
 * it is when unstated, what it does.
 */

import { EVIDENCE, MATCH_POINTS } from "../job/evidence-keys.js";
import { DATABASE, DUPLICATES, LOGGING, PRIORITIES, SETTINGS, STRICT } from "../job/keys.js";
import { WANT } from "../job/want.js";
import { type Keys, key, keyWithoutDefault } from "../language/key-spec.js";
import {
  BOOLEAN,
  byteSize,
  choice,
  FIELDS,
  integer,
  NAMES,
  PATH,
  PLAIN,
} from "../language/value-types.js";
import { CERTIFICATES, HEADER_FILE, HEADER_LINE, SECRET_FILE } from "./secret-kinds.js";
import {
  BASE_URL,
  HARVEST_SOURCE,
  LANGUAGES,
  METADATA_PREFIX,
  ONE_LINE,
  PROXY,
  SETS,
  TIME,
  TIME_OR_NEVER,
  WAITING,
} from "./value-kinds.js";

const MEBIBYTE = 2 ** 20;
const TEBIBYTE = 2 ** 40;

/** How repositories are asked: [Repositories] may state these for all, a repository for itself. */
export const MANNERS = {
  overlap: key(
    "overlap",
    TIME,
    "1d",
    "How far before the last position the next harvest begins; what comes twice is unchanged.",
  ),
  full_every: key(
    "full_every",
    TIME_OR_NEVER,
    "never",
    "After how long an incremental harvest asks for everything again, for repositories that do not tell deletions.",
  ),
  window: key(
    "window",
    choice(["whole", "day", "month", "year"]),
    "whole",
    "Whether a harvest is asked for at once or in pieces of time, for repositories that refuse long lists.",
  ),
  granularity: key(
    "granularity",
    choice(["auto", "day", "second"]),
    "auto",
    "How fine the dates of requests are; `auto` goes by what the repository says.",
  ),
  delay: key("delay", TIME, "0s", "The pause between two requests."),
  timeout: key("timeout", WAITING, "600s", "How long the first byte of an answer may take."),
  idle_timeout: key("idle_timeout", WAITING, "60s", "How long an answer may fall silent."),
  retries: key("retries", integer(1, 20), "6", "How often one request is tried at most."),
  max_wait: key(
    "max_wait",
    TIME,
    "1h",
    "The longest that a repository may ask to wait; beyond it the harvest stops until then.",
  ),
  max_page_size: key(
    "max_page_size",
    byteSize(MEBIBYTE, TEBIBYTE),
    "1GiB",
    "The largest answer that is taken, unpacked.",
  ),
  keep_pages: key("keep_pages", TIME, "14d", "How long the pages of a finished harvest stay."),
  spool: key("spool", PATH, "spool", "The folder where pages are gathered."),
  method: key("method", choice(["GET", "POST"]), "GET", "How requests are sent."),
  token_as_is: key(
    "token_as_is",
    BOOLEAN,
    "false",
    "Whether resumption tokens are sent without percent-encoding, for servers that want them so.",
  ),
  ignore_list_size: key(
    "ignore_list_size",
    BOOLEAN,
    "false",
    "Whether the size that a repository states of a list is passed over, where it is known to be wrong.",
  ),
  ca_file: keyWithoutDefault(
    "ca_file",
    CERTIFICATES,
    "the certificates that Node knows",
    "Certificates that are trusted as well, such as that of an institution.",
  ),
  proxy: key("proxy", PROXY, "", "A proxy that requests go through."),
  contact: key(
    "contact",
    ONE_LINE,
    "",
    "Whom a repository may write to, such as a mail address; sent with every request.",
  ),
};

export const REPOSITORIES = {
  harvest_list: keyWithoutDefault(
    "harvest_list",
    NAMES,
    "must be stated",
    "The repositories, harvested in this order; each name is that of a section.",
  ),
  ...MANNERS,
};

/** Defaults of all repositories; the job's own keys of [Settings] without where records come from. */
export const SHARED_SETTINGS = {
  ...SETTINGS,
  strict: STRICT,
};

const SECTION = PLAIN;

/** A repository's section. */
export const REPOSITORY = {
  base_url: keyWithoutDefault(
    "base_url",
    BASE_URL,
    "must be stated",
    "Where the repository answers.",
  ),
  sets: key("sets", SETS, "", 'The sets to harvest, one after another; `""` for everything.'),
  metadata_prefix: keyWithoutDefault(
    "metadata_prefix",
    METADATA_PREFIX,
    "must be stated",
    "The metadata format to ask for.",
  ),
  harvest_mode: key(
    "harvest_mode",
    choice(["FULL", "INCREMENTAL"]),
    "INCREMENTAL",
    "Whether everything is asked for each time, or what has changed since the last time.",
  ),
  delete_absent: key(
    "delete_absent",
    BOOLEAN,
    "false",
    "Whether rows are deleted that a full harvest did not bring; only after a whole list without rejects, and within `max_deletes`.",
  ),
  ...SHARED_SETTINGS,
  foreign_source: keyWithoutDefault(
    "foreign_source",
    HARVEST_SOURCE,
    "must be stated",
    "The source of the rows. Two repositories may not share one.",
  ),
  ...DUPLICATES,
  foreign_id: key(
    "foreign_id",
    choice(["identifier", "record"]),
    "identifier",
    "Where a record's number is from: its OAI identifier, or (MARC only) the record itself, for sources that also come as files.",
  ),
  field_map_section: keyWithoutDefault(
    "field_map_section",
    SECTION,
    "this or `mapping`",
    "The section that says which element fills which field.",
  ),
  pre_process_section: keyWithoutDefault(
    "pre_process_section",
    SECTION,
    "defaults",
    "The section that says what is done before elements become fields.",
  ),
  field_defaults_section: keyWithoutDefault(
    "field_defaults_section",
    SECTION,
    "no defaults",
    "The section that says what fields hold which a record leaves empty.",
  ),
  post_process_section: keyWithoutDefault(
    "post_process_section",
    SECTION,
    "defaults",
    "The section that says what is done with the fields.",
  ),
  mapping: keyWithoutDefault(
    "mapping",
    PATH,
    "this or `field_map_section`",
    "For MARC: a configuration of MARC_import whose rules for records are taken.",
  ),
  username: key("username", ONE_LINE, "", "The name for a repository that asks for one."),
  password_file: keyWithoutDefault(
    "password_file",
    SECRET_FILE,
    "no password",
    "The file whose first line is the password; only its owner may read it.",
  ),
  header: key("header", HEADER_LINE, "", "A further header of every request."),
  header_file: keyWithoutDefault(
    "header_file",
    HEADER_FILE,
    "none",
    "The file whose first line is a header that carries a secret, such as an API key; only its owner may read it.",
  ),
  ...MANNERS,
};

export const PRE_PROCESS = {
  discard_invalid_urls: key(
    "discard_invalid_urls",
    BOOLEAN,
    "true",
    "Whether what is no http, https or ftp address is no candidate for `url`; ISBNs and ISSNs among it go to their fields.",
  ),
  verify_single_valid_url: key(
    "verify_single_valid_url",
    BOOLEAN,
    "false",
    "Whether a record is ignored in which there is not exactly one address.",
  ),
  resolver_urls: key(
    "resolver_urls",
    BOOLEAN,
    "false",
    "Whether a DOI or a handle makes an address where a record has none.",
  ),
  split_lists: key(
    "split_lists",
    FIELDS,
    "",
    "List fields in which a semicolon within an element's text separates; elsewhere it becomes a comma.",
  ),
  language_preference: key(
    "language_preference",
    LANGUAGES,
    "",
    "The languages (xml:lang) in which a title is wanted, the most wanted first; a title without one counts as wanted most.",
  ),
};

export const POST_PROCESS = {
  canonize_all_metadata: key(
    "canonize_all_metadata",
    BOOLEAN,
    "false",
    "Whether the url is brought to its nicest form, punctuation at ends is taken off, elements that are alike are taken once, and dates are written in one way.",
  ),
  must_be_valid: keyWithoutDefault(
    "must_be_valid",
    BOOLEAN,
    "as `record_must_be_valid`",
    "The same as `record_must_be_valid = true`; where both are stated they must agree.",
  ),
};

/** Every section by name, for the reference; names in capitals stand for as many sections as wanted. */
export const HARVEST_SECTIONS: Readonly<Record<string, Keys>> = {
  Logging: LOGGING,
  Database: DATABASE,
  Priorities: PRIORITIES,
  Duplicates: { ...DUPLICATES, ...EVIDENCE },
  "Match points": MATCH_POINTS,
  Settings: SHARED_SETTINGS,
  Repositories: REPOSITORIES,
  namespaces: {},
  Want: WANT,
  NAME: REPOSITORY,
  NAME_pre_process: PRE_PROCESS,
  NAME_field_defaults: {},
  NAME_field_map: {},
  NAME_post_process: POST_PROCESS,
};
