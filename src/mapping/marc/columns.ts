/** The columns of a row: what fills each record field. */

import type { MarcJob } from "../../config/marc/marc-mapping.js";
import { listForm, plainForm } from "../../fields/list-form.js";
import type { RecordField } from "../../fields/record-fields.js";
import type { RuleCompiler } from "./compile.js";
import type { MappingContext } from "./context.js";
import { descriptionColumn } from "./description.js";
import { type Column, ExtractorColumn, extractorColumn } from "./extractor.js";
import type { RuleRunner } from "./run-rule.js";
import { UrlColumn } from "./url.js";

/** What a record is by its leader: the one column without rules. */
export const RECORD_TYPE: Column = {
  evaluate: (context) => (context.serial ? "serial" : "monograph"),
};

const NO_SECTION = {
  initialText: "",
  initialSerialText: "",
  initialMonographText: "",
  fallbackValue: "",
  fieldJoin: ";",
  firstOnly: false,
  unique: false,
};

/** The column of a field, or the text that it has in every record. */
function columnOf(
  field: RecordField,
  config: MarcJob,
  compiler: RuleCompiler,
  runner: RuleRunner,
): Column | string {
  const { settings } = config;
  const section = config.mapping.extractors.find(
    (extractor) => extractor.field.name === field.name,
  );
  switch (field.name) {
    case "url":
      return new UrlColumn(config.mapping.url, compiler, runner);
    case "description":
      return descriptionColumn(
        config.mapping.description,
        field,
        compiler,
        runner,
        config.mapping.controlSubfields,
      );
    case "record_type":
      return RECORD_TYPE;
    case "expert_created":
      return settings.expertCreated ? "1" : "0";
    case "remote_user":
      return plainForm(settings.remoteUser);
    case "institutional_owner": {
      const owners = listForm(settings.institutionalOwner);
      if (section === undefined) return owners;
      const initialText = owners + section.initialText;
      return extractorColumn({ ...section, initialText }, compiler, runner);
    }
    case "other_urls":
      return section === undefined
        ? new ExtractorColumn(field, [], NO_SECTION, runner, (context) => context.otherUrls)
        : extractorColumn(section, compiler, runner, (context) => context.otherUrls);
    default:
      return section === undefined ? "" : extractorColumn(section, compiler, runner);
  }
}

/** The columns of a database: constant texts, and the columns that each record fills. */
export class Columns {
  private readonly constants: string[] = [];
  private readonly columns: { readonly index: number; readonly column: Column }[] = [];
  private readonly names: readonly string[];
  /** What a record without values gets. */
  readonly none: readonly string[];

  constructor(config: MarcJob, compiler: RuleCompiler, runner: RuleRunner) {
    this.names = config.fields.map((field) => field.name);
    this.none = Object.freeze(this.names.map(() => ""));
    config.fields.forEach((field, index) => {
      const column = columnOf(field, config, compiler, runner);
      this.constants.push(typeof column === "string" ? column : "");
      if (typeof column === "string") return;
      // The url goes first: it finds the further URLs that other_urls takes.
      if (field.name === "url") this.columns.unshift({ index, column });
      else this.columns.push({ index, column });
    });
  }

  /** By record field: its column, or the text that it has in every record. */
  get all(): readonly (Column | string)[] {
    const all: (Column | string)[] = this.constants.slice();
    for (const { index, column } of this.columns) all[index] = column;
    return all;
  }

  evaluate(context: MappingContext): string[] {
    const values = this.constants.slice();
    const { trace } = context;
    for (const { index, column } of this.columns) {
      trace?.beginField(this.names[index]);
      values[index] = column.evaluate(context);
      trace?.endField(this.names[index], values[index]);
    }
    return values;
  }
}
