/** Keys that a section states for all repositories, and that a repository's own section wins over. */

import type { KeySpec, Keys } from "../language/key-spec.js";
import { ValueError } from "../language/problems.js";
import { type Reading, SectionReader } from "../language/section-reader.js";
import type { Entry, Section } from "../language/sections.js";

/** A section that is read for all repositories. */
export interface Shared {
  readonly section: Section | null;
  readonly keys: Keys;
}

/** Reports what is wrong with a shared section; its settings are listed where they take effect. */
export function checkShared({ section, keys }: Shared, reading: Reading): void {
  if (section === null) return;
  const reader = new SectionReader(section.name, section, keys, { ...reading, effective: [] });
  reader.refuseOthers();
  for (const spec of Object.values(keys)) reader.read(spec);
}

function specOf(entry: Entry, keys: Keys): KeySpec<unknown> | undefined {
  return Object.values(keys).find(({ name, alias }) => name === entry.key || alias === entry.key);
}

/**
 * A repository's section with what it takes over from shared ones: what it does not state itself, and
 * what it overrides.
 */
export function withShared(own: Section, shared: readonly Shared[], reading: Reading): Section {
  const inherited = shared.flatMap(({ section, keys }) => {
    const last = new Map<string, Entry>();
    for (const entry of section?.entries ?? []) {
      const spec = specOf(entry, keys);
      if (spec !== undefined) last.set(spec.name, checked(entry, spec, reading));
    }
    return [...last].flatMap(([name, entry]) => {
      const { alias = null } = keys[name] ?? {};
      const stated = own.entries.filter(({ key }) => key === name || key === alias);
      return stated.every(({ override }) => override) ? [entry] : [];
    });
  });
  return { ...own, entries: [...inherited, ...own.entries] };
}

/** What is wrong is told once, at its own section. */
function checked(entry: Entry, spec: KeySpec<unknown>, reading: Reading): Entry {
  try {
    spec.type.parse(entry.value ?? "true", { ...reading.context, base: entry.base });
    return entry;
  } catch (error) {
    if (error instanceof ValueError) return { ...entry, broken: true };
    throw error;
  }
}
