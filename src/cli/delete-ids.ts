/** What `--delete-ids` may stand beside. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { Failure } from "../diagnostics/failure.js";
import { refuseTwice } from "../reading/open-inputs.js";

/** The options that `--delete-ids` is looked at with. */
interface DeletionFlags {
  readonly deleteIds?: readonly string[];
  readonly fullLoad?: boolean;
  readonly skip: number;
  readonly limit?: number;
}

/**
 * The lists of ids of a command line.
 *
 * @throws Failure (2) if nothing is to be read, or the lists would not do what they say
 */
export function deletionLists(
  { settings }: MarcConfig,
  files: readonly string[],
  { deleteIds = [], fullLoad, skip, limit }: DeletionFlags,
): readonly string[] {
  if (deleteIds.length === 0) {
    if (files.length > 0) return [];
    throw new Failure(
      "usage",
      "no file is named",
      "Name files of MARC records (- is standard input), or a list of ids with --delete-ids.",
    );
  }
  refuseTwice([...deleteIds, ...files]);
  if (settings.foreignSource === "") {
    throw new Failure(
      "usage",
      '--delete-ids with local records (foreign_source = ""), which have no ids',
      "State the foreign_source whose ids the list holds.",
    );
  }
  if (settings.deletes === "ignore") {
    throw new Failure(
      "usage",
      "--delete-ids with deletes = ignore, which applies no deletions",
      "Leave --delete-ids out, or give --set Settings.deletes=apply.",
    );
  }
  if (skip > 0 || limit !== undefined) {
    throw new Failure(
      "usage",
      "--delete-ids with --skip or --limit, which count records",
      "Leave --skip and --limit out, or give the list in a run of its own.",
    );
  }
  if (fullLoad && files.length === 0) {
    throw new Failure(
      "usage",
      "--full-load without a file: of a list of ids nothing is concluded",
      "Name the files that hold the whole of the source, or leave --full-load out.",
    );
  }
  return deleteIds;
}
