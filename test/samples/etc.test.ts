import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ConfigErrors } from "../../src/config/language/problems.js";
import { loadConfig } from "../../src/config/load-config.js";
import type { MarcConfig } from "../../src/config/marc/marc-mapping.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ETC = join(ROOT, "etc");

/** Loads a configuration of etc/; what is wrong with it becomes the message of the failure. */
function load(name: string, sets: readonly string[] = []): MarcConfig {
  try {
    return loadConfig(join(ETC, name), { cwd: ROOT, sets }).config;
  } catch (error) {
    if (error instanceof ConfigErrors) {
      throw new Error(JSON.stringify(error.problems, null, 2));
    }
    throw error;
  }
}

const filled = (config: MarcConfig) =>
  config.mapping.extractors.map(({ field }) => field.name).sort();

describe.each(["sample.conf", "vendor.conf"])("etc/%s", (name) => {
  it("loads", () => {
    expect(load(name).settings.foreignSource).not.toBe("");
  });

  it("includes every generic file", () => {
    const text = readFileSync(join(ETC, name), "utf8");
    const generic = readdirSync(ETC).filter((file) => file.startsWith("generic_"));
    const included = [...text.matchAll(/^include (generic_.*)$/gm)].map((match) => match[1]);
    expect(included.sort()).toEqual(generic.sort());
  });

  it("writes the database and the log beside etc/, where git ignores them", () => {
    const { database, logging } = load(name);
    expect(database.path).toBe(join(ROOT, "ivia.sqlite"));
    expect(logging.directory).toBe(join(ROOT, "log"));
  });

  it("fills the columns that describe a resource", () => {
    const wanted =
      "title creators contributors publisher edition series publication_date language subjects " +
      "keywords my_infomine lcc coverage resource_types isbn issn lccn oclc_number original_title";
    expect(filled(load(name))).toEqual(expect.arrayContaining(wanted.split(" ")));
  });
});

describe.each([
  ["unimarc.conf", "unimarc", "title creators publisher publication_date language subjects isbn"],
  ["authority.conf", "authority", "title see_from see_also lccn other_identifiers"],
])("etc/%s", (name, type, wanted) => {
  it("lets in its kind of record and fills its columns", () => {
    const config = load(name);
    expect(config.mapping.recordTypes).toEqual([type]);
    expect(filled(config)).toEqual(expect.arrayContaining(wanted.split(" ")));
  });
});

describe("the configurations of the samples", () => {
  it("rank the catalogue over the vendor and the vendor over the trial", () => {
    const trial = load("vendor.conf", ["Settings.foreign_source=ebook-trial"]);
    const sources = [load("sample.conf"), load("vendor.conf"), trial];
    const ranks = sources.map(({ settings }) => settings.foreignSource);
    expect(load("sample.conf").priorityList).toEqual(ranks);
  });

  it("compare as their comments say", () => {
    expect(load("sample.conf")).toMatchObject({
      matchMethods: ["FUZZY_TITLE"],
      duplicatePolicy: "KEEP_HIGHER",
    });
    expect(load("vendor.conf")).toMatchObject({
      matchMethods: ["ISBN", "FUZZY_TITLE"],
      duplicatePolicy: "REMOVE_LOWER_KEEP_HIGHER",
    });
  });
});

it("the generic files need nothing from an installation's own file", () => {
  const generic = "authors coverage keywords lcc my_infomine resource_types subjects title".split(
    " ",
  );
  for (const name of generic) {
    const text = readFileSync(join(ETC, `generic_${name}.conf`), "utf8");
    expect(text).not.toMatch(/^include|original_title/m);
  }
});
