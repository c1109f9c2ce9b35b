/** The configurations of etc/ for OAI-PMH-importer say what their comments say, and map records. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { HarvestConfig } from "../../src/config/harvest/harvest-config.js";
import { loadHarvestConfig } from "../../src/config/harvest/load-harvest.js";
import { IVIA_INTERNAL } from "../../src/config/harvest/namespaces.js";
import { ConfigErrors } from "../../src/config/language/problems.js";
import { elementsOf } from "../../src/fields/list-form.js";
import { isList } from "../../src/fields/record-fields.js";
import type { HarvestedElement } from "../../src/input/harvested-record.js";
import { checkHarvest } from "../../src/looking/check-harvest.js";
import { makeFiles } from "../config/files.js";
import { harvested, mapperOf, valuesOf } from "../mapping/dc/support.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ETC = join(ROOT, "etc");

function load(path: string, sets: readonly string[] = []): HarvestConfig {
  try {
    return loadHarvestConfig(path, { cwd: ROOT, sets }).config;
  } catch (error) {
    if (error instanceof ConfigErrors) throw new Error(JSON.stringify(error.problems, null, 2));
    throw error;
  }
}

const config = load(join(ETC, "OAI-PMH-importer.conf"));
const named = (name: string) => {
  const found = [...config.repositories, ...config.unlisted].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no repository ${name}`);
  return found;
};

describe("etc/OAI-PMH-importer.conf", () => {
  it("harvests one repository and keeps those of the manual ready", () => {
    expect(config.repositories.map(({ name }) => name)).toEqual(["example"]);
    expect(config.unlisted.map(({ name }) => name)).toEqual(["infomine.ucr.edu", "CaltechETD"]);
    expect(new Set(checkHarvest(config).map(({ kind }) => kind))).toEqual(
      new Set(["not-harvested"]),
    );
  });

  it("has nothing more to be told of when all three are harvested", () => {
    const list = "Repositories.harvest_list=example,infomine.ucr.edu,CaltechETD";
    expect(checkHarvest(load(join(ETC, "OAI-PMH-importer.conf"), [list]))).toEqual([]);
  });

  it("writes database, log and pages beside etc/, where git ignores them", () => {
    expect(config.database.path).toBe(join(ROOT, "ivia.sqlite"));
    expect(config.logging.directory).toBe(join(ROOT, "log"));
    expect(config.repositories[0].harvest.spool).toBe(join(ROOT, "spool"));
    expect(readFileSync(join(ROOT, ".gitignore"), "utf8")).toContain("spool/");
  });

  it("has examples in comments that hold", () => {
    const text = readFileSync(join(ETC, "OAI-PMH-importer.conf"), "utf8");
    const [, catalogue] = /^# \[catalogue\]\n((?:# \w.*\n)*)/m.exec(text) ?? [];
    const own = (catalogue ?? "")
      .replace(/^# /gm, "")
      .replace("sample.conf", join(ETC, "sample.conf"));
    const directory = makeFiles(
      `include ${join(ETC, "iVia.conf")}\n[Repositories]\nharvest_list = catalogue\n[catalogue]\n${own}`,
    );
    const [marc] = load(join(directory, "main.conf")).repositories;
    expect(marc.mapping.kind).toBe("marc");
    expect(marc.settings.foreignSource).toBe("library-catalogue");
  });
});

describe("etc/OAI-PMH-importer.oai_dc.conf", () => {
  it("maps a record of a repository as they are", () => {
    const repository = named("example");
    const record = harvested([
      ["dc:title@de", "Bienen und Blüten"],
      ["dc:title@en", "Bees and blossoms."],
      ["dc:creator", "Meier, Anna; Huber, Karl"],
      ["dc:subject", "Bees"],
      ["dc:subject", "bees"],
      ["dc:date", "2020-03-01T10:11:12Z"],
      ["dc:date", "2019"],
      ["dc:date", "info:eu-repo/date/embargoEnd/2018-01-01"],
      ["dc:type", "info:eu-repo/semantics/doctoralThesis"],
      ["dc:type", "info:eu-repo/semantics/publishedVersion"],
      ["dc:language", "en-US"],
      ["dc:language", "deu"],
      ["dc:rights", "info:eu-repo/semantics/openAccess"],
      ["dc:identifier", "urn:isbn:0306406152"],
      ["dc:identifier", "https://doi.org/10.1000/1"],
      ["dc:identifier", "http://repository.example.org/123/"],
      ["dc:format", "application/pdf"],
    ]);
    expect(valuesOf(repository, mapperOf(repository).map(record))).toEqual({
      url: "http://repository.example.org/123",
      other_urls: ";https://doi.org/10.1000/1;",
      title: "Bees and blossoms",
      creators: ";Meier, Anna;Huber, Karl;",
      keywords: ";Bees;",
      publication_date: "2019",
      resource_types: ";doctoralThesis;",
      record_type: "monograph",
      language: "English; German",
      access: "open",
      isbn: ";9780306406157;",
      categories: ";unknown;",
      my_infomine: ";OAI-PMH-importer;",
      remote_user: "oai-importer",
    });
  });
});

describe("etc/OAI-PMH-importer.ivia_internal.conf", () => {
  const repository = named("infomine.ucr.edu");

  /** A row as another installation sends it: an element for each field, for each element of a list. */
  function sent(row: Readonly<Record<string, string>>): HarvestedElement[] {
    return Object.entries(row).flatMap(([name, value]) => {
      const kind = repository.fields.find((field) => field.name === name)?.kind;
      const texts = kind !== undefined && isList(kind) ? elementsOf(value) : [value];
      return texts.map((text) => {
        return { namespace: IVIA_INTERNAL, prefix: "i", name, type: "", lang: "", text };
      });
    });
  }

  it("gives the columns that were sent", () => {
    const row = {
      url: "http://www.nzdl.org/;jsession",
      title: "The New Zealand digital library.",
      creators: ";Witten, Ian;Bainbridge, David;",
      publisher: "Wiley; Springer",
      edition: "2nd ed.",
      publication_date: "[between 1995 and 1999?]",
      language: "English",
      subjects: ";Libraries;libraries;",
      description: "Prose; with semicolons.",
      categories: ";unknown;",
      record_type: "serial",
      isbn: ";9780306406157;",
      lccn: ";n78890351;",
      oclc_number: ";1234567;",
      other_urls: ";http://x.org/a%3Bb;",
      audience_levels: ";academic;",
      maintainer_email: "fred@example.org",
      expert_created: "1",
      institutional_owner: ";Us;",
    };
    const mapped = mapperOf(repository).map({ ...harvested([]), elements: sent(row) });
    expect(mapped.diagnostics).toEqual([]);
    expect(valuesOf(repository, mapped)).toEqual({ ...row, remote_user: "infomine-importer" });
  });

  it("takes every column that a record fills, and iVia's names", () => {
    const { mapping } = repository;
    const filled = mapping.kind === "dc" ? mapping.rules.fieldMap.map(({ field }) => field) : [];
    const missing = repository.fields.filter(({ name }) => !filled.includes(name));
    expect(missing.map(({ name }) => name)).toEqual(["remote_user", "original_title"]);
    const old = { creator: "Witten", ivia_description: "Prose", LCC: "Z699" };
    const mapped = mapperOf(repository).map({ ...harvested([]), elements: sent(old) });
    expect(valuesOf(repository, mapped)).toMatchObject({
      creators: ";Witten;",
      description: "Prose",
      lcc: ";Z699;",
    });
  });
});

describe("etc/maps/languages.map", () => {
  it("has the two letters of ISO 639-1, and codes made from the language's own name", () => {
    const repository = named("example");
    const language = (text: string) =>
      valuesOf(repository, mapperOf(repository).map(harvested([["dc:language", text]]))).language;
    expect(["de", "deu", "ger", "pt_BR", "zh-Hant", "German"].map(language)).toEqual([
      ...["German", "German", "German", "Portuguese", "Chinese", "German"],
    ]);
  });
});
