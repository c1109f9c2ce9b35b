/** The four kinds of supporting sections, and [namespaces]: from them comes the mapping of a repository. */

import { isList } from "../../fields/record-fields.js";
import { COMMAND_LINE, ValueError } from "../language/problems.js";
import { type Reading, SectionReader } from "../language/section-reader.js";
import type { Entry, Section } from "../language/sections.js";
import { suggestion } from "../language/suggest.js";
import { readTranslationMap } from "../language/translation-map.js";
import { booleanWord, PATH, TEXT } from "../language/value-types.js";
import type { DcMapping, FieldDefault, FieldMapRule } from "./dc-mapping.js";
import { fieldNamed, type Prefixes, parseFieldMapRule } from "./field-map.js";
import { POST_PROCESS, PRE_PROCESS } from "./harvest-keys.js";
import { KNOWN_PREFIXES, plainNamespace } from "./namespaces.js";
import { NO_GUESSES } from "./value-kinds.js";

/** What iVia could guess, beside the names of record fields. */
const AUGMENTED = ["title", "categories", "creators", "description", "keywords", "lcsh"];

type Url = Pick<
  DcMapping,
  | "discardInvalidUrls"
  | "verifySingleValidUrl"
  | "resolverUrls"
  | "splitLists"
  | "languagePreference"
>;

/** What a post_process section says; `mustBeValid` null where it does not say it. */
export interface PostProcess {
  readonly canonizeAllMetadata: boolean;
  readonly mustBeValid: { readonly value: boolean; readonly entry: Entry } | null;
  readonly translations: DcMapping["translations"];
}

/** Reads each supporting section once, however many repositories share it. */
export class SupportingSections {
  readonly #read = new Map<string, unknown>();
  readonly #prefixes: Prefixes;

  constructor(
    private readonly sections: ReadonlyMap<string, Section>,
    private readonly reading: Reading,
  ) {
    this.#prefixes = readNamespaces(sections.get("namespaces") ?? null, reading);
  }

  /** @param name null for the defaults, here and below */
  preProcess(name: string | null): Url {
    return this.#once("pre_process", name, (section) => readPreProcess(section, this.reading));
  }

  fieldDefaults(name: string | null): DcMapping["defaults"] {
    return this.#once("field_defaults", name, (section) => readDefaults(section, this.reading));
  }

  fieldMap(name: string | null): readonly FieldMapRule[] {
    return this.#once("field_map", name, (section) => {
      return readFieldMap(section, this.reading, this.#prefixes);
    });
  }

  postProcess(name: string | null): PostProcess {
    return this.#once("post_process", name, (section) => readPostProcess(section, this.reading));
  }

  #once<T>(kind: string, name: string | null, read: (section: Section | null) => T): T {
    const key = `${kind} ${name ?? ""}`;
    if (!this.#read.has(key)) {
      this.#read.set(key, read(name === null ? null : (this.sections.get(name) ?? null)));
    }
    return this.#read.get(key) as T;
  }
}

/** The defaults of a section that nobody names are nobody's settings. */
function readerOf(section: Section | null, keys: object, reading: Reading): SectionReader {
  const own = section === null ? { ...reading, effective: [] } : reading;
  return new SectionReader(section?.name ?? "", section, keys as typeof PRE_PROCESS, own);
}

function readNamespaces(section: Section | null, reading: Reading): Prefixes {
  const reader = readerOf(section, {}, reading);
  const prefixes = new Map(
    Object.entries(KNOWN_PREFIXES).map(([prefix, known]) => [prefix, known.map(plainNamespace)]),
  );
  for (const entry of reader.others()) {
    reader.attempt(entry, () => {
      if (!/^[^\s:{}]+$/.test(entry.key)) {
        throw new ValueError(
          `"${entry.key}" is not a prefix`,
          "prefix = NAMESPACE",
          "write the prefix without a colon, as in mods = http://www.loc.gov/mods/v3",
        );
      }
      const namespace = plainNamespace(entry.value ?? "");
      if (namespace === "" || /\s/.test(namespace)) {
        throw new ValueError(
          `${entry.key}: not a namespace`,
          "the namespace that the records declare, such as http://www.loc.gov/mods/v3",
          `copy it from the xmlns:${entry.key} of a record`,
        );
      }
      prefixes.set(entry.key, [namespace]);
      reader.note(entry.key, entry.value ?? "", entry);
    });
  }
  return prefixes;
}

function readPreProcess(section: Section | null, reading: Reading): Url {
  const reader = readerOf(section, PRE_PROCESS, reading);
  reader.refuseOthers();
  const splitLists = reader.read(PRE_PROCESS.split_lists);
  const entry = reader.entry(PRE_PROCESS.split_lists);
  const plain = splitLists.find((name) => {
    return reading.context.fields.some((field) => field.name === name && !isList(field.kind));
  });
  if (plain !== undefined && entry !== null) {
    reader.report(
      entry,
      new ValueError(
        `split_lists: ${plain} is plain text, not a list`,
        "names of list fields",
        `take ${plain} out of the list`,
      ),
    );
  }
  return {
    discardInvalidUrls: reader.read(PRE_PROCESS.discard_invalid_urls),
    verifySingleValidUrl: reader.read(PRE_PROCESS.verify_single_valid_url),
    resolverUrls: reader.read(PRE_PROCESS.resolver_urls),
    splitLists,
    languagePreference: reader.read(PRE_PROCESS.language_preference),
  };
}

