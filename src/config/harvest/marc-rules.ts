/** The rules for MARC of a repository: those of a configuration of MARC_import. */

import type { RecordField } from "../../fields/record-fields.js";
import { ConfigErrors, ValueError } from "../language/problems.js";
import type { Reading, SectionReader } from "../language/section-reader.js";
import type { Entry } from "../language/sections.js";
import { readConfigText } from "../language/source.js";
import { loadConfig } from "../load-config.js";
import type { MarcConfig, MarcMapping } from "../marc/marc-mapping.js";

/**
 * Reads the rules. What is wrong with the file is reported at its own lines.
 *
 * @param entry the key that names the file
 * @param fields those of the database that is imported into
 * @returns null if they cannot be had
 */
export function readMarcRules(
  file: string,
  entry: Entry,
  reader: SectionReader,
  reading: Reading,
  fields: readonly RecordField[],
): MarcMapping | null {
  const read = reader.attempt(entry, () => {
    readConfigText(file);
    const config = loaded(file, entry, reading);
    if (config !== null) checkFields(config, file, fields);
    return config;
  });
  const config = read?.value ?? null;
  if (config === null) return null;
  reading.files.push(...config.files);
  return config.mapping;
}

/** The source that the file states is that of its own job, and need not be there. */
function loaded(file: string, entry: Entry, reading: Reading): MarcConfig | null {
  try {
    return loadConfig(file, { cwd: reading.cwd, sets: ["Settings.foreign_source=mapping"] }).config;
  } catch (error) {
    if (!(error instanceof ConfigErrors)) throw error;
    for (const problem of error.problems) reading.problems.add(entry.order, problem);
    return null;
  }
}

function checkFields({ mapping }: MarcConfig, file: string, fields: readonly RecordField[]): void {
  const missing = mapping.extractors
    .map(({ field }) => field)
    .filter((field) => !fields.some(({ name, kind }) => name === field.name && kind === field.kind))
    .map(({ name, kind }) => (kind === "list" ? `${name}[]` : name));
  if (missing.length === 0) return;
  throw new ValueError(
    `mapping: ${file} fills ${missing.join(", ")}, which this configuration's database does not have`,
    "rules for the fields of this database",
    `name ${missing.join(", ")} in extra_fields of [Database] here; an installation's file such as iVia.conf is best included by both`,
  );
}
