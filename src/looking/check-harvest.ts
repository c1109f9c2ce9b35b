/** What in a valid configuration of OAI-PMH-importer can hardly be meant: nobody is asked. */

import { dcFields } from "../config/harvest/dc-fields.js";
import type { HarvestConfig, RepositoryConfig } from "../config/harvest/harvest-config.js";
import type { Location } from "../config/language/problems.js";
import type { RuleFinding } from "../report/rule-finding.js";
import { checkJob } from "./check-job.js";
import { checkRules } from "./check-rules.js";

/** Every finding, repository by repository; one that several share is told once. */
export function checkHarvest({ repositories, unlisted }: HarvestConfig): RuleFinding[] {
  const findings = [...repositories.flatMap(checkRepository), ...unlisted.map(notHarvested)];
  const once = new Map(findings.map((finding) => [JSON.stringify(finding), finding] as const));
  return [...once.values()];
}

function checkRepository(repository: RepositoryConfig): RuleFinding[] {
  const { mapping, fields, managed } = repository;
  if (mapping.kind === "marc") return checkRules({ ...repository, mapping: mapping.rules });
  const byRules = dcFields({ ...mapping.rules, defaults: {} });
  const names = fields.filter(({ name }, index) => {
    // A default that is empty fills nothing.
    const text = mapping.rules.defaults[name]?.text ?? "";
    return managed[index] && (byRules.includes(name) || text !== "" || isConstant(name));
  });
  return [
    ...checkJob(repository, {
      names: new Set(names.map(({ name }) => name)),
      advice: (name) => `write PREFIX:ELEMENT = ${name} in the field map of ${repository.name}`,
    }),
    ...checkDeletions(repository),
  ];
}

/** What the section of a repository says of every record. */
function isConstant(name: string): boolean {
  return ["remote_user", "expert_created", "institutional_owner"].includes(name);
}

/** Absent rows can be told by a full harvest alone. */
function checkDeletions(repository: RepositoryConfig): RuleFinding[] {
  const { deleteAbsent, mode, fullEveryMs } = repository.harvest;
  if (!deleteAbsent || mode === "FULL" || fullEveryMs !== null) return [];
  return [
    {
      kind: "never-full",
      at: placeOf(repository, "delete_absent"),
      what: `[${repository.name}] delete_absent is true, but no harvest of it is ever a full one`,
      why: "only a full harvest shows which records are absent, so nothing is ever deleted by it",
      advice: "write full_every = 30d, or harvest_mode = FULL, or delete delete_absent",
    },
  ];
}

function notHarvested(repository: RepositoryConfig): RuleFinding {
  const { name } = repository;
  return {
    kind: "not-harvested",
    at: placeOf(repository, "base_url"),
    what: `[${name}] describes a repository that harvest_list does not name`,
    why: "it is checked and not harvested",
    advice: `add ${name} to harvest_list of [Repositories] if it is to be harvested`,
  };
}

/** Where a key of a repository is written. */
export function placeOf({ name, effective }: RepositoryConfig, key: string): Location | null {
  return effective.find((one) => one.section === name && one.key === key)?.at ?? null;
}