/** A value that a key states; what it may not lack. */
function statedValue(entry: Entry, allowed: string): string {
  if (entry.value !== null) return entry.value;
  throw new ValueError(
    `${entry.key} stands without a value`,
    allowed,
    `write ${entry.key} = and the value`,
  );
}

function readDefaults(section: Section | null, reading: Reading): DcMapping["defaults"] {
  const reader = readerOf(section, {}, reading);
  const defaults: Record<string, FieldDefault> = {};
  const keys = new Map<string, string>();
  for (const entry of reader.others()) {
    reader.attempt(entry, () => {
      const { name } = fieldNamed(entry.key, reading.context.fields);
      const before = keys.get(name);
      if (before !== undefined) {
        throw new ValueError(
          `${before} and ${entry.key} are the same field, ${name}`,
          "each field once in a section",
          `delete one of the two lines`,
        );
      }
      keys.set(name, entry.key);
      const text = defaultText(name, statedValue(entry, TEXT.allowed), reading);
      defaults[name] = { text, at: entry.at ?? COMMAND_LINE };
      reader.note(entry.key, entry.value ?? "", entry);
    });
  }
  return defaults;
}

/** Two fields hold one of two words only. */
function defaultText(name: string, value: string, reading: Reading): string {
  if (name === "expert_created" && value !== "") {
    const stated = booleanWord(value) ?? ({ 0: false, 1: true } as Record<string, boolean>)[value];
    if (stated === undefined) {
      throw new ValueError(
        `"${value}" is neither true nor false`,
        'true, false, or ""',
        "write true or false",
      );
    }
    return stated ? "1" : "0";
  }
  if (name === "record_type" && !["", "serial", "monograph"].includes(value)) {
    throw new ValueError(
      `"${value}" is not a record_type`,
      'serial, monograph, or ""',
      "write serial or monograph",
    );
  }
  return TEXT.parse(value, reading.context);
}

function readFieldMap(
  section: Section | null,
  reading: Reading,
  prefixes: Prefixes,
): FieldMapRule[] {
  const reader = readerOf(section, {}, reading);
  const { fields } = reading.context;
  return reader.others().flatMap((entry) => {
    const read = reader.attempt(entry, () => {
      const value = statedValue(entry, "the name of a record field").normalize("NFC");
      const known = { fields, prefixes };
      return parseFieldMapRule(entry.key, value, entry.at ?? COMMAND_LINE, known);
    });
    if (read === null) return [];
    reader.note(entry.key, entry.value ?? "", entry);
    return read.value;
  });
}

function readPostProcess(section: Section | null, reading: Reading): PostProcess {
  const reader = readerOf(section, POST_PROCESS, reading);
  const translations: Record<string, Readonly<Record<string, string>>> = {};
  for (const entry of reader.others()) {
    reader.attempt(entry, () => {
      if (entry.key.startsWith("augment_")) return readAugment(entry, reader);
      if (entry.key.startsWith("translate_")) return readTranslation(entry, reader, translations);
      throw unknownKey(entry, reader);
    });
  }
  const canonizeAllMetadata = reader.read(POST_PROCESS.canonize_all_metadata);
  const value = reader.read(POST_PROCESS.must_be_valid);
  const entry = reader.entry(POST_PROCESS.must_be_valid);
  const mustBeValid = value === null || entry === null ? null : { value, entry };
  return { canonizeAllMetadata, mustBeValid, translations };
}

function unknownKey(entry: Entry, reader: SectionReader): ValueError {
  const names = [
    ...reader.keyNames,
    ...AUGMENTED.map((name) => `augment_${name}`),
    "translate_language",
  ];
  return new ValueError(
    `[${reader.name}] has no key "${entry.key}"`,
    `${names.join(", ")}, and translate_FIELD for other fields`,
    suggestion(entry.key, names, `delete it, or write one of ${names.join(", ")}`),
  );
}

function readAugment(entry: Entry, reader: SectionReader): void {
  const name = entry.key.slice("augment_".length);
  const { context } = reader.reading;
  if (!AUGMENTED.includes(name) && !context.fields.some((field) => field.name === name)) {
    throw unknownKey(entry, reader);
  }
  try {
    NO_GUESSES.parse(entry.value ?? "true", context);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ValueError(`${entry.key}: ${error.problem}`, error.allowed, error.advice);
  }
  reader.note(entry.key, entry.value ?? "true", entry);
}

function readTranslation(
  entry: Entry,
  reader: SectionReader,
  into: Record<string, Readonly<Record<string, string>>>,
): void {
  const { reading } = reader;
  const { name } = fieldNamed(entry.key.slice("translate_".length), reading.context.fields);
  const value = statedValue(entry, PATH.allowed);
  const file = PATH.parse(value, { ...reading.context, base: entry.base });
  reading.files.push(file);
  const { map, problems } = readTranslationMap(file);
  for (const problem of problems) reading.problems.add(entry.order, problem);
  into[name] = map;
  reader.note(entry.key, file, entry);
}
