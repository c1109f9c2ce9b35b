/** Reads the keys of one section by their table, and reports what is wrong with them. */

import type { KeySpec, Keys, KeyWithDefault } from "./key-spec.js";
import { formatLocation, type Location, type ProblemList, ValueError } from "./problems.js";
import type { Entry, Section } from "./sections.js";
import { suggestion } from "./suggest.js";
import { PATH, type ValueContext } from "./value-types.js";

/** One effective setting, for `check`. `at` is null for a default; "command line" has its own flag. */
export interface EffectiveSetting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly origin: "file" | "command line" | "default";
  readonly at: Location | null;
  /** A line of a file that says `override`, although nothing before it states the key. */
  readonly idleOverride: boolean;
}

/** What all section readers of a configuration have in common. */
export interface Reading {
  readonly problems: ProblemList;
  /** `base` is the directory of the main file, where the defaults of paths start. */
  readonly context: ValueContext;
  /** Absolute; places in messages are shown relative to it. */
  readonly cwd: string;
  /** Takes every setting as it is read, with its position in the order of reading. */
  readonly effective: { setting: EffectiveSetting; order: number }[];
  /** Takes every file that is read, absolute paths. */
  readonly files: string[];
}

export class SectionReader {
  readonly #entries = new Map<string, Entry>();
  /** Where each key was first stated: what overrides it stands in its place. */
  readonly #places = new Map<string, number>();
  readonly #keys: ReadonlyMap<string, KeySpec<unknown>>;

  /**
   * @param section null if the configuration does not open it
   * @param keys the keys of the table that belong to it
   */
  constructor(
    readonly name: string,
    readonly section: Section | null,
    keys: Keys,
    readonly reading: Reading,
  ) {
    this.#keys = new Map(Object.values(keys).map((spec) => [spec.name, spec]));
    for (const entry of section?.entries ?? []) {
      this.#take(entry);
    }
  }

  /** The names of the keys of the table, aliases apart. */
  get keyNames(): string[] {
    return [...this.#keys.keys()];
  }

  /** The entry that states a key, rightly or not; null if there is none. */
  entry(spec: KeySpec<unknown>): Entry | null {
    return this.#entries.get(spec.name) ?? null;
  }

  /** The value of a key, of its default if it is unstated or faulty; null if it has no default. */
  read<T>(spec: KeyWithDefault<T>): T;
  read<T>(spec: KeySpec<T>, initial: string): T;
  read<T>(spec: KeySpec<T>): T | null;
  read<T>(spec: KeySpec<T>, initial: string | null = spec.initial): T | null {
    const entry = this.#entries.get(spec.name);
    const stated = entry === undefined || entry.broken ? null : this.#parse(spec, entry);
    if (stated !== null) {
      return stated.value;
    }
    if (initial === null) {
      return null;
    }
    const value = spec.type.parse(initial, this.reading.context);
    if (entry === undefined) {
      this.note(spec.name, spec.type === PATH ? String(value) : initial, null);
    }
    return value;
  }

  /** The stated keys that are not in the table, in order; faulty ones left out. */
  others(): Entry[] {
    return [...this.#entries.values()].filter(
      (entry) => !this.#keys.has(entry.key) && !entry.broken && !this.#hasAlias(entry.key),
    );
  }

  /** Refuses every key that is not in the table. */
  refuseOthers(otherwise?: string): void {
    const names = this.keyNames;
    for (const entry of this.others()) {
      const advice = otherwise ?? `delete it, or write one of ${names.join(", ")}`;
      this.report(
        entry,
        new ValueError(
          `[${this.name}] has no key "${entry.key}"`,
          names.join(", "),
          suggestion(entry.key, names, advice),
        ),
      );
    }
  }

  /** Runs a check or a conversion; what it throws is reported at the entry, and null returned. */
  attempt<T>(entry: Entry, action: () => T): { readonly value: T } | null {
    try {
      return { value: action() };
    } catch (error) {
      this.report(entry, error);
      return null;
    }
  }

  /** Reports a `ValueError` at an entry; anything else is thrown on. */
  report(entry: Entry, error: unknown): void {
    if (!(error instanceof ValueError)) {
      throw error;
    }
    const hint = entry.commentCut
      ? "; # and ; start a comment behind a blank: put the value in quotes if they belong to it"
      : "";
    this.reading.problems.add(entry.order, {
      at: entry.at,
      found: error.secret ? `${entry.key} = …` : entry.text,
      problem: error.problem,
      allowed: error.allowed,
      advice: error.advice + hint,
    });
  }

  /** Lists an effective setting; `entry` null for a default. */
  note(key: string, value: string, entry: Entry | null): void {
    const origin = entry === null ? "default" : entry.at === null ? "command line" : "file";
    const order = entry === null ? undefined : this.#places.get(key);
    const idleOverride = origin === "file" && entry?.override === true && entry.order === order;
    const at = entry?.at ?? null;
    const setting = { section: this.name, key, value, origin, at, idleOverride } as const;
    this.reading.effective.push({ setting, order: order ?? Number.POSITIVE_INFINITY });
  }

  #hasAlias(key: string): boolean {
    return [...this.#keys.values()].some((spec) => spec.alias === key);
  }

  #take(entry: Entry): void {
    const alias = [...this.#keys.values()].find((spec) => spec.alias === entry.key);
    const key = alias?.name ?? entry.key;
    const before = this.#entries.get(key);
    if (before !== undefined && !entry.override) {
      this.report(entry, this.#givenTwice(entry, before));
      return;
    }
    if (before === undefined) this.#places.set(key, entry.order);
    this.#entries.set(key, entry);
  }

  #givenTwice(entry: Entry, before: Entry): ValueError {
    const place = formatLocation(before.at, this.reading.cwd);
    if (place === formatLocation(entry.at, this.reading.cwd)) {
      return new ValueError(
        `the file is included twice, so [${this.name}] ${entry.key} at ${place} is given twice`,
        "each key once in a section",
        "include the file once",
      );
    }
    return new ValueError(
      `[${this.name}] ${entry.key} is given twice: here and at ${place}`,
      "each key once in a section",
      `delete one of the two, give it another name if both are SearchFields, or write "override ${entry.key} = …" to replace the earlier one`,
    );
  }

  #parse<T>(spec: KeySpec<T>, entry: Entry): { readonly value: T } | null {
    return this.attempt(entry, () => {
      if (entry.value === null && !spec.type.bare) {
        throw new ValueError(
          `${entry.key} stands without a value`,
          spec.type.allowed,
          `write ${entry.key} = and the value`,
        );
      }
      const text = entry.value ?? "true";
      const value = this.#explain(spec, entry, text);
      this.note(spec.name, spec.type === PATH ? String(value) : text, entry);
      return value;
    });
  }

  #explain<T>(spec: KeySpec<T>, entry: Entry, text: string): T {
    try {
      return spec.type.parse(text, { ...this.reading.context, base: entry.base });
    } catch (error) {
      throw error instanceof ValueError
        ? new ValueError(
            `${entry.key}: ${error.problem}`,
            error.allowed,
            error.advice,
            error.secret,
          )
        : error;
    }
  }
}
