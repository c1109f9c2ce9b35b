/** A configuration as the library gives it. */

import type { EffectiveSetting } from "../config/language/section-reader.js";
import { loadConfig } from "../config/load-config.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { isList } from "../fields/record-fields.js";
import { checkRules } from "../looking/check-rules.js";
import { checkOptions } from "./options.js";

/** What is laid over a configuration's files, as options of the command line are. */
export interface ConfigurationOptions {
  /** What relative paths here start from; the working directory if absent. */
  readonly cwd?: string | undefined;
  /** `section.key=value`, in order. */
  readonly set?: readonly string[] | undefined;
  /** Path of another database. */
  readonly database?: string | undefined;
  /** Path of another folder for logs. */
  readonly logDir?: string | undefined;
  /** How much is logged: 0 nothing, 3 normal, 5 everything. */
  readonly verbosity?: number | undefined;
}

/** A line of a configuration file. */
export interface Line {
  /** Absolute path. */
  readonly file: string;
  /** One-based. */
  readonly line: number;
}

/** A setting with its origin. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly origin: "file" | "command line" | "default";
  /** The line that states it, null if none does. */
  readonly at: Line | null;
}

/** What is allowed but can hardly be meant. */
export interface Doubt {
  /** Such as `never-matches`. */
  readonly kind: string;
  readonly at: Line | null;
  /** What was found, one clause. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

/** A column of the database that records may fill. */
export interface Column {
  readonly name: string;
  /** Whether it holds a list. */
  readonly isList: boolean;
}

/** A configuration that was read and found right. */
export interface Configuration {
  /** Absolute path of its main file. */
  readonly path: string;
  /** Absolute paths of all files that it was read from. */
  readonly files: readonly string[];
  /** Absolute path. */
  readonly database: string;
  readonly foreignSource: string;
  readonly columns: readonly Column[];
  /** Every setting in the order of the files, defaults behind them. */
  readonly settings: readonly Setting[];
  /** What is allowed but can hardly be meant, in the order of the sections. */
  readonly doubts: readonly Doubt[];
}

const CHECKS = {
  cwd: "string",
  set: "object",
  database: "string",
  logDir: "string",
  verbosity: "count",
} as const;

/** What the rooms behind the library know of each. */
const LOADED = new WeakMap<Configuration, MarcConfig>();

/**
 * Reads and checks a configuration.
 *
 * @param path of its main file
 * @throws ConfigErrors with every mistake that is in it, each with its place
 */
export function loadConfiguration(path: string, options: ConfigurationOptions = {}): Configuration {
  checkOptions("loadConfiguration", options, CHECKS);
  const { cwd = process.cwd(), set = [], ...overrides } = options;
  const { config } = loadConfig(path, { cwd, sets: set, overrides });
  let doubts: readonly Doubt[] | null = null;
  const configuration: Configuration = Object.freeze({
    path: config.path,
    files: config.files,
    database: config.database.path,
    foreignSource: config.settings.foreignSource,
    columns: config.fields.map(({ name, kind }) => ({ name, isList: isList(kind) })),
    settings: config.effective.map(settingOf),
    get doubts() {
      doubts ??= checkRules(config);
      return doubts;
    },
  });
  LOADED.set(configuration, config);
  return configuration;
}

function settingOf({ section, key, value, origin, at }: EffectiveSetting): Setting {
  return { section, key, value, origin, at };
}

/**
 * What the rooms behind the library know of it.
 *
 * @throws TypeError for what `loadConfiguration` has not made
 * @internal
 */
export function configOf(configuration: Configuration): MarcConfig {
  const config = LOADED.get(configuration);
  if (config === undefined) {
    throw new TypeError("a configuration must be one that loadConfiguration has given");
  }
  return config;
}
