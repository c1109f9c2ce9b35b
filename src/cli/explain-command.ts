/** `MARC_import explain CONFIG FILE`. */

import type { InputFormat } from "../config/job/run-options.js";
import type { Location } from "../config/language/problems.js";
import { formatLocation } from "../config/language/problems.js";
import { nearestName } from "../config/language/suggest.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { compareConfigurations } from "../looking/config-diff.js";
import { type ExplainRequest, explainRecords, type Selection } from "../looking/explain-file.js";
import { watchedFeed } from "../reading/watched-feed.js";
import { differenceObject, differenceText } from "../report/config-diff-text.js";
import { explanationObject } from "../report/explain-json.js";
import { explanationText } from "../report/explain-text.js";
import { type Style, styleFor } from "../report/style.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface ExplainFlags extends ConfigFlags {
  readonly record?: number;
  readonly offset?: number;
  readonly id?: string;
  readonly replay?: boolean;
  readonly json?: boolean;
  readonly field?: string;
  readonly configDiff?: string;
  readonly format: InputFormat;
}

/** Explains the chosen records, each as it is read. */
export async function explain(
  configPath: string,
  file: string,
  flags: ExplainFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  checkField(config, flags.field);
  const request = {
    config,
    file,
    format: flags.format,
    selection: selectionOf(flags),
    replay: flags.replay ?? false,
    feed: watchedFeed,
  };
  const style = styleFor(to.outIsTerminal ?? false);
  const place = (at: Location) => formatLocation(at, to.cwd);
  if (flags.configDiff !== undefined) {
    return await showDifferences(
      request,
      configPath,
      { ...flags, configDiff: flags.configDiff },
      to,
    );
  }
  const field = flags.field ?? null;
  let first = true;
  for await (const told of explainRecords(request)) {
    if (flags.json) to.out(JSON.stringify(explanationObject(told, place)));
    else to.out(`${first ? "" : "\n"}${explanationText(told, { style, place, field })}`);
    first = false;
    if (to.outIsClosed?.()) break;
  }
  return EXIT.done;
}

async function showDifferences(
  request: ExplainRequest,
  configPath: string,
  flags: ExplainFlags & { readonly configDiff: string },
  to: Console,
): Promise<number> {
  const other = loadConfiguration(flags.configDiff, flags, to);
  const configs = [configPath, flags.configDiff] as const;
  const style: Style = styleFor(to.outIsTerminal ?? false);
  const place = (at: Location) => formatLocation(at, to.cwd);
  let same = 0;
  for await (const found of compareConfigurations(request, other)) {
    const wanted = found.differences.filter(
      ({ field }) => flags.field === undefined || field === flags.field,
    );
    const shown = { ...found, differences: wanted };
    if (flags.json) to.out(JSON.stringify(differenceObject(shown, configs, { place })));
    else if (wanted.length > 0 || request.selection.by !== "all") {
      to.out(differenceText(shown, configs, { style, place }));
    } else same++;
    if (to.outIsClosed?.()) break;
  }
  if (same > 0) to.out(`${same} records are mapped to the same row by both`);
  return EXIT.done;
}

function selectionOf({ record, offset, id }: ExplainFlags): Selection {
  const given = [record, offset, id].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw new Failure(
      "usage",
      "--record, --offset and --id each choose the record",
      "Give one of them; without any, every record is explained.",
    );
  }
  if (record === 0) {
    throw new Failure("usage", "there is no record 0", "Records are numbered from 1.");
  }
  if (record !== undefined) return { by: "number", number: record };
  if (offset !== undefined) return { by: "offset", offset };
  return id === undefined ? { by: "all" } : { by: "id", id: id.trim() };
}

/** @throws Failure (2) for what is no record field, naming those that are */
export function checkField(
  { fields }: Pick<MarcConfig, "fields">,
  field: string | undefined,
): void {
  const names = fields.map(({ name }) => name);
  if (field === undefined || names.includes(field)) return;
  const near = nearestName(field, names);
  const meant = near === null ? "" : `Did you mean "${near}"? `;
  throw new Failure(
    "usage",
    `there is no record field "${field}"`,
    `${meant}The record fields are ${names.join(", ")}.`,
  );
}
