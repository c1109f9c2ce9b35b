/** What is refused in a configuration of OAI-PMH-importer: where, why, and what to do. */

import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadHarvestConfig } from "../../../src/config/harvest/load-harvest.js";
import { ConfigErrors, formatProblems } from "../../../src/config/language/problems.js";
import { makeFiles } from "../files.js";
import { harvestProblems, loadRepository, repository } from "./files.js";

/** The first line of a repository's own. */
const OWN = "main.conf:8";
/** The first line behind its field map. */
const BEHIND = 11;

type Mistake = readonly [lines: string, problem: string, advice: string];

const IN_REPOSITORY: Mistake[] = [
  ["harvest_mod = FULL", 'has no key "harvest_mod"', 'did you mean "harvest_mode"?'],
  ["harvest_mode = SOMETIMES", "harvest_mode", "FULL"],
  ["foreign_id = record", "needs rules for MARC", "identifier"],
  ["overlap = 3", "not a length of time", "number and its unit"],
  ["timeout = 0s", "no time at all", "1s"],
  ["retries = 0", "out of range", "1 to 20"],
  ["max_page_size = 10", "out of range", "bytes"],
  ["window = week", '"week"', "day"],
  ["proxy = proxy:3128", "not the address of a proxy", "http://HOST:PORT"],
  ["header = Accept", "not a header", "colon"],
  ["ca_file = none.pem", "not a file that can be read", "create the file"],
  ["username = fred", "without password_file", "password_file"],
  ["pre_process_section = r_pre", "no section [r_pre]", "include the file"],
  ["sets = a b", "not the setSpec", "setSpec"],
  ["full_every = always", "not a length of time", "number and its unit"],
];

const BEHIND_IT: Mistake[] = [
  [
    "[r_pre_process]\ndiscard_invalid_url = true",
    'no key "discard_invalid_url"',
    '"discard_invalid_urls"',
  ],
  ["[r_pre_process]\nsplit_lists = title", "title is plain text", "take title out"],
  ["[r_field_defaults]\ntitel = x", '"titel"', 'did you mean "title"?'],
  ["[r_field_defaults]\nexpert_created = perhaps", "neither true nor false", "true or false"],
  ["[x_field_map]\ndc:title = titel", '"titel"', 'did you mean "title"?'],
  ["[x_field_map]\ndc:title = title /x", "substitution", ""],
  ["[x_field_map]\ndc:title{lang=en} = title", "does not name an element", "quotes"],
  ['[x_field_map]\n"dc:title{a b}" = title', "not a qualifier", "{lang=en}"],
  ["[x_field_map]\ndc:title", "without a value", "dc:title ="],
  ["[x_post_process]\naugment_title = true", "augment_title", "guessed"],
  ["[x_post_process]\naugment_everything = false", 'no key "augment_everything"', ""],
  ["[x_post_process]\ntranslate_language = none.map", "cannot be read", "create the file"],
  ["[namespaces]\nmods = a b", "not a namespace", "xmlns:mods"],
  ["[title]", '"title" is neither', "PREFIX:ELEMENT = title"],
  ["[Repositorys]", '"Repositorys"', 'did you mean "Repositories"?'],
];

describe("a mistake is told with its place, what is allowed and what to do", () => {
  it.each(IN_REPOSITORY)("in a repository: %s", (lines, problem, advice) => {
    const [found, ...others] = harvestProblems(repository(lines));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ place: OWN, found: lines });
    expect(found.problem).toContain(problem);
    expect(found.advice).toContain(advice);
    expect(found.allowed).not.toBe("");
  });

  it.each(BEHIND_IT)("in another section: %s", (lines, problem, advice) => {
    const [found, ...others] = harvestProblems(repository("", lines));
    expect(others).toEqual([]);
    const line = BEHIND + (lines.includes("\n") ? 1 : 0);
    expect(found.place).toBe(`main.conf:${line}`);
    expect(found.problem).toContain(problem);
    expect(found.advice).toContain(advice);
  });

  it("all in one report, in the order of reading", () => {
    const found = harvestProblems(
      repository("harvest_mode = X\nretries = many", "[x_post_process]\naugment_lcsh = true"),
    );
    expect(found.map(({ place }) => place)).toEqual(["main.conf:8", "main.conf:9", "main.conf:13"]);
  });
});

