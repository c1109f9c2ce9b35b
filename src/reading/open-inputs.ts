/** The files of a run: looked at before anything is touched, opened when their turn comes. */

import type { RunOptions } from "../config/job/run-options.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { Failure } from "../diagnostics/failure.js";
import type { PassedOver } from "../input/archive.js";
import { inputNames, openInput } from "../input/open.js";
import { MarcFile } from "./marc-file.js";
import { type RecordFeed, Rereader } from "./record-feed.js";
import type { RecordInput } from "./record-input.js";

type OpenOptions = Pick<RunOptions, "format" | "allowEmpty">;

/**
 * Looks at every file.
 *
 * @param paths as named on the command line; `-` is standard input
 * @param feed how their records will be read
 * @throws Failure (3) when one of them is missing, empty or not MARC; (2) for `-` twice
 */
export async function openInputs(
  config: MarcConfig,
  paths: readonly string[],
  options: OpenOptions,
  feed: RecordFeed,
): Promise<RecordInput[]> {
  refuseTwice(paths);
  const { allowEmpty } = options;
  const reading = { config, feed, rereader: new Rereader(config), allowEmpty };
  const files: RecordInput[] = [];
  for (const named of paths) {
    const { paths: within, passedOver } = await inputNames(named, options);
    let told: readonly PassedOver[] = passedOver;
    for (const path of within) {
      files.push(new MarcFile(await openInput(path, options), { ...reading, passedOver: told }));
      told = [];
    }
  }
  return files;
}

/** @throws Failure (2) for `-` twice */
export function refuseTwice(paths: readonly string[]): void {
  if (paths.filter((path) => path === "-").length < 2) return;
  throw new Failure("usage", "standard input (-) is named twice", "Name it once.");
}
