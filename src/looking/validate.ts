/** `validate`: reads inputs as an import would, without a configuration or a database. */

import type { InputFormat } from "../config/job/run-options.js";
import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import { EXIT, type ExitStatus, type Failure } from "../diagnostics/failure.js";
import { inputFailure } from "../input/input-failure.js";
import { asInputFailure, openInput } from "../input/open.js";
import { readInput } from "../input/read-input.js";
import { FieldCounts } from "./field-counts.js";
import { Inspection } from "./inspection.js";

interface ValidateOptions {
  readonly format: InputFormat;
  readonly encoding: ConfiguredEncoding;
  readonly strict: boolean;
  readonly allowEmpty: boolean;
  /** Bytes. */
  readonly maxRecordSize: number;
  /** Whether to count the fields of the records. */
  readonly fields: boolean;
}

/**
 * Inspects one input.
 *
 * @throws Failure when it cannot be read or is not MARC
 */
export async function inspect(path: string, options: ValidateOptions): Promise<Inspection> {
  let inspection: Inspection | null = null;
  try {
    const { format, allowEmpty, encoding, strict, maxRecordSize } = options;
    const input = await openInput(path, { format, allowEmpty });
    inspection = new Inspection(path, input.format, {
      fieldCounts: options.fields ? new FieldCounts() : null,
      start: input.range?.start,
    });
    for await (const read of readInput(input, { encoding, strict, maxRecordSize })) {
      for (const parsed of read) inspection.take(parsed);
    }
    const isEmpty = inspection.records + inspection.rejected === 0;
    if (isEmpty && !allowEmpty) throw inputFailure("empty", path);
    return inspection;
  } catch (thrown) {
    throw asInputFailure(thrown, path);
  } finally {
    inspection?.finish();
  }
}

/** The exit status that an import would have: of these inputs, as far as all of them could be read. */
export function inspectionStatus(
  inspections: readonly Inspection[],
  [unread]: readonly Failure[],
): ExitStatus {
  if (unread) return unread.exitStatus;
  return inspections.some(({ rejected }) => rejected > 0) ? EXIT.rejects : EXIT.done;
}
