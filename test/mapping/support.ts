/** A configuration written as text, and what its mapping makes of a record. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/load-config.js";
import type { MarcConfig } from "../../src/config/marc/marc-mapping.js";
import type { MappedRecord } from "../../src/fields/mapped-record.js";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import type { MappingTrace, RuleMatch, TraceStep } from "../../src/mapping/marc/trace.js";
import { type RecordOf, viewOf } from "../support/record-view.js";

/** Reads a configuration; `foreign_source` is stated for it unless it has its own [Settings]. */
export function configOf(text: string, files: Readonly<Record<string, string>> = {}): MarcConfig {
  const directory = mkdtempSync(join(tmpdir(), "mapping-"));
  try {
    const settings = text.includes("[Settings]") ? "" : "[Settings]\nforeign_source = test\n";
    writeFileSync(join(directory, "job.conf"), `${settings}${text}`);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(directory, name), content);
    }
    return loadConfig(join(directory, "job.conf"), { cwd: directory, sets: [] }).config;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export interface Mapped {
  readonly record: MappedRecord;
  value(field: string): string;
  codes(): string[];
}

/** Maps a record by a configuration that is read for it. */
export function mapOne(
  config: string | MarcConfig,
  record: RecordOf,
  trace?: MappingTrace,
): Mapped {
  const read = typeof config === "string" ? configOf(config) : config;
  const mapped = createMapper(read).map(viewOf(record), trace);
  return {
    record: mapped,
    value(field) {
      const index = read.fields.findIndex(({ name }) => name === field);
      if (index < 0) throw new Error(`no field ${field}`);
      return mapped.values[index];
    },
    codes: () => mapped.diagnostics.map(({ code }) => code),
  };
}

/** Keeps what the mapping tells. */
export class Recorder implements MappingTrace {
  readonly values = new Map<string, string>();
  readonly matches: { readonly field: string; readonly rule: string; readonly match: RuleMatch }[] =
    [];
  readonly steps: { readonly field: string; readonly step: TraceStep }[] = [];
  private field = "";

  beginField(name: string): void {
    this.field = name;
  }

  rule(search: { readonly name: string }, matches: readonly RuleMatch[]): void {
    for (const match of matches) {
      this.matches.push({ field: this.field, rule: search.name, match });
    }
  }

  fieldStep(step: TraceStep): void {
    this.steps.push({ field: this.field, step });
  }

  endField(name: string, value: string): void {
    this.values.set(name, value);
  }
}
