import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DELETING_POLICIES, DUPLICATE_POLICIES } from "../../src/config/job/job-config.js";
import { STANDARD_FIELDS } from "../../src/fields/record-fields.js";
import { DEFAULT_EVIDENCE } from "../../src/matching/evidence/compare.js";
import { MATCH_METHODS } from "../../src/matching/methods.js";
import { POLICY_TABLE } from "../../src/policy/table.js";
import { load, withSource } from "./files.js";

/** One key of a section, loaded. */
function settings(line: string) {
  const { settings, mapping } = load(withSource(line));
  return { ...settings, ...mapping };
}

describe("defaults", () => {
  const config = load(withSource(""));

  it("are those of the reference", () => {
    expect(config).toMatchObject({
      logging: { verbosity: 3, format: "text", maxSize: null, keep: null },
      database: {
        journal: "wal",
        fullText: [],
        batchSize: 10_000,
        keepChanges: null,
        keepRecords: false,
      },
      priorityList: [],
      matchMethods: ["NONE"],
      duplicatePolicy: "KEEP_ALL",
      fields: STANDARD_FIELDS,
    });
    expect(config.mapping).toMatchObject({
      foreignIdFields: [
        { tag: "001", subfields: "" },
        { tag: "010", subfields: "a" },
        { tag: "016", subfields: "a" },
        { tag: "035", subfields: "a" },
      ],
      recordTypes: ["bibliographic"],
      controlSubfields: "012456789",
      encoding: "auto",
      strict: false,
      maxRecordSize: 16 * 1024 * 1024,
      filters: [],
      extractors: [],
      description: { at: null, method: "standard", custom: null, fallbackValue: "" },
    });
    expect(config.settings).toEqual({
      foreignSource: "test",
      remoteUser: "",
      expertCreated: false,
      institutionalOwner: "",
      fieldsToMerge: STANDARD_FIELDS.filter((field) => field.descriptive).map(({ name }) => name),
      deletes: "apply",
      maxDeletes: { kind: "default" },
      skipOlder: false,
      protectedFields: [],
      requiredFields: [],
    });
  });

  it("put files beside the main configuration", () => {
    const directory = dirname(config.path);
    expect(config.logging.directory).toBe(join(directory, "log"));
    expect(config.database.path).toBe(join(directory, "ivia.sqlite"));
  });

  it("make two SearchFields for url", () => {
    expect(config.mapping.url).toMatchObject({ at: null, fallbackPattern: "", cleanUp: "clean" });
    expect(config.mapping.url.searchFields.map((search) => search.text)).toEqual([
      "856 4 0+1+# u",
      "856 * * u",
    ]);
  });

  it("give way to the SearchFields that [url] states", () => {
    const { url } = load(withSource('[url]\nclean_up = none\nmine = "956 * * u"')).mapping;
    expect(url.searchFields.map((search) => search.name)).toEqual(["mine"]);
    expect(load(withSource("[url]\nclean_up = none")).mapping.url.searchFields).toHaveLength(2);
  });

  it("are frozen", () => {
    expect(Object.isFrozen(config.mapping.foreignIdFields[0])).toBe(true);
    expect(() => structuredClone(config)).not.toThrow();
  });
});

describe("[Settings]", () => {
  it("takes an empty foreign_source for local records", () => {
    expect(load('[Settings]\nforeign_source = ""\n').settings.foreignSource).toBe("");
  });

  it("reads foreign_id_fields", () => {
    expect(settings('foreign_id_fields = "35a, 035za,9,001,24"').foreignIdFields).toEqual([
      { tag: "035", subfields: "a" },
      { tag: "035", subfields: "za" },
      { tag: "009", subfields: "" },
      { tag: "001", subfields: "" },
      { tag: "024", subfields: "a" },
    ]);
  });

  it.each<[text: string, expected: object]>([
    ["200", { kind: "number", value: 200 }],
    ["0", { kind: "number", value: 0 }],
    ["10%", { kind: "share", value: 0.1 }],
    ['"2.5 %"', { kind: "share", value: 0.025 }],
    ["0.1", { kind: "share", value: 0.1 }],
    ["100%", { kind: "share", value: 1 }],
    ["Default", { kind: "default" }],
  ])("max_deletes = %s", (text, expected) => {
    expect(settings(`max_deletes = ${text}`).maxDeletes).toEqual(expected);
  });

  it.each<[text: string, bytes: number]>([
    ["100000", 100_000],
    ["100000B", 100_000],
    ["200kB", 200_000],
    ["1 KiB", 1024],
    ["2mib", 2 * 1024 * 1024],
    ["3MB", 3_000_000],
    ["1g", 1024 ** 3],
  ])("max_record_size = %s", (text, bytes) => {
    expect(settings(`max_record_size = ${text}`).maxRecordSize).toBe(bytes);
  });

  it.each<[text: string, fields: string[]]>([
    ["true", ["title", "url"]],
    ["no", []],
    ["creators, title", ["creators", "title"]],
  ])("record_must_be_valid = %s", (text, fields) => {
    expect(settings(`record_must_be_valid = ${text}`).requiredFields).toEqual(fields);
  });

  it("reads names in any case and with either hyphen", () => {
    expect(settings("encoding = UTF8").encoding).toBe("utf-8");
    expect(settings("encoding = Latin_1").encoding).toBe("latin-1");
    expect(settings("fields_to_merge = Title").fieldsToMerge).toEqual(["title"]);
    expect(settings("record_types = Bibliographic, UNIMARC").recordTypes).toEqual([
      "bibliographic",
      "unimarc",
    ]);
  });

  it("reads the plain texts and switches", () => {
    expect(
      settings(
        'remote_user = john\nexpert_created = "true"\ninstitutional_owner = "A;B"\ndeletes = ignore\nstrict\nprotected_fields = "title,url"',
      ),
    ).toMatchObject({
      remoteUser: "john",
      expertCreated: true,
      institutionalOwner: "A;B",
      deletes: "ignore",
      strict: true,
      protectedFields: ["title", "url"],
    });
  });
});

