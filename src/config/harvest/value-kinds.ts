/** The kinds of value that only the keys of harvesting take. */

import { nameList, refuse, valueType } from "../language/value-types.js";
import { refuseSecret } from "./secret-kinds.js";

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
};
const LONGEST_DAYS = 36_500;

/** A length of time, in milliseconds. */
const DURATION = valueType("a number with s, m, h or d behind it, such as 30s or 1d", (text) => {
  const parts = /^(\d{1,9}) ?([smhd])$/i.exec(text.trim());
  const unit = parts === null ? undefined : UNITS[parts[2].toLowerCase()];
  if (parts === null || unit === undefined) {
    throw refuse(
      text,
      "not a length of time",
      DURATION.allowed,
      "write a number and its unit, such as 90s, 15m, 12h or 7d",
    );
  }
  const time = Number(parts[1]) * unit;
  if (time > LONGEST_DAYS * UNITS.d) {
    throw refuse(text, "too long", `at most ${LONGEST_DAYS}d`, "write a shorter time");
  }
  return time;
});

/** A length of time in milliseconds, 0 allowed. */
export const TIME = DURATION;

/** A length of time that is not 0, in milliseconds. */
export const WAITING = valueType(`${DURATION.allowed}, more than 0`, (text, context) => {
  const time = DURATION.parse(text, context);
  if (time === 0) throw refuse(text, "no time at all", WAITING.allowed, "write at least 1s");
  return time;
});

/** A length of time in milliseconds, null for `never`. */
export const TIME_OR_NEVER = valueType(`${WAITING.allowed}; or never`, (text, context) =>
  text.trim().toLowerCase() === "never" ? null : WAITING.parse(text, context),
);

/** Arguments that a request adds itself. */
const OAI_ARGUMENTS = [
  "verb",
  "metadataPrefix",
  "from",
  "until",
  "set",
  "identifier",
  "resumptionToken",
];

function withoutPassword(address: URL, what: string, instead: string): void {
  if (address.username === "" && address.password === "") return;
  throw refuseSecret(
    `${what} holds a name or a password`,
    `${what} without them: a configuration is copied, mailed and kept in repositories`,
    instead,
  );
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** `base_url`: an absolute http or https address without arguments of the protocol. */
export const BASE_URL = valueType("an address that begins with http:// or https://", (text) => {
  const address = /^https?:\/\/[^\s]+$/i.test(text) ? parsed(text) : null;
  if (address === null) {
    throw refuse(
      text,
      "not an http or https address",
      BASE_URL.allowed,
      'write the base URL that the repository states, such as "https://repository.example.org/oai"',
    );
  }
  withoutPassword(
    address,
    "the address",
    "write username = NAME and password_file = FILE in this section",
  );
  if (address.hash !== "") {
    throw refuse(
      text,
      "an address with a # in it",
      BASE_URL.allowed,
      `write ${text.slice(0, text.indexOf("#"))}`,
    );
  }
  const argument = OAI_ARGUMENTS.find((name) => address.searchParams.has(name));
  if (argument !== undefined) {
    throw refuse(
      text,
      `an address of one request (${argument}=…)`,
      "the base URL alone: every request adds its own arguments",
      `write the address without the argument ${argument}`,
    );
  }
  return text;
});

/** `proxy`: the address of a proxy, "" for none. */
export const PROXY = valueType(
  'the address of a proxy, such as http://proxy:3128, or ""',
  (text) => {
    if (text === "") return "";
    const address = /^https?:\/\/[^\s]+$/i.test(text) ? parsed(text) : null;
    if (address === null) {
      throw refuse(
        text,
        "not the address of a proxy",
        PROXY.allowed,
        'write http://HOST:PORT, or "" for none',
      );
    }
    withoutPassword(
      address,
      "the address of the proxy",
      "use a proxy that knows this machine by its address",
    );
    return text;
  },
);

const NO_BLANKS = /^[^\s\u0000-\u001f\u007f]+$/;

/** `metadata_prefix`. */
export const METADATA_PREFIX = valueType(
  "the name of a metadata format, such as oai_dc",
  (text) => {
    if (NO_BLANKS.test(text)) return text;
    throw refuse(
      text,
      "not the name of a format",
      METADATA_PREFIX.allowed,
      "write one that the repository lists: OAI-PMH-importer formats NAME",
    );
  },
);

/** `sets`: setSpecs; none for everything. */
export const SETS = valueType(
  'names of sets (setSpec), separated by commas; or "" for everything',
  (text): readonly string[] => {
    const sets = nameList(text);
    const bad = sets.find((set) => !NO_BLANKS.test(set));
    if (bad !== undefined) {
      throw refuse(
        bad,
        "not the setSpec of a set",
        SETS.allowed,
        "write the setSpec, not the title of the set: OAI-PMH-importer sets NAME lists both",
      );
    }
    const twice = sets.find((set, index) => sets.indexOf(set) !== index);
    if (twice !== undefined)
      throw refuse(
        text,
        `a list that names ${twice} twice`,
        "each set once",
        `delete one ${twice}`,
      );
    return sets;
  },
);

/** `foreign_source` of a repository: never empty, since harvested records come again every night. */
export const HARVEST_SOURCE = valueType("any text but the empty one", (text) => {
  if (text.trim() !== "") return text;
  throw refuse(
    text,
    "no name of a source",
    HARVEST_SOURCE.allowed,
    "write a name for where the records come from: without it each harvest would make every row anew",
  );
});

/** Text that goes into a line of a request: no control characters. */
export const ONE_LINE = valueType("text on one line", (text) => {
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw refuse(
      text.replace(/[\u0000-\u001f\u007f]/g, " "),
      "text with a control character",
      ONE_LINE.allowed,
      "write it without",
    );
  }
  return text;
});

/** Language tags (RFC 5646), the most wanted first. */
export const LANGUAGES = valueType(
  "language tags such as en or pt-BR, separated by commas",
  (text): readonly string[] => {
    const tags = nameList(text);
    const bad = tags.find((tag) => !/^[a-z]{1,8}(?:[-_][a-z0-9]{1,8})*$/i.test(tag));
    if (bad !== undefined)
      throw refuse(
        bad,
        "not a language tag",
        LANGUAGES.allowed,
        'write tags as records have them in xml:lang, such as "en,de"',
      );
    return tags;
  },
);

/** `augment_…`: what iVia got by fetching the resource and guessing. */
export const NO_GUESSES = valueType("false, no or off", (text): false => {
  if (/^(?:false|no|off)$/i.test(text.trim())) return false;
  throw refuse(
    text,
    "not available here",
    NO_GUESSES.allowed,
    "delete the line: iVia fetched the resource and guessed its metadata; this program takes what the record says",
  );
});
