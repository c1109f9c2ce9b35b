/** How two configurations map the same records: the values that differ, and what made each. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import type { InputItem, InputRecord } from "../reading/portion.js";
import type { ShownDifference, ShownRecordDifference } from "../report/config-diff-text.js";
import { type FieldTrace, NO_TRACE, type RecordTrace } from "../report/explanation.js";
import { chosenNumbers, type ExplainRequest, items, needsFile } from "./explain-file.js";

/** Compares, record by record, what the two configurations make of the chosen records. */
export async function* compareConfigurations(
  request: Omit<ExplainRequest, "replay">,
  other: MarcConfig,
): AsyncGenerator<ShownRecordDifference> {
  if (request.file === "-") throw needsFile("--config-diff");
  const numbers = await chosenNumbers(request);
  const second = items({ ...request, config: other }, numbers, true);
  try {
    for await (const item of items(request, numbers, true)) {
      const against = (await second.next()).value as InputItem | undefined;
      if (item.kind !== "record" || !numbers.wanted(item.record.number)) continue;
      const otherRecord = against?.kind === "record" ? against.record : null;
      yield compare(request.config, other, item.record, otherRecord);
    }
  } finally {
    await second.return(undefined);
  }
}

function compare(
  config: MarcConfig,
  other: MarcConfig,
  record: InputRecord,
  otherRecord: InputRecord | null,
): ShownRecordDifference {
  const { file, number, offset, length, mapped } = record;
  const one = valuesOf(config, record);
  const two = otherRecord ? valuesOf(other, otherRecord) : new Map([["ignored", "rejected"]]);
  const names = [...new Set([...one.keys(), ...two.keys()])];
  const trace = record.trace ?? NO_TRACE;
  const otherTrace = otherRecord?.trace ?? NO_TRACE;
  const differences = names.flatMap((field): ShownDifference[] => {
    const values = [one.get(field) ?? "", two.get(field) ?? ""] as const;
    if (values[0] === values[1]) return [];
    return [{ field, values, traces: [traceOf(trace, field), traceOf(otherTrace, field)] }];
  });
  const { controlNumber } = mapped;
  return { file, number, offset, length, controlNumber, record: trace.record, differences };
}

function valuesOf(config: MarcConfig, { mapped }: InputRecord): Map<string, string> {
  const { foreignId, ignore } = mapped;
  const values = config.fields.map(({ name }, i) => [name, mapped.values[i]] as const);
  return new Map([["foreign_id", foreignId], ["ignored", ignore?.message ?? ""], ...values]);
}

function traceOf({ mapping }: RecordTrace, name: string): FieldTrace | null {
  return mapping.find(({ field }) => field === name) ?? null;
}