describe("[Database], [Logging], [Priorities], [Duplicates]", () => {
  it("reads extra fields, wherever they stand, and lets them be used as any other", () => {
    const config = load(
      withSource(`fields_to_merge = "shelves,note"
[shelves]
f = "852 * * a"
[Database]
extra_fields = "note, shelves[]"
full_text = "title,note"`),
    );
    expect(config.fields.slice(STANDARD_FIELDS.length)).toEqual([
      { name: "note", kind: "text", descriptive: true, mappable: true },
      { name: "shelves", kind: "list", descriptive: true, mappable: true },
    ]);
    expect(config.mapping.extractors[0]).toMatchObject({
      field: { name: "shelves" },
      fieldJoin: ";",
    });
    expect(config.database.fullText).toEqual(["title", "note"]);
    expect(config.settings.fieldsToMerge).toEqual(["shelves", "note"]);
  });

  it("merges extra fields too when no field is named", () => {
    const config = load(withSource("[Database]\nextra_fields = note"));
    expect(config.settings.fieldsToMerge).toContain("note");
  });

  it("reads numbers, sizes and their words for no limit", () => {
    const config = load(
      withSource(`[Logging]
verbosity = 0
log_format = JSON
max_size = 10MB
keep = 7
[Database]
batch_size = 1
keep_changes = 90
journal = delete`),
    );
    expect(config.logging).toMatchObject({
      verbosity: 0,
      format: "json",
      maxSize: 10_000_000,
      keep: 7,
    });
    expect(config.database).toMatchObject({ batchSize: 1, keepChanges: 90, journal: "delete" });
    const unlimited = load(
      withSource("[Logging]\nmax_size = never\nkeep = all\n[Database]\nkeep_changes = all"),
    );
    expect(unlimited.logging).toMatchObject({ maxSize: null, keep: null });
    expect(unlimited.database.keepChanges).toBeNull();
  });

  it("reads the priority list in order", () => {
    const config = load(withSource('[Priorities]\npriority_list = "SCP, vlcrawler,afcrawler"'));
    expect(config.priorityList).toEqual(["SCP", "vlcrawler", "afcrawler"]);
  });

  it.each(MATCH_METHODS)("knows the match method %s", (method) => {
    const text = `[Duplicates]\nmatch_method = ${method.toLowerCase()}`;
    expect(load(withSource(text)).matchMethods).toEqual([method]);
  });

  it("reads a list of methods under either name, and the policy", () => {
    const config = load(
      withSource(
        '[Duplicates]\nduplicate_check = "ISBN, FUZZY_TITLE"\nduplicate_policy = keep_higher',
      ),
    );
    expect(config.matchMethods).toEqual(["ISBN", "FUZZY_TITLE"]);
    expect(config.duplicatePolicy).toBe("KEEP_HIGHER");
  });
});

describe("paths", () => {
  const files = {
    "main.conf": withSource("include sub/iVia.conf"),
    "sub/iVia.conf": "[Database]\npath = ../data/x.sqlite\n[title]\ntranslation_map = maps/m\n",
    "sub/maps/m": "a = A\n",
  };

  it("are relative to the file that states them", () => {
    const config = load(files);
    const directory = dirname(config.path);
    expect(config.database.path).toBe(join(directory, "data/x.sqlite"));
    expect(config.logging.directory).toBe(join(directory, "log"));
    expect({ ...config.mapping.extractors[0].translationMap }).toEqual({ a: "A" });
  });

  it("stay as they are when absolute", () => {
    const config = load(withSource("[Logging]\ndirectory = /var/log/ivia"));
    expect(config.logging.directory).toBe("/var/log/ivia");
  });
});

