/** The example of iVia's manual, character for character, is read as the manual explains it. */

import { describe, expect, it } from "vitest";
import { loadHarvestConfig } from "../../../src/config/harvest/load-harvest.js";
import { formatEffective } from "../../../src/config/job/effective.js";
import { makeFiles } from "../files.js";
import { loadHarvest } from "./files.js";
import { MANUAL } from "./manual-example.js";

describe("the manual's configuration", () => {
  const config = loadHarvest(MANUAL);
  const [infomine, caltech] = config.repositories;

  it("has a log and two repositories in their order", () => {
    expect(config.logging).toMatchObject({
      verbosity: 3,
      directory: "/home/fred/log/OAI-PMH-importer",
    });
    expect(config.repositories.map(({ name }) => name)).toEqual(["infomine.ucr.edu", "CaltechETD"]);
    expect(config.unlisted).toEqual([]);
  });

  it("says what is asked of each", () => {
    expect(infomine.harvest).toMatchObject({
      baseUrl: "http://infomine.ucr.edu/cgi-bin/OAI-PMH-server",
      sets: [],
      metadataPrefix: "ivia_internal",
      mode: "INCREMENTAL",
      foreignId: "identifier",
    });
    expect(caltech.harvest).toMatchObject({
      baseUrl: "http://services.nsdl.org:8080/nsdloai/OAI",
      sets: ["CalTechETD"],
      metadataPrefix: "nsdl_dc",
    });
  });

  it("is two jobs", () => {
    expect(infomine).toMatchObject({
      duplicatePolicy: "KEEP_HIGHER",
      matchMethods: ["FUZZY_URL"],
      settings: { foreignSource: "infomine.ucr.edu", remoteUser: "infomine-importer" },
    });
    expect(caltech).toMatchObject({
      duplicatePolicy: "KEEP_HIGHER",
      matchMethods: ["EXACT_URL"],
      settings: {
        foreignSource: "CalTechETD",
        remoteUser: "caltech-importer",
        expertCreated: true,
        requiredFields: [],
      },
    });
  });

  it("maps nsdl_dc by the four sections", () => {
    const { mapping } = caltech;
    if (mapping.kind !== "dc") throw new Error("not mapped by a field map");
    const { rules } = mapping;
    expect(rules.fieldMap.map(({ key, field }) => `${key} ${field}`)).toEqual([
      "dc:contributor contributors",
      "dc:creator creators",
      "dc:description description",
      "dc:identifier url",
      "dc:publisher publisher",
      "dc:subject keywords",
      "dc:title title",
      "dc:rights description",
      "dc:type keywords",
    ]);
    expect(rules).toMatchObject({
      discardInvalidUrls: true,
      verifySingleValidUrl: true,
      canonizeAllMetadata: true,
    });
    expect(rules.defaults).toMatchObject({
      access: { text: "free" },
      categories: { text: ";unknown;" },
      lcc: { text: "" },
    });
  });

  it("sets the fields that it names and no others", () => {
    const managed = caltech.fields.filter((_, index) => caltech.managed[index]);
    expect(managed.map(({ name }) => name)).toEqual([
      ...["url", "title", "creators", "contributors", "publisher", "subjects", "keywords"],
      ...["description", "categories", "my_infomine", "lcc", "record_type", "isbn", "issn"],
      ...["other_urls", "access", "restricted_to", "audience_levels", "expert_created"],
      ...["remote_user", "institutional_owner"],
    ]);
  });

  it("is shown with the line that each setting is from", () => {
    const directory = makeFiles(MANUAL);
    const options = { cwd: directory };
    const text = formatEffective(loadHarvestConfig("main.conf", options).config, directory);
    const lines = text.split("\n").map((line) => line.replace(/ +/g, " "));
    expect(lines).toContain('sets = "CalTechETD" # main.conf:29');
    expect(lines).toContain('match_method = "EXACT_URL" # main.conf:38');
    expect(lines).toContain('overlap = "1d" # default');
    expect(lines).toContain('dc:subject = "keywords" # OAI-PMH-importer.nsdl_dc.conf:24');
    expect(lines).toContain('augment_lcsh = "false" # OAI-PMH-importer.nsdl_dc.conf:37');
    expect(text.match(/^\[.*\]$/gm)).toEqual(
      expect.arrayContaining(["[Logging]", "[infomine.ucr.edu]", "[CaltechETD]"]),
    );
  });

  it("means the same when it is read from its own effective settings", () => {
    const directory = makeFiles(MANUAL);
    const options = { cwd: directory };
    const text = formatEffective(loadHarvestConfig("main.conf", options).config, directory);
    const again = loadHarvest({ "main.conf": text });
    expect(again.repositories.map((one) => [one.name, one.mappingDigest, one.settings])).toEqual(
      config.repositories.map((one) => [one.name, one.mappingDigest, one.settings]),
    );
  });
});
