/** Harvested records made by hand, and repositories that map them. */

import type { RepositoryConfig } from "../../../src/config/harvest/harvest-config.js";
import type { MappedRecord } from "../../../src/fields/mapped-record.js";
import type { HarvestedElement, HarvestedRecord } from "../../../src/input/harvested-record.js";
import { createDcMapper, type DcMapper } from "../../../src/mapping/dc/mapper.js";
import type { DcTrace } from "../../../src/mapping/dc/trace.js";
import { loadRepository } from "../../config/harvest/files.js";

export const NAMESPACES: Readonly<Record<string, string>> = {
  dc: "http://purl.org/dc/elements/1.1/",
  dct: "http://purl.org/dc/terms/",
};

/** `dc:title`, `dc:title@en`, `dc:identifier{dct:URI}` and a text. */
type Written = readonly [element: string, text: string];

export function element([written, text]: Written): HarvestedElement {
  const parts = /^(?:(\w+):)?([\w]+)(?:\{(.*?)\})?(?:@(.*))?$/.exec(written);
  const [prefix = "", name = "", type = "", lang = ""] = parts?.slice(1) ?? [];
  return { namespace: NAMESPACES[prefix] ?? "", prefix, name, type, lang, text };
}

export function harvested(
  elements: readonly Written[],
  header: Partial<HarvestedRecord> = {},
): HarvestedRecord {
  return {
    identifier: "oai:r.example.org:1",
    datestamp: "2026-03-01T10:00:00Z",
    deleted: false,
    setSpecs: [],
    elements: elements.map(element),
    diagnostics: [],
    ...header,
  };
}

/** The sections of a repository: [pre], [defaults], [map], [post] as lines. */
export interface Sections {
  readonly own?: string;
  readonly pre?: string;
  readonly defaults?: string;
  readonly map?: string;
  readonly post?: string;
}

/** A repository [R] whose sections say what is wanted; its field map has `dc:title = title` besides. */
export function repositoryWith({
  own = "",
  pre,
  defaults,
  map = "",
  post,
}: Sections): RepositoryConfig {
  const named = Object.entries({ pre_process: pre, field_defaults: defaults, post_process: post });
  const stated = named.filter(([, lines]) => lines !== undefined);
  const keys = stated.map(([kind]) => `${kind}_section = r_${kind}`);
  const sections = stated.map(([kind, lines]) => `[r_${kind}]\n${lines}`);
  return loadRepository([own, ...keys].join("\n"), [map, ...sections].join("\n"));
}

export function mapperOf(config: RepositoryConfig): DcMapper {
  const { mapping } = config;
  if (mapping.kind !== "dc") throw new Error("mapped by rules for MARC");
  return createDcMapper({ ...config, mapping });
}

/** The values of a mapped record by field, without empty ones and without that nobody says it to be an expert's. */
export function valuesOf(
  config: RepositoryConfig,
  { values }: MappedRecord,
): Record<string, string> {
  const pairs = config.fields.map(({ name }, index) => [name, values[index]] as const);
  return Object.fromEntries(
    pairs.filter(([name, value]) => value !== "" && !(name === "expert_created" && value === "0")),
  );
}

/** Maps one record. */
export function map(sections: Sections, elements: readonly Written[]): Record<string, string> {
  const config = repositoryWith(sections);
  return valuesOf(config, mapperOf(config).map(harvested(elements)));
}

/** Keeps what it is told, a line each. */
export class TraceLines implements DcTrace {
  readonly lines: string[] = [];
  candidate: DcTrace["candidate"] = ({ element: name, text, verdict, result }) => {
    this.lines.push(`${name} ${text} | ${verdict} | ${result}`);
  };
  beginField(name: string): void {
    this.lines.push(`[${name}]`);
  }
  rule: DcTrace["rule"] = ({ key, at }, matches) => {
    for (const { field, steps, text } of matches) {
      const done = steps.map(({ step }) => ` ${step}`).join("");
      this.lines.push(`${key} line ${at.line}: ${field}${done} -> ${text}`);
    }
  };
  fieldStep: DcTrace["fieldStep"] = ({ step, before, after }) => {
    this.lines.push(`${step}: ${before} -> ${after}`.replaceAll("\n", " / "));
  };
  endField(name: string, value: string): void {
    this.lines.push(`${name} = ${value}`);
  }
}
