/** Mapping records by the rules of a configuration, without a database. */

import { elementsOf } from "../fields/list-form.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import type { RecordField } from "../fields/record-fields.js";
import { createMapper } from "../mapping/marc/mapper.js";
import { TextGrowthError } from "../perl/substitutions.js";
import { placed } from "../reading/placed-findings.js";
import { outgrown } from "../reading/runaway.js";
import { type Configuration, configOf } from "./configuration.js";
import type { Finding, ReadRecord } from "./record.js";
import { findingsOf, RecordView } from "./record-view.js";

/** What the rules of a configuration make of a record. */
export interface MappedRow {
  /** What the record is known by in its source. */
  readonly foreignId: string;
  readonly controlNumber: string;
  /** Whether the record says that it is deleted; its columns are empty then. */
  readonly isDeleted: boolean;
  /** Why an import would leave it out, null if it would not; its columns may be empty then. */
  readonly ignoredBecause: string | null;
  /** Each column by name, as the database would hold it: a list as `;a;b;`. */
  readonly columns: Readonly<Record<string, string>>;
  /** The findings on the record and on the mapping. */
  readonly findings: readonly Finding[];
  /** The elements of a list. */
  list(column: string): readonly string[];
}

/** Maps one record. */
export type RecordMapper = (record: ReadRecord) => MappedRow;

/**
 * Compiles the rules of a configuration.
 *
 * @returns maps records that `readRecords` has given. It throws Failure if substitutions let a text grow
 *   without measure. It does not watch how long a substitution takes, as an import does
 */
export function createRecordMapper(configuration: Configuration): RecordMapper {
  const config = configOf(configuration);
  const running = new Int32Array(2);
  const mapper = createMapper(config, { running });
  return (record) => {
    if (!(record instanceof RecordView)) {
      throw new TypeError("a record must be one that readRecords has given");
    }
    running[1] = record.number;
    try {
      const mapped = record.reading((marc) => mapper.map(marc));
      return rowOf(placed(mapped, record.ofParsing, record.base), config.fields, record);
    } catch (error) {
      if (!(error instanceof TextGrowthError)) throw error;
      throw outgrown({ config, input: { path: record.file } }, running);
    }
  };
}

function rowOf(
  mapped: MappedRecord,
  fields: readonly RecordField[],
  { file, number, offset }: RecordView,
): MappedRow {
  const { foreignId, controlNumber, deleted, ignore, values, diagnostics } = mapped;
  const columns = Object.fromEntries(fields.map(({ name }, i) => [name, values[i]]));
  return {
    foreignId,
    controlNumber,
    isDeleted: deleted,
    ignoredBecause: ignore?.message ?? null,
    columns,
    findings: findingsOf(diagnostics, { file, number, offset, controlNumber }),
    list: (column) => elementsOf(columns[column] ?? ""),
  };
}
