import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MAX_INCLUDE_DEPTH } from "../../src/config/language/source.js";
import { loadConfig } from "../../src/config/load-config.js";
import { load, makeFiles, problemsOf, sectionsOf, withSource } from "./files.js";

describe("include", () => {
  it("opens the section again that was open before", () => {
    const files = {
      "main.conf": "[a]\nk = 1\ninclude other.conf\nl = 2\n",
      "other.conf": "[b]\nm = 3\n",
    };
    expect(sectionsOf(files)).toEqual({
      a: [
        ["k", "1"],
        ["l", "2"],
      ],
      b: [["m", "3"]],
    });
  });

  it("puts keys that begin the included file into the open section", () => {
    const files = { "main.conf": "[a]\ninclude other.conf\n", "other.conf": "k = 1\n" };
    expect(sectionsOf(files)).toEqual({ a: [["k", "1"]] });
  });

  it("leaves open what an include before the first section opened", () => {
    const files = { "main.conf": "include other.conf\nl = 2\n", "other.conf": "[b]\nk = 1\n" };
    expect(sectionsOf(files).b).toHaveLength(2);
  });

  it("reads names relative to the including file, quoted, commented and with blanks", () => {
    const files = {
      "main.conf": '  include "sub/a b.conf" # the rules\n',
      "sub/a b.conf": "include c.conf ; more\n",
      "sub/c.conf": "[c]\nk = 1\n",
    };
    expect(sectionsOf(files)).toEqual({ c: [["k", "1"]] });
  });

  it("allows 16 levels and refuses the 17th", () => {
    const chain = (levels: number) =>
      Object.fromEntries(
        Array.from({ length: levels + 1 }, (_, level) => [
          level === 0 ? "main.conf" : `${level}.conf`,
          level === levels ? withSource("") : `include ${level + 1}.conf\n`,
        ]),
      );
    expect(problemsOf(chain(MAX_INCLUDE_DEPTH))).toEqual([]);
    const [problem] = problemsOf(chain(MAX_INCLUDE_DEPTH + 1));
    expect(problem).toMatchObject({ place: "16.conf:1", found: "include 17.conf" });
    expect(problem.allowed).toContain("16");
  });

  it("refuses a circle, also one that goes by another name of a file", () => {
    const directory = makeFiles({ "main.conf": `${withSource("")}include alias.conf\n` });
    symlinkSync(join(directory, "main.conf"), join(directory, "alias.conf"));
    expect(() => loadConfig("main.conf", { cwd: directory })).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            at: { file: join(directory, "main.conf"), line: 4 },
            problem: expect.stringContaining("circle"),
          }),
        ],
      }),
    );
  });

  it("may include a file twice in two sections", () => {
    const files = {
      "main.conf": withSource("[creators]\ninclude a.conf\n[contributors]\ninclude a.conf\n"),
      "a.conf": 'field1 = "720 * * a"\n',
    };
    expect(load(files).mapping.extractors.map((extractor) => extractor.field.name)).toEqual([
      "creators",
      "contributors",
    ]);
  });

  it("says that a file is included twice where its keys meet themselves", () => {
    const files = {
      "main.conf": withSource("include a.conf\ninclude a.conf"),
      "a.conf": "[Logging]\nverbosity = 3\n",
    };
    const problems = problemsOf(files);
    expect(problems.map((problem) => problem.place)).toEqual(["a.conf:2"]);
    expect(problems[0].advice).toBe("include the file once");
  });

  it("does not ask for foreign_source when a file that may state it cannot be read", () => {
    const problems = problemsOf("include nowhere.conf\n");
    expect(problems.map((problem) => problem.found)).toEqual(["include nowhere.conf"]);
  });

  it("reports mistakes in the order of reading, each in its own file", () => {
    const files = {
      "main.conf": "[Logging]\nverbosity = 8\ninclude a.conf\nkeep = -1\n[Settings]\n",
      "a.conf": "[Logging]\nlog_format = xml\n",
    };
    expect(problemsOf(files).map((problem) => problem.place)).toEqual([
      "main.conf:2",
      "a.conf:2",
      "main.conf:4",
      "main.conf:5",
    ]);
  });
});

describe("keys given twice", () => {
  const installation = "[Logging]\nverbosity = 3\ndirectory = logs\n";

  it("names both places", () => {
    const files = {
      "main.conf": withSource("include iVia.conf\n[Logging]\nverbosity = 4\n"),
      "iVia.conf": installation,
    };
    const [problem] = problemsOf(files);
    expect(problem.place).toBe("main.conf:5");
    expect(problem.problem).toContain("iVia.conf:2");
    expect(problem.advice).toContain("override verbosity");
  });

  it("lets override replace an included value, and no other", () => {
    const files = {
      "main.conf": withSource("include iVia.conf\n[Logging]\noverride verbosity = 4\n"),
      "iVia.conf": installation,
    };
    expect(load(files).logging).toMatchObject({
      verbosity: 4,
      directory: expect.stringMatching(/logs$/),
    });
  });

  it("asks for override in the later place, not in the earlier one", () => {
    const problems = problemsOf(withSource("[Logging]\noverride verbosity = 4\nverbosity = 3"));
    expect(problems.map((problem) => problem.place)).toEqual(["main.conf:5"]);
  });

  it("takes an alias for the same key", () => {
    const [problem] = problemsOf(
      withSource("[Duplicates]\nmatch_method = ISBN\nduplicate_check = ISSN"),
    );
    expect(problem).toMatchObject({ place: "main.conf:5" });
    expect(problem.problem).toContain("main.conf:4");
  });

  it("lets an overriding SearchField take the place of the one it replaces", () => {
    const config = load(
      withSource(`[title]
a = "245 * * a"
b = "246 * * a"
override a = "240 * * a"`),
    );
    expect(config.mapping.extractors[0].searchFields.map((search) => search.tag.text)).toEqual([
      "240",
      "246",
    ]);
  });
});

describe("files that cannot be read", () => {
  it("names a missing main file as a mistake of the command line", () => {
    expect(problemsOf({ "other.conf": "" })).toEqual([
      expect.objectContaining({
        at: null,
        found: expect.stringMatching(/main\.conf$/),
        problem: expect.stringContaining("there is no such file"),
      }),
    ]);
  });

  it("refuses a directory", () => {
    expect(problemsOf({ "main.conf/x": "" })[0].problem).toContain("it is a directory");
  });

  it("names the first line that is not UTF-8", () => {
    const latin1 = Buffer.from('[Settings]\nforeign_source = "Zürich"\n', "latin1");
    expect(problemsOf({ "main.conf": latin1 })).toEqual([
      expect.objectContaining({
        at: { file: expect.stringMatching(/main\.conf$/), line: 2 },
        problem: expect.stringContaining("is not UTF-8 (first at line 2)"),
      }),
    ]);
  });
});
