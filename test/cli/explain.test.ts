import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/program.js";
import { styleFor } from "../../src/report/style.js";
import { commandIn } from "../support/command-line.js";
import { temporaryFolder } from "../support/import-harness.js";
import { schemaErrors } from "../support/json-schema.js";
import { iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";

const ROOT = resolve(import.meta.dirname, "../..");
const DIFF_SCHEMA = JSON.parse(readFileSync(join(ROOT, "docs/config-diff.schema.json"), "utf8"));
const SCHEMA = JSON.parse(readFileSync(join(ROOT, "docs/explain.schema.json"), "utf8"));
const SAMPLE = join(ROOT, "etc/sample.conf");
const CATALOG = join(ROOT, "samples/catalog.mrc");

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const command = (...args: string[]) => commandIn(folder.path, ...args);

const explain = (...args: string[]) => command("explain", ...args, "--database", "db.sqlite");

/** Writes a job and a file of one record, and explains the record. */
async function explainOne(rules: string, fields: FieldOf[], ...args: string[]) {
  writeFileSync(join(folder.path, "job.conf"), `[Settings]\nforeign_source = "x"\n${rules}\n`);
  writeFileSync(join(folder.path, "one.mrc"), iso({ fields: [["001", "id-1"], ...fields] }));
  const { out, error } = await explain("job.conf", join(folder.path, "one.mrc"), ...args);
  expect(error).toBe("");
  return out.split("\n").map((line) => line.trim());
}

describe("MARC_import explain", () => {
  it("gives machines one object a line, as documented", async () => {
    const vendor = join(ROOT, "etc/vendor.conf");
    const runs = [
      await explain(SAMPLE, CATALOG, "--json", "--replay"),
      await explain(vendor, join(ROOT, "samples/vendor.mrc"), "--json"),
    ];
    for (const { out, status } of runs) {
      expect(status).toBe(0);
      for (const line of out.split("\n")) {
        expect(schemaErrors(SCHEMA, JSON.parse(line))).toEqual([]);
      }
    }
    expect(runs[0].out.split("\n")).toHaveLength(66);
  });

  it("does so of a record that a rule calls deleted", async () => {
    const rules = `[title]\nmain = 245 * * a\n[Filter]\ndelete_if = "245 * * a /gone/"\ninclude_if = "245 * * a /x/"`;
    const [line] = await explainOne(rules, [["245", "10", "agone"]], "--json");
    const told = JSON.parse(line);
    expect(schemaErrors(SCHEMA, told)).toEqual([]);
    expect(told.filters.map(({ kind }: { kind: string }) => kind)).toContain("delete");
  });

  it("shows the record as a person reads MARC, pairs in another script named", async () => {
    const { out } = await explain(SAMPLE, CATALOG, "--record", "45");
    expect(out).toContain("245 10  $6 880-02 $a Hong lou meng / $c Cao Xueqin, Gao E zhu.");
    expect(out).toContain("[245[1] is a pair with 880[2]]");
    expect(out).toContain("880 10  $6 245-02/$1 $a 紅樓夢 / $c 曹雪芹, 高鶚著.");
  });

  it("says of each rule where it stands, what it took and what became of it, step by step", async () => {
    const lines = await explainOne(
      "[title]\nskip_nonfiling\ntrim_punctuation\nmain = 245 * * a+b /Cat/Dog/g,/x/y/",
      [["245", "14", "aThe Cat :", "ba tail /"]],
      "--field",
      "title",
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        "main = 245 * * a+b /Cat/Dog/g,/x/y/  job.conf:6",
        '245[1] subfield_join  "Cat :" + "a tail /" -> "Cat : a tail /"',
        '245[1] /Cat/Dog/g  "Cat : a tail /" -> "Dog : a tail /"',
        '245[1] /x/y/  leaves "Dog : a tail /"',
        '245[1] trim_punctuation  "Dog : a tail /" -> "Dog : a tail"',
        '= "Dog : a tail"',
      ]),
    );
    expect(lines.some((line) => line.includes("skip_nonfiling (245 indicator 2 is 4)"))).toBe(true);
  });

  it.each<[string, FieldOf, string]>([
    ["650 * 0 a", ["651", " 0", "aX"], "no field 650"],
    ["650 1 * a", ["650", " 0", "aX"], "650[1]: indicator 1 is blank (#), the rule wants 1"],
    ["650 * 2 a", ["650", " 0", "aX"], '650[1]: indicator 2 is "0", the rule wants 2'],
    ["650 * * v", ["650", " 0", "aX", "xY"], "650[1]: no subfield v with text, it has $a $x"],
    ["008/30-39 * * *", ["008", "short"], "008[1]: the field is too short for the range"],
    ["650 * * a /.*//", ["650", " 0", "aX"], "650[1]: nothing is left of it"],
  ])("says why %s takes nothing", async (rule, field, why) => {
    const lines = await explainOne(`[keywords]\nk = ${rule}`, [field], "--field", "keywords");
    expect(lines.some((line) => line.endsWith(why))).toBe(true);
  });

  it("says what first_only and unique leave out", async () => {
    const fields: FieldOf[] = [
      ["250", "  ", "aOne"],
      ["250", "  ", "aTwo"],
    ];
    const rules = "[edition]\nfirst_only\na = 250 * * a\nb = 251 * * a";
    const lines = await explainOne(rules, fields, "--field", "edition");
    expect(lines).toContain("250[2]: not taken: first_only, and there is a value already");
    expect(lines.find((line) => line.startsWith("b = 251"))).toMatch(/not looked at/);
    const repeated: FieldOf[] = [fields[0], ["250", "  ", "aOne"]];
    const unique = await explainOne(
      "[edition]\nunique\na = 250 * * a",
      repeated,
      "--field",
      "edition",
    );
    expect(unique).toContain("250[2]: the same text is there already (unique)");
  });

  it("shows joins, lists, initial and fallback texts", async () => {
    const rules = '[lcc]\ninitial_text = ";Z;"\na = 050 * * a\n[series]\nfallback_value = none';
    const lines = await explainOne(rules, [
      ["050", "  ", "aA1"],
      ["050", "  ", "aB2"],
    ]);
    expect(lines).toContain('initial_text  ";Z;"');
    expect(lines).toContain('field_join  "A1" + "B2" -> ";Z;A1;B2"');
    expect(lines).toContain('list  ";Z;A1;B2" -> ";Z;A1;B2;"');
    expect(lines).toContain('fallback_value  "none"');
  });

  it("lets no byte of a record drive a terminal or break a line", async () => {
    const rules = "[title]\nmain = 245 * * *\n[keywords]\nk = 650 * * a /x/y/";
    const hostile: FieldOf[] = [
      ["245", "\u001b[", "a\u001b[31mred\r\n\u0007fake: line"],
      ["650", "\n ", "b\u009b31m"],
    ];
    const lines = await explainOne(rules, hostile);
    expect(lines.join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(lines.some((line) => line.startsWith("fake"))).toBe(false);
  });

  it("shows one field alone, and knows which there are", async () => {
    const { out } = await explain(SAMPLE, CATALOG, "--record", "1", "--field", "title");
    expect(out).toContain("\n  title\n");
    expect(out).not.toContain("\n  creators\n");
    const wrong = await explain(SAMPLE, CATALOG, "--record", "1", "--field", "author");
    expect(wrong.status).toBe(2);
    expect(wrong.error).toContain('Did you mean "creators"?');
  });

  it("takes one way of choosing the record, and says which records there are", async () => {
    const both = await explain(SAMPLE, CATALOG, "--record", "1", "--id", "x");
    expect(both).toMatchObject({ status: 2, out: "" });
    expect(await explain(SAMPLE, CATALOG, "--record", "0")).toMatchObject({ status: 2 });
    expect(await explain(SAMPLE, "nowhere.mrc")).toMatchObject({ status: 3, out: "" });
  });

  it("shows what another configuration maps differently", async () => {
    writeFileSync(
      join(folder.path, "other.conf"),
      `include "${SAMPLE}"\n[title]\noverride trim_punctuation = false\n[edition]\nmore = 245 * * c\n`,
    );
    const one = await explain(SAMPLE, CATALOG, "--record", "1", "--config-diff", "other.conf");
    expect(one.out).toMatch(
      /\n {2}title\n {4}.*sample\.conf: "[^"]*[^/]"\n {4}other\.conf: "[^"]* \/"/,
    );
    expect(one.out).toContain("more = 245 * * c  other.conf:5");
    const json = await explain(SAMPLE, CATALOG, "--config-diff", "other.conf", "--json");
    const records = json.out.split("\n").map((line) => JSON.parse(line));
    expect(records.flatMap((record) => schemaErrors(DIFF_SCHEMA, record))).toEqual([]);
    expect(records[0]).toMatchObject({ configs: [SAMPLE, "other.conf"], record: { number: 1 } });
    for (const { differences } of records) {
      for (const { values, mapping } of differences) {
        expect([values.length, mapping.length]).toEqual([2, 2]);
      }
    }
    const fields = records.flatMap(({ differences }) =>
      differences.map((d: { field: string }) => d.field),
    );
    expect([...new Set(fields)].sort()).toEqual(["edition", "title"]);
    const same = await explain(SAMPLE, CATALOG, "--config-diff", SAMPLE);
    expect(same.out).toMatch(/^\d+ records are mapped to the same row by both$/);
  });

  it("cannot read standard input for two configurations", async () => {
    const { status, out, error } = await explain(SAMPLE, "-", "--config-diff", SAMPLE);
    expect([status, out]).toEqual([2, ""]);
    expect(error).toContain("--config-diff");
  });
});

