import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { rulesDigest } from "../../src/config/job/digest.js";
import { formatEffective } from "../../src/config/job/effective.js";
import { load, withSource } from "./files.js";

const RICH = {
  "main.conf": `include iVia.conf
[Settings]
foreign_source = "vendor"   # who
record_must_be_valid
[Filter]
include_if_text = "LDR/6 * * * /[at]/"
[keywords]
field_join = "\\\\ \\n"
initial_text = a "b" c
"odd = name" = "650 * *-0 * /\\"#//"
bare = 651 * * a /\\"/x/
translation_map = keywords.map
[description]
method = ours
[description.ours]
f = "545 * * a"
`,
  "iVia.conf": '[Database]\npath = "x y.sqlite"\nextra_fields = "shelves[]"\n[Logging]\nkeep = 3\n',
  "keywords.map": "a = b\n",
};

describe("the effective settings", () => {
  const config = load(RICH, { sets: ["Logging.verbosity=4"] });
  const directory = dirname(config.path);
  const lines = formatEffective(config, directory).split("\n");

  it("name the place of each", () => {
    const originOf = (start: string) =>
      lines.find((line) => line.startsWith(start))?.replace(/^.*# /, "");
    expect(originOf("foreign_source")).toBe("main.conf:3");
    expect(originOf("record_must_be_valid")).toBe("main.conf:4");
    expect(originOf("keep =")).toBe("iVia.conf:5");
    expect(originOf("path =")).toBe("iVia.conf:2");
    expect(originOf("verbosity")).toBe("command line");
    expect(originOf("batch_size")).toBe("default");
    expect(originOf('"odd = name"')).toBe("main.conf:10");
    expect(originOf("include_if_text")).toBe("main.conf:6");
  });

  it("say where a path leads", () => {
    expect(lines).toContainEqual(expect.stringContaining(`path = "${directory}/x y.sqlite"`));
  });

  it("hold each key once, with the value that counts", () => {
    const overridden = load(withSource("[Logging]\nkeep = 1\noverride keep = 2"));
    const kept = overridden.effective.filter(({ key }) => key === "keep");
    expect(kept).toEqual([
      expect.objectContaining({ value: "2", at: expect.objectContaining({ line: 5 }) }),
    ]);
  });

  it("stand in file order, defaults behind them", () => {
    const stated = config.effective.filter(({ origin }) => origin !== "default");
    expect(stated.slice(0, 4).map(({ key }) => key)).toEqual([
      "path",
      "extra_fields",
      "keep",
      "foreign_source",
    ]);
    expect(stated.at(-1)).toMatchObject({ key: "verbosity", origin: "command line" });
    const first = config.effective.findIndex(({ origin }) => origin === "default");
    expect(config.effective.slice(first).every(({ origin }) => origin === "default")).toBe(true);
  });

  it("are a configuration that means the same", () => {
    const again = load(formatEffective(config, directory));
    const { path: _path, files: _files, effective: _effective, ...rest } = config;
    expect(strip(again)).toMatchObject(strip(rest) as object);
    expect(again.mappingDigest).toBe(config.mappingDigest);
  });
});

describe("a SearchField that another overrides", () => {
  it("keeps its place in what is printed", () => {
    const rules = ["k1 = 650 * * a", "k2 = 651 * * a", "k3 = 652 * * a", "override k2 = 653 * * a"];
    const config = load(withSource(`[keywords]\n${rules.join("\n")}\n`));
    const texts = ({ mapping }: typeof config) =>
      mapping.extractors[0].searchFields.map(({ text }) => text);
    expect(texts(config)).toEqual(["650 * * a", "653 * * a", "652 * * a"]);
    expect(texts(load(formatEffective(config, dirname(config.path))))).toEqual(texts(config));
  });
});

describe("the digest of the rules", () => {
  const digest = (text: string) => rulesDigest(load(withSource(text)));
  const keepAny = "[Duplicates]\nduplicate_policy = KEEP_ANY\nmatch_method = ISBN\n";

  it("differs with policy, match method and priorities where they decide anything", () => {
    const plain = digest(keepAny);
    expect(digest(`${keepAny}[Priorities]\npriority_list = a\n`)).not.toBe(plain);
    expect(digest(keepAny.replace("ISBN", "ISSN"))).not.toBe(plain);
    expect(digest(keepAny.replace("KEEP_ANY", "REPLACE"))).not.toBe(plain);
    expect(digest(`${keepAny}[Logging]\nverbosity = 4\n`)).toBe(plain);
  });

  it("is the same whatever else is said where duplicates are not looked for", () => {
    const keepAll = keepAny.replace("KEEP_ANY", "KEEP_ALL");
    expect(digest(`${keepAll}[Priorities]\npriority_list = a\n`)).toBe(digest(keepAll));
  });
});

/** Without places, which differ. */
function strip(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part) => (key === "at" ? undefined : part)));
}

