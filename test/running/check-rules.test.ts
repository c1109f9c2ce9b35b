import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.js";
import { checkOverFile } from "../../src/looking/check-over-file.js";
import { checkRules } from "../../src/looking/check-rules.js";
import { coverageLines } from "../../src/report/check-text.js";
import type { FindingKind, RuleFinding } from "../../src/report/rule-finding.js";
import { temporaryFolder } from "../support/import-harness.js";
import { iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";

const ROOT = resolve(import.meta.dirname, "../..");
const CATALOG = join(ROOT, "samples/catalog.mrc");

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A configuration of a source, with these lines behind it. */
function configOf(lines: string) {
  const path = join(folder.path, "job.conf");
  writeFileSync(path, `[Settings]\nforeign_source = "x"\n${lines}\n`);
  return loadConfig(path, { cwd: folder.path }).config;
}

/** `kind line` of each finding; line 3 is the first of the stated lines. */
function places(findings: readonly RuleFinding[]): string[] {
  return findings.map(({ kind, at }) => `${kind} ${at?.line ?? "-"}`);
}

describe("a configuration that can hardly be meant", () => {
  it.each<[FindingKind, number, string, RegExp]>([
    ["never-matches", 4, "[isbn]\nfield1 = 020 1 * a", /first indicator of 020 blank/],
    ["never-matches", 4, "[creators]\nfield1 = 100 1 0 a", /second indicator of 100 blank/],
    ["term-without-effect", 4, "[keywords]\nfield1 = 653 * * *-2", /"-2" changes nothing/],
    ["term-without-effect", 4, "[title]\nfield1 = 245 * * a+b-c", /"-c" changes nothing/],
    ["repeated-rule", 5, "[title]\na = 245 * * a+b\nb = 245 * * b+a", /finds all of that before/],
    ["repeated-rule", 5, "[lcc]\na = 050 * * a\nb = 050 0 * a", /a = 050 \* \* a/],
    ["join-contradicts-kind", 3, '[lcc]\nfield_join = " "\na = 050 * * a', /is a list/],
    ["join-contradicts-kind", 3, '[title]\nfield_join = ";"\na = 245 * * a', /is plain text/],
    [
      "method-without-key",
      4,
      "[Duplicates]\nmatch_method = ISBN\nduplicate_policy = KEEP_ANY",
      /no rule fills isbn/,
    ],
    [
      "policy-without-priorities",
      5,
      "[Duplicates]\nmatch_method = EXACT_URL\nduplicate_policy = REMOVE_LOWER",
      /priority_list is empty/,
    ],
    [
      "source-without-priority",
      2,
      "[url]\n[Priorities]\npriority_list = y\n[Duplicates]\nmatch_method = EXACT_URL\nduplicate_policy = KEEP_HIGHER",
      /foreign_source x is not in priority_list/,
    ],
    [
      "override-of-nothing",
      5,
      "[title]\nfield1 = 245 * * a\noverride field01 = 246 * * a",
      /\[title\] override field01 replaces nothing/,
    ],
    ["override-of-nothing", 4, "[Logging]\noverride keep = 3", /no line before it states keep/],
    ["policy-without-method", 4, "[Duplicates]\nduplicate_policy = MERGE", /NONE/],
    ["method-without-use", 4, "[Duplicates]\nmatch_method = EXACT_URL", /never asks/],
    [
      "veto-off",
      6,
      '[Duplicates]\nmatch_method = EXACT_URL\nduplicate_policy = KEEP_ANY\nnever_if = "type, level, part"',
      /leaves out form$/,
    ],
    [
      "not-strict",
      6,
      "[Duplicates]\nmatch_method = DESCRIPTION\nduplicate_policy = REPLACE\nstrict = false",
      /REPLACE deletes what DESCRIPTION finds/,
    ],
    [
      "points-without-use",
      4,
      "[Match points]\ntitle = same 90",
      /\[Match points\] title tells how/,
    ],
    ["points-without-use", 4, "[Duplicates]\nsame = 90", /\[Duplicates\] same tells how/],
    ["field-never-filled", 3, "record_must_be_valid = title", /names title, but no rule/],
    ["field-never-filled", 3, 'protected_fields = "series"', /names series, but no rule/],
    ["field-never-filled", 3, 'fields_to_merge = "url,issn"', /names issn, but no rule/],
  ])("%s in line %i of %j", (kind, line, lines, what) => {
    const findings = checkRules(configOf(lines));
    expect(places(findings)).toEqual([`${kind} ${line}`]);
    expect(findings[0].what).toMatch(what);
    expect(findings[0].why).not.toBe("");
    expect(findings[0].advice).not.toBe("");
  });
});

describe("a configuration that is meant", () => {
  it.each([
    "[title]\na = 245 1 * a\nb = 245 0 * a",
    "[title]\na = 245 1 * a\nb = 245 1 * a /x/y/",
    '[description]\nmethod = x\n[description.x]\na = "520 #+2 * a"',
    '[edition]\nfield_join = " ; "\na = 250 * * a',
    '[keywords]\ninitial_text = ";x;"',
    "[keywords]\na = 650 * *-0 *-3-e",
    "[Duplicates]\nmatch_method = EXACT_URL\nduplicate_policy = KEEP_ANY",
    'fields_to_merge = ""',
    "[Duplicates]\nmatch_method = DESCRIPTION\nduplicate_policy = REPLACE\nstrict = true",
    "[Duplicates]\nmatch_method = DESCRIPTION\nduplicate_policy = KEEP_ANY\nstrict = false\n[Match points]\nyear = same 70",
    '[Duplicates]\nnever_if = ""',
    "[title]\nfield1 = 245 * * a\noverride field1 = 246 * * a",
    "[Priorities]\npriority_list = y\n[Duplicates]\nmatch_method = EXACT_URL\nduplicate_policy = KEEP_ANY",
    "[Priorities]\npriority_list = y,x\n[Duplicates]\nmatch_method = EXACT_URL\nduplicate_policy = MERGE_INTO_HIGHER",
  ])("draws no finding: %j", (lines) => {
    expect(checkRules(configOf(lines))).toEqual([]);
  });

  it("is told what it lets pass: etc/vendor.conf", () => {
    const { config } = loadConfig(join(ROOT, "etc", "vendor.conf"), { cwd: ROOT });
    expect(checkRules(config).map(({ kind }) => kind)).toEqual(["veto-off"]);
  });

  it.each(["sample.conf", "duplicates.conf"])("draws no finding: etc/%s", (name) => {
    const { config } = loadConfig(join(ROOT, "etc", name), { cwd: ROOT });
    expect(checkRules(config)).toEqual([]);
  });
});

describe("the files of etc/ that jobs include", () => {
  const files = readdirSync(join(ROOT, "etc")).filter((name) =>
    /^(?:generic_|iVia).*\.conf$/.test(name),
  );

  it.each(files)("draw no finding: %s", (name) => {
    const sets = ["Settings.foreign_source=x"];
    // Its field is an extra one, which the installation's file names.
    if (name === "generic_original_title.conf") sets.push("Database.extra_fields=original_title");
    const { config } = loadConfig(join(ROOT, "etc", name), { cwd: ROOT, sets });
    expect(checkRules(config)).toEqual([]);
  });
});

describe("over a file", () => {
  const over = (lines: string) =>
    checkOverFile({ config: configOf(lines), file: CATALOG, format: "auto" });
  const found = async (lines: string) =>
    places((await over(lines)).findings).filter(
      (place) => !place.endsWith("-") && !place.endsWith(" 0"),
    );

  it("names rules that never matched", async () => {
    expect(await found("[title]\na = 245 * * a\nb = 999 * * a")).toEqual(["rule-never-matched 5"]);
  });

  it("does not blame a rule that was never needed", async () => {
    const lines = '[language]\nfirst_only\na = "LDR/0-4 * * *"\nb = 041 * * a';
    expect(await found(lines)).toEqual([]);
  });

  it("names substitutions that never changed anything, not those that emptied a value", async () => {
    const lines = "[title]\na = 245 * * a /qqq/x/,/e/E/\n[series]\na = 245 * * a /.*//s";
    expect(await found(lines)).toEqual(["substitution-without-effect 4", "field-always-empty 5"]);
  });

  it.each([
    ["/^qqq$//", []],
    ["/^(?!.).*//s", []],
    ["s#.*qqq.*##", []],
    ["/^qqq$/x/", ["substitution-without-effect 4"]],
    ["/qqq//", ["substitution-without-effect 4"]],
    ["/^qqq//", ["substitution-without-effect 4"]],
    ["/^qqq\\$//", ["substitution-without-effect 4"]],
  ])(
    "does not blame a substitution for keeping nothing out, where that is all it does: %s",
    async (step, expected) => {
      expect(await found(`[title]\na = 245 * * a ${step}`)).toEqual(expected);
    },
  );

  it("names fields that stayed empty", async () => {
    const { findings } = await over("[series]\na = 999 * * a");
    const series = findings.filter(({ what }) => what.includes("series"));
    expect(places(series)).toEqual(["rule-never-matched 4", "field-always-empty 3"]);
  });

  it("counts the records that fill a field, and names the tags that no rule reads", async () => {
    const { filled, unread, ...counts } = await over("[title]\na = 245 * * a");
    // All 66 records are accounted for.
    expect(counts).toMatchObject({ records: 62, leftOut: 1, miscoded: 0, deleted: 2, rejected: 1 });
    expect(filled.get("title")).toBe(62);
    expect(unread.get("260")).toBeGreaterThan(0);
    for (const read of ["245", "001", "005", "856"]) expect(unread.has(read)).toBe(false);
  });

  it("tells deletions, and records whose leader/06 may be wrong", async () => {
    const file = join(folder.path, "some.mrc");
    const title: FieldOf = ["245", "00", "aBotany"];
    const of = (status: string, type: string, ...fields: FieldOf[]) =>
      iso({ leader: `00000${status}${type}m a2200000 a 4500`, fields: [["001", "a"], ...fields] });
    const records = [
      of("n", "a", title),
      of("d", "a", title),
      of("d", "z"),
      of("n", "z", title),
      of("n", "z"),
    ];
    writeFileSync(file, Buffer.concat(records));
    const config = configOf("[title]\na = 245 * * a");
    const found = await checkOverFile({ config, file, format: "auto" });
    expect(found).toMatchObject({ records: 1, leftOut: 3, miscoded: 1, deleted: 1, rejected: 0 });
    expect(found.kinds).toEqual({ authority: 3 });
    const lines = coverageLines(found).join("\n");
    expect(lines).toContain("1 of them has a title (245)");
    expect(lines).toMatch(/left out: 3, by record_types: authority 3 \(/);
    expect(lines).toMatch(/^ {2}deleted: {2}1 record/m);
  });
});
