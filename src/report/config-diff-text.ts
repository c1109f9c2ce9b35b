/** What two configurations make of one record, for a person and for a machine. */

import { printable, recordText } from "../diagnostics/format.js";
import { mappingObject } from "./explain-json.js";
import { fieldLines, type MappingTextOptions, quoted } from "./explain-mapping-text.js";
import type { FieldTrace, ShownRecord } from "./explanation.js";

/** What is shown of one difference: the values by the first and by the second configuration. */
export interface ShownDifference {
  readonly field: string;
  readonly values: readonly [string, string];
  readonly traces: readonly [FieldTrace | null, FieldTrace | null];
}

export interface ShownRecordDifference {
  readonly file: string;
  readonly number: number;
  readonly offset: number | null;
  readonly length: number | null;
  readonly controlNumber: string;
  readonly record: ShownRecord;
  readonly differences: readonly ShownDifference[];
}

/**
 * The differences of one record as text.
 *
 * @param configs how the two configurations are named
 */
export function differenceText(
  found: ShownRecordDifference,
  configs: readonly [string, string],
  options: MappingTextOptions,
): string {
  const { style } = options;
  const { record, differences } = found;
  const head = recordText(found);
  if (differences.length === 0) return `${style.strong(head)}: both map it to the same row`;
  const blocks = differences.flatMap(({ field, values, traces }) => [
    `  ${style.strong(field)}`,
    ...values.map((value, i) => `    ${printable(configs[i])}: ${quoted(value)}`),
    ...traces.flatMap((trace, i) =>
      trace === null
        ? []
        : [
            `    ${style.faint(`how ${printable(configs[i])} makes it`)}`,
            ...matched(trace, record, options).map((line) => `      ${line}`),
          ],
    ),
  ]);
  return [style.strong(head), ...blocks].join("\n");
}

/** The rules that had a part in the value. */
function matched(trace: FieldTrace, record: ShownRecord, options: MappingTextOptions): string[] {
  const rules = trace.rules.filter(({ matches }) => matches.some(({ text }) => text !== null));
  return fieldLines({ ...trace, rules }, record, options).slice(1);
}

/** The object that stands for one record. */
export function differenceObject(
  { file, number, offset, length, controlNumber, record, differences }: ShownRecordDifference,
  configs: readonly [string, string],
  options: Pick<MappingTextOptions, "place">,
): Record<string, unknown> {
  return {
    schema_version: 1,
    record: { file, number, offset, length, control_number: controlNumber },
    configs,
    differences: differences.map(({ field, values, traces }) => ({
      field,
      values,
      mapping: traces.map((trace) => trace && mappingObject(trace, record, options.place)),
    })),
  };
}
