/** Where the harvesting of repositories stands, as the database keeps it. */

/** How far one set of a repository has been imported. */
export interface HarvestPosition {
  readonly repository: string;
  /** "" for everything. */
  readonly setSpec: string;
  readonly baseUrl: string;
  readonly metadataPrefix: string;
  readonly rulesDigest: string;
  /** UTC, by the repository's clock. */
  readonly position: string;
  readonly granularity: string;
  readonly deletedRecord: string;
  /** When everything was last fetched; null for never. */
  readonly fullHarvestAt: string | null;
}

/** One list of a harvest, for the record. */
export interface HarvestList {
  readonly setSpec: string;
  readonly windowNumber: number;
  readonly fromDate: string | null;
  readonly untilDate: string | null;
  readonly responseDate: string;
  readonly pages: number;
  readonly records: number;
  readonly deleted: number;
  readonly listSize: number | null;
  readonly restarts: number;
}

/** A record that was rejected, to be asked for again. */
export interface HarvestRetry {
  readonly identifier: string;
  readonly code: string;
}

/** What the end of a harvest enters, with the end of its run. */
export interface HarvestEnd {
  readonly repository: string;
  /** Empty where the position is not to move. */
  readonly positions: readonly HarvestPosition[];
  readonly lists: readonly HarvestList[];
  /** Identifiers that were asked for again and need not be any more. */
  readonly settled: readonly string[];
  readonly rejected: readonly HarvestRetry[];
  /** UTC. */
  readonly at: string;
}
