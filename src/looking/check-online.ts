/** `check --online`: what a repository says of itself, against what the configuration says of it. Nothing is written. */

import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { nearestName } from "../config/language/suggest.js";
import { type Askable, askSmallPages } from "../harvest/ask-repository.js";
import { type Identity, identify } from "../harvest/identify.js";
import { textsOf } from "../harvest/markup.js";
import { webSettings } from "../harvest/web-settings.js";
import type { RuleFinding } from "../report/rule-finding.js";
import { WebClient } from "../web/client.js";
import { type Surroundings, SYSTEM_SURROUNDINGS } from "../web/settings.js";
import { placeOf } from "./check-harvest.js";

export interface OnlineCheck {
  /** What it is, a line. */
  readonly told: string;
  readonly findings: readonly RuleFinding[];
  /** Whether a harvest could not but fail. */
  readonly isHopeless: boolean;
}

/** @throws Failure where it cannot be asked, or is no repository */
export async function checkOnline(
  repository: RepositoryConfig,
  surroundings: Surroundings = SYSTEM_SURROUNDINGS,
): Promise<OnlineCheck> {
  const { name, harvest: settings } = repository;
  const client = new WebClient({ ...webSettings(settings), surroundings });
  try {
    const from = { name, settings, client };
    const identity = await identify({ ...from, now: surroundings.now });
    const formats = await listed(from, "ListMetadataFormats", "metadataPrefix");
    const sets = settings.sets.length === 0 ? null : await listed(from, "ListSets", "setSpec");
    const missing = [...formatFindings(repository, formats), ...setFindings(repository, sets)];
    const findings = [...missing, ...identityFindings(repository, identity)];
    return { told: told(identity, formats), findings, isHopeless: missing.length > 0 };
  } finally {
    client.close();
  }
}

/** The texts of one element of a list; null where the repository does not answer with it. */
async function listed(from: Askable, verb: string, element: string): Promise<string[] | null> {
  const texts: string[] = [];
  for await (const { envelope, document } of askSmallPages(from, verb)) {
    if (envelope.verb !== verb) return null;
    texts.push(...textsOf(document, element));
  }
  return texts;
}

function told({ name, granularity, deletedRecord }: Identity, formats: readonly string[] | null) {
  const offers = formats === null ? "does not list its formats" : `offers ${formats.join(", ")}`;
  return `${name || "without a name"}, dates to the ${granularity}, deletedRecord ${deletedRecord || "not stated"}, ${offers}`;
}

function formatFindings(
  repository: RepositoryConfig,
  formats: readonly string[] | null,
): RuleFinding[] {
  const { metadataPrefix } = repository.harvest;
  if (formats === null || formats.includes(metadataPrefix)) return [];
  return [
    {
      kind: "format-not-offered",
      at: placeOf(repository, "metadata_prefix"),
      what: `[${repository.name}] the repository does not offer metadata_prefix ${metadataPrefix}`,
      why: "a harvest of it fails",
      advice: `name one that it offers: ${formats.join(", ")}`,
    },
  ];
}

function setFindings(
  repository: RepositoryConfig,
  listed: readonly string[] | null,
): RuleFinding[] {
  const { sets } = repository.harvest;
  const known = listed ?? [];
  return sets
    .filter((set) => !known.includes(set))
    .map((set) => {
      const near = nearestName(set, known);
      return {
        kind: "set-not-listed",
        at: placeOf(repository, "sets"),
        what: `[${repository.name}] the repository ${listed === null ? "lists no sets" : `does not list the set ${set}`}`,
        why: "nothing comes of it, or a harvest of it fails",
        advice: `${near === null ? "" : `did you mean ${near}? `}\`OAI-PMH-importer sets\` lists its sets`,
      };
    });
}

function identityFindings(repository: RepositoryConfig, identity: Identity): RuleFinding[] {
  const { name, harvest } = repository;
  const findings: RuleFinding[] = [];
  if (harvest.granularity === "second" && identity.granularity === "day") {
    findings.push({
      kind: "granularity-not-offered",
      at: placeOf(repository, "granularity"),
      what: `[${name}] the repository takes dates to the day alone`,
      why: "it refuses requests with times, and is asked a second time for each list",
      advice: "delete granularity",
    });
  }
  if (identity.baseUrl !== "" && identity.baseUrl !== harvest.baseUrl) {
    findings.push({
      kind: "other-base-url",
      at: placeOf(repository, "base_url"),
      what: `[${name}] the repository calls itself ${identity.baseUrl}`,
      why: "the address in the configuration may lead there for the time being only",
      advice:
        "write that address in base_url, if it answers as well; the next harvest is a full one then",
    });
  }
  const isFull = harvest.mode === "FULL" || harvest.fullEveryMs !== null;
  if (identity.deletedRecord !== "persistent" && !isFull) {
    findings.push({
      kind: "deletions-not-told",
      at: placeOf(repository, "base_url"),
      what: `[${name}] the repository does not tell all deletions (deletedRecord ${identity.deletedRecord || "not stated"})`,
      why: "rows of records that it no longer has stay",
      advice: "write full_every = 30d and, if absent records are to go, delete_absent = true",
    });
  }
  return findings;
}
