import { describe, expect, it } from "vitest";
import { checkHarvest } from "../../src/looking/check-harvest.js";
import { harvestClosingLines } from "../../src/report/check-text.js";
import { loadHarvest, repository } from "../config/harvest/files.js";
import { MANUAL } from "../config/harvest/manual-example.js";

const kinds = (text: string) => checkHarvest(loadHarvest(text)).map(({ kind }) => kind);
const found = (own: string, rest = "") => kinds(repository(own, rest));

describe("what can hardly be meant", () => {
  it("is nothing in a plain repository", () => {
    expect(found("")).toEqual([]);
  });

  it("is told of the job", () => {
    expect(found("duplicate_check = EXACT_URL\nduplicate_policy = KEEP_ANY")).toEqual([
      "method-without-key",
    ]);
    const url = "dc:identifier = url";
    expect(found("duplicate_check = EXACT_URL\nduplicate_policy = KEEP_ANY", url)).toEqual([]);
    expect(found("duplicate_policy = KEEP_ANY")).toEqual(["policy-without-method"]);
    expect(found("record_must_be_valid = true")).toEqual(["field-never-filled"]);
  });

  it("does not count an empty default for something that fills", () => {
    const defaults = (text: string) =>
      found("record_must_be_valid = access\nfield_defaults_section = d", `[d]\naccess = ${text}`);
    expect(defaults('""')).toEqual(["field-never-filled"]);
    expect(defaults("free")).toEqual([]);
  });

  it("is told where absent rows can never be known", () => {
    expect(found("delete_absent = true")).toEqual(["never-full"]);
    expect(found("delete_absent = true\nfull_every = 30d")).toEqual([]);
    expect(found("delete_absent = true\nharvest_mode = FULL")).toEqual([]);
  });

  it("is told of a repository that is not in the list", () => {
    const other =
      "[O]\nbase_url = http://o.example/\nmetadata_prefix = oai_dc\nforeign_source = o\nfield_map_section = r_field_map";
    const [finding] = checkHarvest(loadHarvest(repository("", other)));
    expect(finding).toMatchObject({ kind: "not-harvested", at: { line: 12 } });
  });

  it("is told of rules for MARC too", () => {
    const main = repository("mapping = marc.conf").replace(
      'field_map_section = "r_field_map"\n',
      "",
    );
    const marc = '[title]\nfield1 = "245 * * a"\nfield2 = "245 * * a"\n';
    const config = loadHarvest({ "main.conf": main, "marc.conf": marc });
    expect(checkHarvest(config).map(({ kind }) => kind)).toContain("repeated-rule");
  });
});

it("the manual's example lacks priorities, which its policy asks for, and nothing else", () => {
  const config = loadHarvest(MANUAL);
  const findings = checkHarvest(config);
  expect(new Set(findings.map(({ kind }) => kind))).toEqual(
    new Set(["method-without-key", "policy-without-priorities"]),
  );
  const named = { config: "main.conf", isAsked: false };
  const lines = harvestClosingLines(config.repositories, findings, named).join("\n");
  expect(lines).toContain("2 repositories will be harvested: infomine.ucr.edu, CaltechETD.");
});
