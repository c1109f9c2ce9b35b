import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import {
  ConfigErrors,
  type ConfigProblem,
  ProblemList,
} from "../../src/config/language/problems.js";
import { type Section, toSections } from "../../src/config/language/sections.js";
import { readSource } from "../../src/config/language/source.js";
import type { LoadOptions } from "../../src/config/language/stated.js";
import { loadConfig } from "../../src/config/load-config.js";
import type { MarcConfig } from "../../src/config/marc/marc-mapping.js";

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories.splice(0)) {
    rmSync(directory, { recursive: true, force: true });
  }
});

/** Files by relative name; a lone text is `main.conf`. */
export type Files = string | Readonly<Record<string, string | Buffer>>;

/** Writes files into a new directory, which is removed after the tests. */
export function makeFiles(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), "marc-import-config-"));
  directories.push(directory);
  const byName = typeof files === "string" ? { "main.conf": files } : files;
  for (const [name, content] of Object.entries(byName)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** Loads `main.conf` of some files. */
export function load(files: Files, options: Partial<LoadOptions> = {}): MarcConfig {
  const directory = makeFiles(files);
  return loadConfig("main.conf", { cwd: directory, ...options }).config;
}

/** A configuration with its [Settings] stated, and `text` behind it. */
export function withSource(text: string): string {
  return `[Settings]\nforeign_source = "test"\n${text}\n`;
}

/** The problems of `main.conf`, places as `file:line` relative to its directory. */
export function problemsOf(
  files: Files,
  options: Partial<LoadOptions> = {},
): (ConfigProblem & { readonly place: string })[] {
  const directory = makeFiles(files);
  try {
    loadConfig("main.conf", { cwd: directory, ...options });
  } catch (error) {
    if (error instanceof ConfigErrors) {
      return error.problems.map((problem) => ({ ...problem, place: place(problem, directory) }));
    }
    throw error;
  }
  return [];
}

function place(problem: ConfigProblem, directory: string): string {
  const { at } = problem;
  return at === null ? "command line" : `${at.file.slice(directory.length + 1)}:${at.line}`;
}

/** The sections of `main.conf` as keys and values, whatever their names; `null` for bare keys. */
export function sectionsOf(files: Files): Record<string, [key: string, value: string | null][]> {
  const problems = new ProblemList();
  const source = readSource(join(makeFiles(files), "main.conf"), problems);
  problems.throwIfAny();
  return Object.fromEntries(
    [...toSections(source.statements)].map(([name, section]: [string, Section]) => [
      name,
      section.entries.map((entry) => [entry.key, entry.value]),
    ]),
  );
}
