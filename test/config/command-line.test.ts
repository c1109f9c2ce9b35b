import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.js";
import { load, makeFiles, problemsOf, withSource } from "./files.js";

describe("--set", () => {
  it("wins over the file, without the word override", () => {
    const config = load(withSource("[Logging]\nverbosity = 2"), {
      sets: ["Logging.verbosity=4", "Settings.foreign_source=other"],
    });
    expect(config.logging.verbosity).toBe(4);
    expect(config.settings.foreignSource).toBe("other");
  });

  it("splits at the last dot before the first =", () => {
    const config = load(withSource('[description.a.b]\nf = "500 * * a"'), {
      sets: ["description.a.b.fallback_value=x.y=z", "description.method=a.b"],
    });
    expect(config.mapping.description).toMatchObject({ method: "custom", methodName: "a.b" });
    expect(config.mapping.description.custom?.fallbackValue).toBe("x.y=z");
  });

  it("takes the value as if it stood in quotes", () => {
    const config = load(withSource(""), {
      sets: ["Settings.remote_user= a # b ", "title.field_join=", "title.f=245 # * a /x/\\ /"],
    });
    expect(config.settings.remoteUser).toBe(" a # b ");
    expect(config.mapping.extractors[0]).toMatchObject({
      fieldJoin: "",
      searchFields: [{ text: "245 # * a /x/\\ /", transforms: "/x/\\ /" }],
    });
  });

  it("lets the later of two count", () => {
    const config = load(withSource(""), { sets: ["Logging.keep=3", "Logging.keep=4"] });
    expect(config.logging.keep).toBe(4);
  });

  it("supplies what the file lacks", () => {
    expect(load("", { sets: ["Settings.foreign_source=x"] }).settings.foreignSource).toBe("x");
  });

  it("replaces a SearchField in its place and adds new ones behind", () => {
    const config = load(withSource('[title]\na = "245 * * a"\nb = "246 * * a"'), {
      sets: ["title.c=247 * * a", "title.a=240 * * a"],
    });
    expect(config.mapping.extractors[0].searchFields.map((search) => search.tag.text)).toEqual([
      "240",
      "246",
      "247",
    ]);
  });

  it("takes an alias for the key", () => {
    const config = load(withSource("[Duplicates]\nmatch_method = ISBN"), {
      sets: ["Duplicates.duplicate_check=ISSN"],
    });
    expect(config.matchMethods).toEqual(["ISSN"]);
  });

  it("names new fields", () => {
    const config = load(withSource(""), {
      sets: ["Database.extra_fields=note", "note.f=500 * * a"],
    });
    expect(config.mapping.extractors[0].field.name).toBe("note");
  });

  it.each<[set: string, problem: string]>([
    ["Logging.verbosity", "no value"],
    ["verbosity=3", "does not name a section and a key"],
    [".verbosity=3", "does not name a section and a key"],
    ["Logging.=3", "does not name a section and a key"],
    ["Logging.verbosty=3", 'no key "verbosty"'],
    ["Loging.verbosity=3", '"Loging"'],
    ["Logging.verbosity=9", "out of range"],
    ["title.f=245", "missing"],
  ])("refuses %s at the command line", (set, problem) => {
    const problems = problemsOf(withSource(""), { sets: [set] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ at: null, found: `--set ${set}` });
    expect(problems[0].problem).toContain(problem);
    expect(problems[0].advice).not.toBe("");
  });
});

describe("options that stand for a key", () => {
  it("win over the file and over --set", () => {
    const config = load(withSource("[Logging]\nverbosity = 2"), {
      sets: ["Logging.verbosity=4"],
      overrides: { verbosity: 5, strict: true, encoding: "marc-8" },
    });
    expect(config.logging.verbosity).toBe(5);
    expect(config.mapping).toMatchObject({ strict: true, encoding: "marc-8" });
  });

  it("start relative paths in the working directory, as --set does", () => {
    const directory = makeFiles({
      "conf/main.conf": withSource("[Database]\npath = a.sqlite"),
      m: "a = b",
    });
    const { database, logging, mapping } = loadConfig("conf/main.conf", {
      cwd: directory,
      overrides: { database: "x.sqlite" },
      sets: ["Logging.directory=logs", "title.translation_map=m"],
    }).config;
    expect(database.path).toBe(join(directory, "x.sqlite"));
    expect(logging.directory).toBe(join(directory, "logs"));
    expect({ ...mapping.extractors[0].translationMap }).toEqual({ a: "b" });
  });

  it("say which option is wrong", () => {
    expect(problemsOf(withSource(""), { overrides: { verbosity: 9 } })).toEqual([
      expect.objectContaining({ at: null, found: "--verbosity 9", allowed: "0 to 5" }),
    ]);
  });

  it("come after the files in the report", () => {
    const problems = problemsOf(withSource("[Logging]\nkeep = x"), {
      sets: ["a.b"],
      overrides: { encoding: "x" },
    });
    expect(problems.map(({ place, found }) => `${place} ${found}`)).toEqual([
      "main.conf:4 keep = x",
      "command line --set a.b",
      "command line --encoding x",
    ]);
  });
});
