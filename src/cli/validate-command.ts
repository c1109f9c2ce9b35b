/** `MARC_import validate FILE…`. */

import type { InputFormat } from "../config/job/run-options.js";
import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import { DEFAULT_MAX_RECORD_SIZE } from "../config/marc/rule-keys.js";
import { Failure } from "../diagnostics/failure.js";
import type { PassedOver } from "../input/archive.js";
import { inputNames } from "../input/open.js";
import type { Inspection } from "../looking/inspection.js";
import { inspect, inspectionStatus } from "../looking/validate.js";
import { inspectionsObject, inspectionText, leftOutText } from "../report/inspection-text.js";
import type { Console } from "./console.js";
import { reportFailure } from "./failures.js";

export interface ValidateFlags {
  readonly json?: boolean;
  readonly fields?: boolean;
  readonly strict?: boolean;
  readonly allowEmpty?: boolean;
  readonly format: InputFormat;
  readonly encoding: ConfiguredEncoding;
}

/** Prints the report on each file that can be read; the exit status is that of an import. */
export async function validateFiles(
  files: readonly string[],
  flags: ValidateFlags,
  to: Console,
): Promise<number> {
  const options = {
    format: flags.format,
    encoding: flags.encoding,
    strict: flags.strict ?? false,
    allowEmpty: flags.allowEmpty ?? false,
    maxRecordSize: DEFAULT_MAX_RECORD_SIZE,
    fields: flags.fields ?? false,
  };
  const inspections: Inspection[] = [];
  const unread: Failure[] = [];
  const leftOut: PassedOver[] = [];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      // One file that is no MARC says nothing of the others.
      if (!(error instanceof Failure)) throw error;
      unread.push(error);
      reportFailure(error, to);
    }
  };
  const validate = async (path: string) => {
    const inspection = await inspect(path, options);
    inspections.push(inspection);
    if (!flags.json) to.out(inspectionText(inspection));
  };
  for (const file of files) {
    await attempt(async () => {
      const { paths, passedOver } = await inputNames(file, options);
      for (const path of paths) await attempt(() => validate(path));
      leftOut.push(...passedOver);
      if (!flags.json) for (const one of passedOver) to.out(leftOutText(one));
    });
  }
  if (flags.json)
    to.out(JSON.stringify(inspectionsObject(inspections, { unread, leftOut }), null, 2));
  return inspectionStatus(inspections, unread);
}