describe("colour", () => {
  it("is for terminals, unless NO_COLOR says otherwise", () => {
    expect(styleFor(true, {}).good("x")).toBe("\u001b[32mx\u001b[0m");
    expect(styleFor(false, {}).good("x")).toBe("x");
    expect(styleFor(true, { NO_COLOR: "1" }).good("x")).toBe("x");
    expect(styleFor(true, { NO_COLOR: "" }).good("x")).not.toBe("x");
    expect(styleFor(true, { TERM: "dumb" }).good("x")).toBe("x");
  });
});

describe("MARC_import check", () => {
  const POOR = '[Settings]\nforeign_source = "x"\n[isbn]\nfield1 = 020 1 * a\n';

  it("prints the settings, and names beside them what looks like a mistake", async () => {
    writeFileSync(join(folder.path, "poor.conf"), POOR);
    const { status, out, error } = await command("check", "poor.conf");
    expect(status).toBe(0);
    expect(out).toContain('foreign_source = "x"');
    expect(error).toMatch(/^never-matches \(1\)\n {2}poor\.conf:4: .*\n {2}why: .*\n {2}to do: /);
    expect(error).toMatch(/\n1 likely mistake; the configuration is valid\.\nNext: correct /);
    expect((await command("check", "poor.conf", "--strict")).status).toBe(2);
  });

  it("is content with the configurations of etc/", async () => {
    const found = await command("check", SAMPLE, "--strict");
    expect(found).toMatchObject({ status: 0, error: "" });
  });

  it("tells a person that there is nothing to tell, and what comes next", async () => {
    const errors: string[] = [];
    const console = {
      cwd: folder.path,
      errorIsTerminal: true,
      out: () => undefined,
      write: () => undefined,
      error: (text: string) => void errors.push(text),
    };
    expect(await runCommandLine(["check", SAMPLE], console)).toBe(0);
    expect(errors).toEqual([
      "No finding; the configuration is valid.",
      `Next: try the rules on records: MARC_import check ${SAMPLE} FILE`,
    ]);
  });

  it("groups findings by kind, worst first, and leaves out repeated hints", async () => {
    const rules = Array.from({ length: 8 }, (_, i) => `r${i} = 9${i}9 * * a`).join("\n");
    writeFileSync(join(folder.path, "poor.conf"), `${POOR}[series]\n${rules}\n`);
    const { error } = await command("check", "poor.conf", CATALOG);
    const kinds = error.split("\n").filter((line) => /^[a-z-]+ \(\d+\)$/.test(line));
    expect(kinds).toEqual([
      "never-matches (1)",
      "field-always-empty (2)",
      "rule-never-matched (9)",
    ]);
    expect(error).toContain("  … and 4 more; --verbose lists them");
    expect(error).toMatch(/\n1 likely mistake and 11 hints; the configuration is valid\.\n/);
    const full = await command("check", "poor.conf", CATALOG, "--verbose");
    expect(full.error.match(/never matched\n/g)).toHaveLength(9);
  });

  it("looks at as many records as it is asked to, and counts those it could not try", async () => {
    const first = await command("check", SAMPLE, CATALOG, "--limit", "10");
    expect(first.error).toContain(`The rules were tried on 10 records of ${CATALOG}.\n  filled:`);
    const all = await command("check", SAMPLE, CATALOG);
    expect(all.error).toContain(
      "\n  left out: 1, by record_types: authority 1 (for UNIMARC and authorities see docs/unimarc-authority.md)\n  deleted:  2 records, not mapped\n  rejected: 1; MARC_import validate ",
    );
  });

  it("shows the defaults of record fields only if asked", async () => {
    writeFileSync(join(folder.path, "poor.conf"), POOR);
    expect((await command("check", "poor.conf")).out).not.toContain("first_only");
    expect((await command("check", "poor.conf", "-v")).out).toContain("first_only");
  });

  it("prints settings and every finding as one object for machines", async () => {
    writeFileSync(join(folder.path, "poor.conf"), POOR);
    const { out, error } = await command("check", "poor.conf", CATALOG, "--json");
    expect(error).toBe("");
    const object = JSON.parse(out);
    expect(object).toMatchObject({ schema_version: 1, over: { records: 62, file: CATALOG } });
    expect(object.settings).toContainEqual(
      expect.objectContaining({ key: "foreign_source", value: "x", at: expect.anything() }),
    );
    expect(object.findings[0]).toMatchObject({
      kind: "never-matches",
      hint: false,
      at: { file: join(folder.path, "poor.conf"), line: 4 },
    });
  });

  it("tries the rules on a file", async () => {
    const { error, status } = await command("check", SAMPLE, CATALOG);
    expect(status).toBe(0);
    expect(error).toMatch(
      /generic_authors\.conf:\d+: \[contributors\] body1 = 710 .* never matched/,
    );
  });
});
