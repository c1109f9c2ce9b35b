/**
 * Files that take longest begin first, so that no worker is left with one of them at the end. Where it
 * has not run before, the runner knows no times, and begins with the largest files.
 */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/** From the longest down, all that take more than a tenth of a minute. */
const LONGEST = [
  "other-nodes.conformance",
  "kill.conformance",
  "two-importers.conformance",
  "mend.conformance",
  "perl-classes.conformance",
  "dry-run.conformance",
  "crash-remove-lower",
  "crash-merge",
  "cli/bundle",
  "other-accounts",
  "harvest/killed",
  "full-load-whole",
  "small-device",
  "full-disk",
  "import-folder",
  "two-importers",
  "signals",
  "runaway",
  "crash-full-load",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.includes(`${name}.`));
      return at < 0 ? LONGEST.length : at;
    };
    const others = await super.sort(files);
    return others.toSorted((a, b) => rank(a) - rank(b));
  }
}
