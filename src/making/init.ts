/**
 * `init`: a configuration for unknown files. The shipped rules are tried on the files: a file of rules
 * that is of use as it stands is included; of the others what is of use is written out.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import type { InputFormat } from "../config/job/run-options.js";
import { loadConfig } from "../config/load-config.js";
import { inputNames } from "../input/open.js";
import { checkOverFile } from "../looking/check-over-file.js";
import { checkRules } from "../looking/check-rules.js";
import type { RuleFinding } from "../report/rule-finding.js";
import { FileScan } from "./file-scan.js";
import { fieldsText, findingsText, idText, urlText } from "./init-text.js";
import { RuleFile, shipped } from "./rule-files.js";

export interface InitRequest {
  /** As named on the command line. */
  readonly files: readonly string[];
  readonly format: InputFormat;
  /** Absolute path that the configuration is meant for. */
  readonly path: string;
  /** Bytes. */
  readonly maxRecordSize: number;
}

/** Records that the rules are tried on, of each file. */
const TRIED = 20_000;
/** What is taken out may show another rule to be of no use, seldom twice. */
const ROUNDS = 6;

const BIBLIOGRAPHIC = [
  ...["title", "authors", "publication", "language", "identifiers", "subjects", "keywords"],
  ...["coverage", "lcc", "original_title", "resource_types"],
].map((name) => `generic_${name}.conf`);

const DESCRIPTION =
  "[description]\nmethod = standard   # the summary (520), else the contents (505), else notes (500)\n";
const HOLDINGS = `[title]
# Not sure: holdings have no title of their own. Shelf mark and place stand in for it.
first_only = true
field1     = "852 * * b+c+h+i+j+k+m"

[description]
method = holdings

[description.holdings]
# What is held: basic volumes, supplements, indexes.
field_join = "; "
field1 = "866 * * a"
field2 = "867 * * a"
field3 = "868 * * a"
field4 = "863 * * a+b+i+j"

[institutional_owner]
field1 = "852 * * a"
`;

/**
 * The text of the configuration.
 *
 * @throws Failure (3) when a file cannot be read, is not MARC, or holds no records
 */
