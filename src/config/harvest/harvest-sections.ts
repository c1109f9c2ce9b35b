/** Which sections a configuration of OAI-PMH-importer may have, and what to say of others. */

import type { RecordField } from "../../fields/record-fields.js";
import { type ConfigProblem, type ProblemList, ValueError } from "../language/problems.js";
import type { Section } from "../language/sections.js";
import { suggestion } from "../language/suggest.js";
import { HARVEST_SECTIONS } from "./harvest-keys.js";

type Sections = ReadonlyMap<string, Section>;

/** The kinds of supporting sections, by what their names end in. */
const SUPPORTING = ["pre_process", "field_defaults", "field_map", "post_process"] as const;
export type Supporting = (typeof SUPPORTING)[number];

const OWN = Object.keys(HARVEST_SECTIONS).filter((name) => !name.startsWith("NAME"));

/** The kind of supporting section that a name ends in, else null. */
export function supportingKind(name: string): Supporting | null {
  return SUPPORTING.find((kind) => name.endsWith(`_${kind}`)) ?? null;
}

/** Whether a section is a repository's by what it states. */
function isRepository({ name, entries }: Section): boolean {
  return !OWN.includes(name) && entries.some(({ key }) => key === "base_url");
}

/** The names of repositories' sections that `harvest_list` does not name. */
export function unlistedRepositories(sections: Sections, listed: readonly string[]): string[] {
  return [...sections.values()]
    .filter((section) => isRepository(section) && !listed.includes(section.name))
    .map(({ name }) => name);
}

/** @throws ValueError if a name of `harvest_list` is none of a repository's section */
export function checkListed(name: string, sections: Sections): void {
  const allowed = "names of sections that describe a repository";
  if (OWN.includes(name)) {
    throw new ValueError(
      `harvest_list: [${name}] is a section of the program's own`,
      allowed,
      "give the repository another name",
    );
  }
  if (/[/\\\u0000-\u001f]|^\.+$/.test(name)) {
    throw new ValueError(
      `harvest_list: "${name}" cannot be the name of a folder, which holds the pages`,
      "names without / and \\",
      "give the repository another name, and its section too",
    );
  }
  if (!sections.has(name)) {
    const others = [...sections.keys()].filter(
      (other) => !OWN.includes(other) && supportingKind(other) === null,
    );
    throw new ValueError(
      `harvest_list names ${name}, but there is no section [${name}]`,
      allowed,
      suggestion(
        name,
        others,
        `write a section [${name}] with base_url, metadata_prefix and the rest`,
      ),
    );
  }
}

/**
 * Reports every section that is none of the program's, no repository's, and no supporting one.
 *
 * @param used names of supporting sections that repositories name, whatever they end in
 */
export function checkHarvestSections(
  sections: Sections,
  repositories: readonly string[],
  used: ReadonlySet<string>,
  fields: readonly RecordField[],
  problems: ProblemList,
): void {
  const known = [...OWN, ...repositories];
  for (const section of sections.values()) {
    const { name } = section;
    if (known.includes(name) || used.has(name) || supportingKind(name) !== null) continue;
    const isField = fields.some((field) => field.name === name);
    const problem: ConfigProblem = {
      at: section.at,
      found: section.text,
      problem: `"${name}" is neither a section of the program's own nor a repository's`,
      allowed: `${OWN.join(", ")}, sections of repositories (with base_url), and supporting ones whose names end in ${SUPPORTING.map((kind) => `_${kind}`).join(", ")}`,
      advice: isField
        ? `rules for MARC records stand in a file of their own, which mapping = FILE names in the section of the repository; for other formats write PREFIX:ELEMENT = ${name} in its field map`
        : suggestion(
            name,
            known,
            "delete it, or name it in harvest_list if it describes a repository",
          ),
    };
    problems.add(section.order, problem);
  }
}