describe("the mapping digest", () => {
  const base = withSource(
    '[title]\nf = "245 * * a /x/y/"\n[creators]\nf = "100 * * a"\ntranslation_map = m\n',
  );
  const digest = (main: string, map = "a = A\n") =>
    load({ "main.conf": main, m: map }).mappingDigest;

  it("is equal where only paths, places, names and policies differ", () => {
    expect(digest(base)).toMatch(/^[0-9a-f]{64}$/);
    for (const same of [
      `# comment\n\n${base}`,
      base.replace("f = ", "g = "),
      base.replace("245 * * a", "245  *   *  a"),
      `${base}[Logging]\nverbosity = 5\n[Database]\npath = y\n[Duplicates]\nmatch_method = ISBN\n`,
      `${base}[Settings]\nmax_deletes = 3\ncontrol_subfields = "987654210"\n`,
      withSource(
        '[creators]\nf = "100 * * a"\ntranslation_map = m\n[title]\nf = "245 * * a /x/y/"',
      ),
      `${base}[title]\nfirst_only = no\nsubfield_join = " "\n`,
    ]) {
      expect(digest(same), same).toBe(digest(base));
    }
  });

  it.each<[what: string, main: string, map?: string]>([
    ["a tag", base.replace("245", "246")],
    ["an indicator", base.replace("245 *", "245 1")],
    ["a subfield", base.replace("* a /", "* b /")],
    ["a substitution", base.replace("/y/", "/z/")],
    ["an option", `${base}[title]\nfirst_only\n`],
    ["a join", `${base}[title]\nfield_join = ";"\n`],
    ["one more SearchField", `${base}[title]\nh = "246 * * a"\n`],
    ["one more section", `${base}[subjects]\nh = "650 * * a"\n`],
    ["the source", base.replace('"test"', '"other"')],
    ["the id fields", `${base}[Settings]\nforeign_id_fields = 1\n`],
    ["what must be there", `${base}[Settings]\nrecord_must_be_valid\n`],
    ["the encoding", `${base}[Settings]\nencoding = marc-8\n`],
    ["a filter", `${base}[Filter]\ninclude_if = "245 * * a"\n`],
    ["the url", `${base}[url]\nclean_up = none\n`],
    ["the description", `${base}[description]\nmethod = MARC\n`],
    ["what is merged", `${base}[Settings]\nfields_to_merge = title\n`],
    ["what is protected", `${base}[Settings]\nprotected_fields = title\n`],
    ["a field", `${base}[Database]\nextra_fields = note\n`],
    ["a label of a translation map", base, "a = B\n"],
  ])("differs where %s differs", (_, main, map) => {
    expect(digest(main, map)).not.toBe(digest(base));
  });

  it("goes by the order of SearchFields", () => {
    const two = (first: string, second: string) =>
      digest(withSource(`[title]\na = "${first} * * a"\nb = "${second} * * a"`));
    expect(two("245", "246")).not.toBe(two("246", "245"));
  });
});