export async function initialConfig(asked: InitRequest): Promise<string> {
  const { format } = asked;
  const scan = new FileScan();
  const names: string[] = [];
  for (const file of asked.files) {
    names.push(...(await inputNames(file, { format, allowEmpty: false })).paths);
  }
  const request = { ...asked, files: names };
  try {
    for (const file of request.files) await scan.read(file, request.format, request.maxRecordSize);
  } finally {
    scan.finish();
  }
  const folder = mkdtempSync(join(tmpdir(), "marc_import_init_"));
  try {
    const head = headText(request, scan);
    const rules = ruleFiles(scan);
    await cut(request, { folder, head: head.stated, rules });
    return [...head.remarks, ...head.stated, ...rules.map((file) => ruleText(file, request.path))]
      .join("\n")
      .replace(/\n{3,}/g, "\n\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function headText({ files, path }: InitRequest, scan: FileScan) {
  const name = basename(path).replace(/\.[^.]*$/, "");
  const id = idText(scan);
  const { kind } = scan;
  const types = Object.keys(scan.kinds).filter((one) =>
    ["bibliographic", "authority", "holdings", "unimarc"].includes(one),
  );
  const others = types.filter((one) => one !== kind);
  const used = `${path.includes(" ") ? `"${path}"` : relative(process.cwd(), path) || path}`;
  const hasLinked = scan.fields.some(({ tag }) => tag === "880");
  const extra =
    kind === "authority"
      ? "see_from[],see_also[],other_identifiers[],heading_note"
      : "original_title";
  return {
    remarks: [
      `# ${basename(path)}: made by MARC_import init from ${files.map((file) => basename(file)).join(", ")}.`,
      "#",
      `#   MARC_import check ${used} ${files[0]}`,
      `#   MARC_import --dry-run --progress ${used} ${files[0]}`,
      "#",
      ...findingsText(scan),
      "#",
      ...fieldsText(scan.fields, scan.records),
      "",
    ],
    stated: [
      "[Logging]",
      "directory = log",
      "",
      "[Database]",
      `path = ${name}.sqlite   # made by the first run`,
      ...(kind === "authority" || (kind === "bibliographic" && hasLinked)
        ? [`extra_fields = "${extra}"`]
        : []),
      "",
      "[Duplicates]",
      ...comparing(kind),
      "match_method     = NONE",
      "duplicate_policy = KEEP_ALL",
      "",
      "[Settings]",
      "# The name under which these records are found again. Choose it well: never change it once they are loaded.",
      `foreign_source    = "${name}"`,
      ...id.remarks,
      `foreign_id_fields = "${id.value}"`,
      ...(kind === "bibliographic" || !types.includes(kind) ? [] : [`record_types      = ${kind}`]),
      ...(others.length > 0
        ? [
            `# Not sure: records of other kinds (${others.join(", ")}) are left out; they want a job of their own.`,
          ]
        : []),
      ...(scan.deletions > 0
        ? ["# Records marked as deleted take their rows away; deletes = ignore would leave them."]
        : []),
      "",
    ],
  };
}

/** What is said of duplicates: what may be compared of records of that kind. */
function comparing(kind: string): string[] {
  const method: Readonly<Record<string, string>> = { authority: "LCCN", holdings: "" };
  const stated = method[kind] ?? "ISBN,TITLE_AUTHOR_YEAR";
  if (stated === "")
    return ["# Nothing is compared with other sources: what others hold is no duplicate."];
  return [
    "# Nothing is compared with other sources yet. With a catalogue in the database, for instance:",
    `#   match_method = "${stated}" and duplicate_policy = KEEP_HIGHER (MARC_import policies)`,
  ];
}

function ruleFiles(scan: FileScan): RuleFile[] {
  const url = urlText(scan);
  const ofUrl = url === null ? [] : [new RuleFile("url", url)];
  switch (scan.kind) {
    case "unimarc":
      return [mappingOf("unimarc.conf")];
    case "authority":
      return [mappingOf("authority.conf"), ...ofUrl];
    case "holdings":
      return [new RuleFile("holdings", HOLDINGS), ...ofUrl];
    default: {
      const hasLinked = scan.fields.some(({ tag }) => tag === "880");
      const names = BIBLIOGRAPHIC.filter((name) => hasLinked || !name.includes("original_title"));
      const files = names.map((name) => RuleFile.shipped(name));
      return [...ofUrl, new RuleFile("description", DESCRIPTION), ...files];
    }
  }
}

/** The sections of a shipped job that map fields: those behind its [Duplicates] and [Settings]. */
function mappingOf(name: string): RuleFile {
  const { text } = RuleFile.shipped(name);
  return new RuleFile(`rules of ${name}`, text.slice(text.indexOf("[title]")));
}

/** Takes out of the rules what `check` would find, until it finds nothing any more. */
async function cut(
  { files, format }: InitRequest,
  {
    folder,
    head,
    rules,
  }: {
    readonly folder: string;
    readonly head: readonly string[];
    readonly rules: readonly RuleFile[];
  },
): Promise<void> {
  const main = join(folder, "job.conf");
  const paths = rules.map((_, i) => join(folder, `rules-${i}.conf`));
  for (let round = 0; round < ROUNDS; round++) {
    writeFileSync(main, [...head, ...paths.map((path) => `include "${path}"`)].join("\n"));
    for (const [i, path] of paths.entries()) writeFileSync(path, rules[i].text);
    const { config } = loadConfig(main, { cwd: folder, sets: [], overrides: {} });
    const perFile: RuleFinding[][] = [];
    for (const file of files) {
      perFile.push([...(await checkOverFile({ config, file, format }, TRIED)).findings]);
    }
    const [first, ...others] = perFile;
    const everywhere = first.filter((one) =>
      others.every((list) => list.some((other) => other.what === one.what)),
    );
    const findings = [...checkRules(config), ...everywhere];
    const taken = findings.filter((finding) => {
      const i = paths.indexOf(finding.at?.file ?? "");
      if (i >= 0) rules[i].take(finding);
      return i >= 0;
    });
    if (taken.length === 0) return;
  }
}

function ruleText(file: RuleFile, path: string): string {
  if (file.name.startsWith("generic_")) {
    const from = shipped(file.name);
    if (file.isWhole) return `include "${relative(dirname(path), from)}"\n`;
    const rest = absoluteMaps(file.rest, path);
    return rest === "" ? "" : `# From ${file.name}, what these records need.\n${rest}`;
  }
  return absoluteMaps(file.rest, path);
}

/** Maps are named from where the configuration will be. */
function absoluteMaps(text: string, path: string): string {
  return text.replace(/^(\s*translation_map\s*=\s*)(\/\S+)/gm, (_, key, map) => {
    return `${key}"${relative(dirname(path), map)}"`;
  });
}
