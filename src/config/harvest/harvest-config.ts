/**
 * What a configuration of OAI-PMH-importer says: an installation, and a job for each repository.
 * Plain, frozen, fully checked data.
 */

import type {
  DatabaseSettings,
  JobConfig,
  JobSections,
  LoggingSettings,
} from "../job/job-config.js";
import type { EffectiveSetting } from "../language/section-reader.js";
import type { MarcMapping } from "../marc/marc-mapping.js";
import type { DcMapping } from "./dc-mapping.js";

/** What is asked of a repository, and how. Times are in milliseconds. */
export interface HarvestSettings {
  /** Absolute, http or https, without a query of OAI-PMH's own. */
  readonly baseUrl: string;
  /** The setSpecs; empty: everything, asked for once without a set. */
  readonly sets: readonly string[];
  readonly metadataPrefix: string;
  readonly mode: "FULL" | "INCREMENTAL";
  /** Where a record's number comes from: the OAI identifier, or the record itself (MARC). */
  readonly foreignId: "identifier" | "record";
  /** How far before the position the next harvest begins. */
  readonly overlapMs: number;
  /** After this time a harvest is a full one; null: never by itself. */
  readonly fullEveryMs: number | null;
  /** Whether rows that a whole list did not hold are deleted. */
  readonly deleteAbsent: boolean;
  readonly window: "whole" | "day" | "month" | "year";
  readonly granularity: "auto" | "day" | "second";
  readonly delayMs: number;
  /** Until the first byte of an answer. */
  readonly timeoutMs: number;
  /** Silence within an answer. */
  readonly idleTimeoutMs: number;
  /** Tries of one request, the first included. */
  readonly retries: number;
  readonly maxWaitMs: number;
  /** Decoded bytes of one answer at most. */
  readonly maxPageSize: number;
  /** How long the pages of a finished run stay. */
  readonly keepPagesMs: number;
  /** Absolute path of the folder of the pages of all repositories. */
  readonly spool: string;
  readonly method: "GET" | "POST";
  /** Whether resumption tokens are sent as they stand, not percent-encoded. */
  readonly tokenAsIs: boolean;
  /** Whether a list counts as whole even if it is shorter than the repository states. */
  readonly ignoreListSize: boolean;
  readonly username: string;
  /** Absolute path of a file whose first line is the password, null for none. */
  readonly passwordFile: string | null;
  /** `Name: value` without a secret, sent with every request; "" for none. */
  readonly header: string;
  /** Absolute path of a file whose first line is `Name: value`, sent to the host of the base URL alone; null for none. */
  readonly headerFile: string | null;
  /** Absolute path of certificates (PEM) that are trusted besides the system's, null for none. */
  readonly caFile: string | null;
  /** Address of a proxy, "" for none. */
  readonly proxy: string;
  /** Whom the repository may write to, "" for nobody. */
  readonly contact: string;
  /** Whether damaged records are rejected, not repaired. */
  readonly strict: boolean;
}

/** How the records of a repository are mapped: by its four sections, or by the rules for MARC. */
export type RepositoryMapping =
  | { readonly kind: "dc"; readonly rules: DcMapping }
  | { readonly kind: "marc"; readonly rules: MarcMapping };

/** The job of one repository: everything that a run of it is told. */
export interface RepositoryConfig extends JobConfig {
  /** As in `harvest_list`. */
  readonly name: string;
  readonly harvest: HarvestSettings;
  readonly mapping: RepositoryMapping;
}

export interface HarvestConfig {
  /** Absolute path of the main configuration file. */
  readonly path: string;
  readonly logging: LoggingSettings;
  readonly database: DatabaseSettings;
  readonly fields: JobSections["fields"];
  /** In the order of `harvest_list`. */
  readonly repositories: readonly RepositoryConfig[];
  /** Sections of repositories that `harvest_list` does not name: checked, not harvested. */
  readonly unlisted: readonly RepositoryConfig[];
  readonly files: readonly string[];
  readonly effective: readonly EffectiveSetting[];
}