describe("a repository", () => {
  it("must have an address, a format, a source and a mapping", () => {
    const found = harvestProblems('[Repositories]\nharvest_list = R\n[R]\nsets = ""\n');
    expect(found.map(({ place, problem }) => `${place} ${problem}`)).toEqual([
      "main.conf:3 base_url is not stated in [R]",
      "main.conf:3 metadata_prefix is not stated in [R]",
      "main.conf:3 field_map_section is not stated in [R]",
      "main.conf:3 foreign_source is not stated in [R]",
    ]);
  });

  it("must have a section, and the section a name like the one in the list", () => {
    const text = repository().replace('harvest_list = "R"', 'harvest_list = "Caltec"');
    const [found] = harvestProblems(text.replace("[R]", "[Caltech]"));
    expect(found.problem).toContain("there is no section [Caltec]");
    expect(found.advice).toBe('did you mean "Caltech"?');
  });

  it("is not taken for one where it is a section of the program's own, or no folder's name", () => {
    for (const name of ["Logging", "a/b", ".."]) {
      const [found] = harvestProblems(`[Repositories]\nharvest_list = "${name}"\n[${name}]\n`);
      expect(found).toMatchObject({ place: "main.conf:2" });
    }
  });

  it("may not share its foreign_source, wherever that is stated", () => {
    const two = (own: string) =>
      `[Repositories]\nharvest_list = "A,B"\n[Settings]\nforeign_source = "s"\n` +
      ["A", "B"]
        .map((name) => {
          return `[${name}]\nbase_url = "http://${name}.example/"\nmetadata_prefix = oai_dc\nfield_map_section = m\n${own}`;
        })
        .join("") +
      "[m]\ndc:title = title\n";
    for (const own of ["", 'foreign_source = "t"\n']) {
      const [found, ...others] = harvestProblems(two(own));
      expect(others).toEqual([]);
      expect(found.problem).toContain("is that of [A] too");
    }
  });

  it("has a source: the empty one would make every row anew", () => {
    const text = repository().replace('foreign_source = "r"', 'foreign_source = ""');
    expect(harvestProblems(text)[0]).toMatchObject({ place: "main.conf:6" });
  });

  it("is mapped by a field map or by rules for MARC, not by both", () => {
    const found = harvestProblems({
      "main.conf": repository(
        "mapping = marc.conf\npost_process_section = x_post_process",
        "[x_post_process]",
      ),
      "marc.conf": '[title]\nfield1 = "245 * * a"\n',
    });
    expect(found.map(({ place }) => place)).toEqual(["main.conf:7", "main.conf:9"]);
    expect(found[0].problem).toContain("stands beside mapping (main.conf:8)");
  });

  it("tells what is wrong with the rules for MARC at their own lines", () => {
    const main = repository("mapping = marc.conf").replace(
      'field_map_section = "r_field_map"\n',
      "",
    );
    const found = harvestProblems({ "main.conf": main, "marc.conf": '[title]\nfield1 = "245"\n' });
    expect(found.map(({ place }) => place)).toEqual(["marc.conf:2"]);
  });

  it("needs the fields that its rules for MARC fill", () => {
    const main = repository("mapping = marc.conf").replace(
      'field_map_section = "r_field_map"\n',
      "",
    );
    const marc = '[Database]\nextra_fields = "shelves[]"\n[shelves]\nfield1 = "852 * * c"\n';
    const [found] = harvestProblems({ "main.conf": main, "marc.conf": marc });
    expect(found.problem).toContain("fills shelves[]");
    const both = `[Database]\nextra_fields = "shelves[]"\n${main}`;
    expect(harvestProblems({ "main.conf": both, "marc.conf": marc })).toEqual([]);
  });

  it("asks for valid records in one place, or in two that agree", () => {
    const by = (must: string) => `[p]\nmust_be_valid = ${must}`;
    const ask = (own: string, must: string) =>
      harvestProblems(repository(`post_process_section = p\n${own}`, by(must))).length;
    expect(ask("record_must_be_valid = true", "false")).toBe(1);
    expect(ask("record_must_be_valid = false", "true")).toBe(1);
    expect(ask("record_must_be_valid = title", "true")).toBe(0);
    const { settings } = loadRepository("post_process_section = p", by("true"));
    expect(settings.requiredFields).toEqual(["title", "url"]);
  });
});