describe("translation maps", () => {
  it("hold one pair a line, with = or a tab, and comments", () => {
    const map = [
      "\uFEFF# languages",
      "eng = English",
      'ger = "German # Deutsch" ; c',
      "fre\tFrench = français # kept",
      "a b\tA B",
      '"#" = "none"',
      "__default__ = Other",
      "__proto__ = P",
      'und = ""',
      "",
    ];
    const config = load({
      "main.conf": withSource("[language]\ntranslation_map = m"),
      m: map.join("\r\n"),
    });
    expect(Object.entries(config.mapping.extractors[0].translationMap ?? {})).toEqual([
      ["eng", "English"],
      ["ger", "German # Deutsch"],
      ["fre", "French = français # kept"],
      ["a b", "A B"],
      ["#", "none"],
      ["__default__", "Other"],
      ["__proto__", "P"],
      ["und", ""],
    ]);
  });
});

describe("[Filter], [description]", () => {
  it("reads filter rules with their patterns", () => {
    const { filters } = load(
      withSource('[Filter]\ninclude_if_online = "856 4 0 u"\nexclude_if = "245 * * a /^test\\ /i"'),
    ).mapping;
    expect(filters).toMatchObject([
      { kind: "include", pattern: "", search: { name: "include_if_online", transforms: "" } },
      { kind: "exclude", pattern: "/^test\\ /i", search: { tag: { text: "245" } } },
    ]);
  });

  it.each(["standard", "summary", "AllPossible", "MARC", "LOC", "LexisNexis", "SCP"])(
    "knows the method %s in any case",
    (method) => {
      const text = `[description]\nmethod = ${method.toUpperCase()}`;
      expect(load(withSource(text)).mapping.description).toMatchObject({
        method,
        methodName: method,
      });
    },
  );

  it("takes a method of the configuration's own", () => {
    const { description, extractors } = load(
      withSource(`[description]
method = ours
fallback_value = none
[description.ours]
f = "545 * * a"
[description.unused]
f = "546 * * a"`),
    ).mapping;
    expect(description).toMatchObject({
      method: "custom",
      methodName: "ours",
      fallbackValue: "none",
      custom: { field: { name: "description" }, searchFields: [{ text: "545 * * a" }] },
    });
    expect(extractors).toEqual([]);
  });
});

describe("how DESCRIPTION compares", () => {
  const conf = (lines: string) =>
    load(withSource(`[Duplicates]\nmatch_method = DESCRIPTION\n${lines}`));

  it("is as measured unless stated", () => {
    expect(conf("").evidence).toEqual(DEFAULT_EVIDENCE);
  });

  it("is changed key by key, and the points of an aspect outcome by outcome", () => {
    const { evidence } = conf(
      `same = 120\nstrict = true\nnever_if = ""\nat_most_possible_if = "year, sudoc"\n[Match points]
title = "begins, not a book -30, nearly 50"\nyear = "off by 1 -31"`,
    );
    expect(evidence).toMatchObject({
      same: 120,
      possible: 60,
      strict: true,
      neverIf: [],
      caps: ["year", "sudoc"],
      points: {
        title: { ...DEFAULT_EVIDENCE.points.title, "begins, not a book": -30, nearly: 50 },
        year: { ...DEFAULT_EVIDENCE.points.year, "off by 1": -31 },
        author: DEFAULT_EVIDENCE.points.author,
      },
    });
  });

  it("is a setting that `check` prints where DESCRIPTION is used, and else where it is stated", () => {
    const keys = (config: ReturnType<typeof load>) =>
      config.effective
        .filter(({ section }) => section === "Duplicates" || section === "Match points")
        .map(({ key }) => key);
    expect(keys(conf(""))).toEqual(expect.arrayContaining(["same", "title", "common_number"]));
    expect(keys(load(withSource("[Match points]\ntitle = same 70")))).toEqual([
      "title",
      ...["match_method", "duplicate_policy", "never_if"],
    ]);
  });

  it("may be other than strict where a policy deletes only if that is said", () => {
    for (const policy of DELETING_POLICIES) {
      const stated = `duplicate_policy = ${policy}\nstrict = no`;
      expect(conf(stated).evidence.strict).toBe(false);
    }
    const deleting = DUPLICATE_POLICIES.filter((policy) =>
      Object.values(POLICY_TABLE[policy]).some((cell) => cell.deletes),
    );
    expect(DELETING_POLICIES).toEqual(deleting);
  });
});