describe("addresses", () => {
  const refused = (address: string) => {
    const text = repository().replace("https://r.example.org/oai", address);
    return harvestProblems(text)[0];
  };

  it("are http or https, without what requests add", () => {
    for (const address of [
      "r.example.org/oai",
      "ftp://r.example.org/",
      "https://r.example.org/ oai",
    ]) {
      expect(refused(address)?.problem, address).toContain("not an http or https address");
    }
    expect(refused("https://r.example.org/oai?verb=Identify").problem).toContain("one request");
    expect(refused("https://r.example.org/oai?set=a").problem).toContain("set=…");
    expect(refused("https://r.example.org/oai?key=1")).toBeUndefined();
  });
});

describe("secrets", () => {
  const report = (text: string): string => {
    const directory = makeFiles(text);
    try {
      loadHarvestConfig("main.conf", { cwd: directory });
    } catch (error) {
      if (error instanceof ConfigErrors) return formatProblems(error, directory);
      throw error;
    }
    return "";
  };

  it("in a configuration are refused, and not shown again", () => {
    const secrets = [
      repository("password = hunter2"),
      repository("API_KEY = hunter2"),
      repository('header = "Authorization: Bearer hunter2"'),
      repository('header = "X-Api-Key: hunter2"'),
      repository("proxy = http://fred:hunter2@proxy:3128"),
      repository().replace("https://", "https://fred:hunter2@"),
    ];
    for (const text of secrets) {
      expect(report(text), text).toContain("to do:");
      expect(report(text)).not.toContain("hunter2");
    }
    expect(loadRepository('header = "Accept-Language: de"').harvest.header).not.toBe("");
  });

  it.skipIf(process.platform === "win32")("stand in files that only their owner may read", () => {
    const lines = "username = fred\npassword_file = p.txt\nheader_file = h.txt";
    const files = { "main.conf": repository(lines), "p.txt": "hunter2\n", "h.txt": "X-Key: 1\n" };
    const directory = makeFiles(files);
    const problems = (password: number, header: number) => {
      chmodSync(join(directory, "p.txt"), password);
      chmodSync(join(directory, "h.txt"), header);
      try {
        loadHarvestConfig("main.conf", { cwd: directory });
      } catch (error) {
        if (error instanceof ConfigErrors) return error.problems.map(({ at }) => at?.line);
        throw error;
      }
      return [];
    };
    expect(problems(0o600, 0o400)).toEqual([]);
    expect(problems(0o640, 0o600)).toEqual([9]);
    expect(problems(0o604, 0o644)).toEqual([9, 10]);
  });

  it("that are empty or no header are told", () => {
    const lines = "username = fred\npassword_file = p.txt\nheader_file = h.txt";
    const directory = makeFiles({ "main.conf": repository(lines), "p.txt": "\nx", "h.txt": "x" });
    for (const name of ["p.txt", "h.txt"]) chmodSync(join(directory, name), 0o600);
    expect(() => loadHarvestConfig("main.conf", { cwd: directory })).toThrow(ConfigErrors);
  });
});

it("what another program of the installation is told may stand beside it, and is checked", () => {
  expect(harvestProblems(repository("", "[Want]\ncopies_wanted = 2"))).toEqual([]);
  expect(harvestProblems(repository("", "[Want]\ncopies = 2"))).toHaveLength(1);
});

it("a section behind the list that is a repository's is checked and not harvested", () => {
  const other = `[Other]\nbase_url = "http://o.example/"\nmetadata_prefix = oai_dc\nforeign_source = r\nfield_map_section = r_field_map\n`;
  expect(harvestProblems(repository("", other))).toEqual([]);
  const [found] = harvestProblems(repository("", `${other}harvest_mode = X`));
  expect(found.place).toBe("main.conf:16");
});
