import { describe, expect, it } from "vitest";
import { foreignIdForms } from "../../src/mapping/marc/foreign-id.js";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import { BOOK, type FieldOf, SERIAL, viewOf } from "../support/record-view.js";
import { configOf, mapOne, Recorder } from "./support.js";

const TITLE: FieldOf = ["245", "10", "aA title"];
const leader = (position: number, code: string) =>
  BOOK.slice(0, position) + code + BOOK.slice(position + 1);

describe("constants", () => {
  it("fill the fields of their names", () => {
    const config =
      '[Settings]\nforeign_source = x\nremote_user = "  john  f "\nexpert_created = yes\n' +
      'institutional_owner = "UCR; UCLA;UCR"';
    const mapped = mapOne(config, { fields: [TITLE] });
    expect(mapped.value("remote_user")).toBe("john f");
    expect(mapped.value("expert_created")).toBe("1");
    expect(mapped.value("institutional_owner")).toBe(";UCR;UCLA;");
    expect(mapOne("", { fields: [TITLE] }).value("expert_created")).toBe("0");
  });

  it("come before what a section finds", () => {
    const config =
      "[Settings]\nforeign_source = x\ninstitutional_owner = UCR\n[institutional_owner]\na = 850 * * a";
    const fields: FieldOf[] = [["850", "  ", "aUCLA"]];
    expect(mapOne(config, { fields }).value("institutional_owner")).toBe(";UCR;UCLA;");
    expect(mapOne(config, { fields: [] }).value("institutional_owner")).toBe(";UCR;");
  });
});

describe("record_type", () => {
  it.each([
    ["s", "serial"],
    ["b", "serial"],
    ["i", "serial"],
    ["m", "monograph"],
    ["a", "monograph"],
    ["c", "monograph"],
  ])("leader/07 %s is a %s", (code, type) => {
    expect(mapOne("", { leader: leader(7, code), fields: [] }).value("record_type")).toBe(type);
  });
});

describe("foreign id", () => {
  const id = (fields: readonly FieldOf[], setting = "") =>
    mapOne(`[Settings]\nforeign_source = x\n${setting}`, { fields }).record.foreignId;

  it("is the first that holds anything, trimmed", () => {
    const fields: FieldOf[] = [
      ["001", "   "],
      ["010", "  ", "z 1 ", "a "],
      ["016", "7 ", "a ", "2DNLM"],
      ["035", "  ", "z0"],
      ["035", "  ", "a (OCoLC)5 "],
    ];
    expect(id(fields)).toBe("(OCoLC)5");
    expect(id([["001", " ocm 1 "], ...fields])).toBe("ocm 1");
    expect(id(fields, 'foreign_id_fields = "35z,1"')).toBe("0");
  });

  it("is a digest of the content, the same when the record comes again", () => {
    const mapped = mapOne("", { fields: [["005", "2001"], TITLE] });
    expect(mapped.record.foreignId).toMatch(/^digest:[0-9a-f]{32}$/);
    expect(mapped.codes()).toEqual(["M501"]);
    expect(id([["005", "2020"], TITLE])).toBe(mapped.record.foreignId);
    const changed = mapOne("", { leader: leader(5, "c"), fields: [TITLE] });
    expect(changed.record.foreignId).toBe(mapped.record.foreignId);
  });

  it.each<[string, FieldOf[]]>([
    ["other text", [["245", "10", "aA titlf"]]],
    ["another indicator", [["245", "00", "aA title"]]],
    ["another tag", [["246", "10", "aA title"]]],
    ["another subfield", [["245", "10", "bA title"]]],
    ["text cut at another place", [["245", "10", "aA ", "title"]]],
    ["the field twice", [TITLE, TITLE]],
  ])("digests %s to another id", (_, fields) => {
    expect(id(fields)).not.toBe(id([TITLE]));
  });
});

describe("[foreign_id]", () => {
  const SECTION =
    "[foreign_id]\n" +
    String.raw`a = 35 * * a /^(?!\(OCoLC\)).*//s,/^\(OCoLC\)(?:ocm|ocn|on)?0*//` +
    "\n" +
    String.raw`b = 1 * * * /^(?:ocm|ocn|on)0*//,/\ //g`;
  const map = (...fields: FieldOf[]) => mapOne(SECTION, { fields });

  it("takes the first text that its rules give", () => {
    const control: FieldOf = ["001", "ocm0042 "];
    expect(map(control).record.foreignId).toBe("42");
    const other: FieldOf = ["035", "  ", "a(DLC)7"];
    expect(map(control, other).record.foreignId).toBe("42");
    expect(map(control, other, ["035", "  ", "a(OCoLC)ocn0043"]).record.foreignId).toBe("43");
  });

  it("is asked in place of foreign_id_fields, with a digest where it gives nothing", () => {
    const mapped = map(["010", "  ", "a77"], ["035", "  ", "a(DLC)7"]);
    expect(mapped.record.foreignId).toMatch(/^digest:/);
    expect(mapped.codes()).toEqual(["M501"]);
  });

  it("knows the id of a record that is deleted", () => {
    const { record } = mapOne(SECTION, { leader: leader(5, "d"), fields: [["001", "ocm0042"]] });
    expect(record).toMatchObject({ deleted: true, foreignId: "42" });
  });

  it("knows an id that comes from elsewhere as the source writes it, or as it is stored", () => {
    const { mapping } = configOf(SECTION);
    expect(foreignIdForms(mapping, " ocm0042 ")).toContain("42");
    expect(foreignIdForms(mapping, "(OCoLC)on0043")).toContain("43");
    expect(foreignIdForms(mapping, "42")).toEqual(["42"]);
    expect(foreignIdForms(configOf("").mapping, " ocm0042 ")).toEqual(["ocm0042"]);
  });

  it("makes another mapping digest, and its absence none", () => {
    const plain = configOf("[title]\na = 245 * * a");
    expect(configOf(`[title]\na = 245 * * a\n${SECTION}`).mappingDigest).not.toBe(
      plain.mappingDigest,
    );
  });
});

describe("what is ignored", () => {
  const ignored = (config: string, fields: readonly FieldOf[], head = BOOK) =>
    mapOne(config, { leader: head, fields }).record.ignore;

  it("names the kind of record that record_types does not let in", () => {
    expect(ignored("", [TITLE])).toBeNull();
    expect(ignored("", [TITLE], leader(6, "z"))).toMatchObject({ code: "record-type" });
    expect(ignored("", [TITLE], leader(6, "z"))?.message).toContain("authority");
    expect(ignored("", [TITLE], leader(6, "y"))?.message).toContain("holdings");
    expect(ignored("", [TITLE], leader(6, "w"))?.message).toContain("classification");
    expect(ignored("", [TITLE], leader(6, " "))).toBeNull();
    const authorities = "[Settings]\nforeign_source = x\nrecord_types = authority";
    expect(ignored(authorities, [TITLE], leader(6, "z"))).toBeNull();
    expect(ignored(authorities, [TITLE])?.message).toContain("bibliographic");
  });

  it("knows UNIMARC by its fields", () => {
    const unimarc: FieldOf[] = [
      ["001", "1"],
      ["100", "  ", "a19950101d1995    u  y0frey0103    ba"],
      ["200", "1 ", "aTitre"],
    ];
    expect(ignored("", unimarc)?.message).toContain("unimarc");
    expect(ignored("", [...unimarc, TITLE])).toBeNull();
    expect(
      ignored("", [
        ["008", "x"],
        ["100", "1 ", "aSmith"],
        ["200", "1 ", "ax"],
      ]),
    ).toBeNull();
  });

  it("asks for the fields of record_must_be_valid", () => {
    const config =
      "[Settings]\nforeign_source = x\nrecord_must_be_valid = true\n[title]\na = 245 * * a";
    const url: FieldOf = ["856", "40", "uhttp://a.org/"];
    expect(ignored(config, [TITLE, url])).toBeNull();
    expect(ignored(config, [TITLE])).toMatchObject({ code: "not-valid" });
    expect(ignored(config, [TITLE])?.message).toContain("no url");
    expect(ignored(config, [])?.message).toContain("no title, url");
  });

  it("lets a deletion through whatever it lacks", () => {
    const config =
      "[Settings]\nforeign_source = x\nrecord_must_be_valid = true\n[title]\na = 245 * * a";
    const { record } = mapOne(config, { leader: leader(5, "d"), fields: [["001", "7"]] });
    expect(record).toMatchObject({ deleted: true, ignore: null, foreignId: "7" });
    expect(record.values.every((value) => value === "")).toBe(true);
    const authority = `${leader(5, "d").slice(0, 6)}z${BOOK.slice(7)}`;
    expect(ignored(config, [["001", "7"]], authority)).toMatchObject({ code: "record-type" });
  });
});

describe("a mapped record", () => {
  it("carries control number, date and findings", () => {
    const { record } = mapOne("", {
      fields: [["001", " x1 "], ["005", "20200102030405.0"], TITLE],
    });
    expect(record).toMatchObject({
      controlNumber: "x1",
      marcDate: "20200102030405.0",
      deleted: false,
      diagnostics: [],
    });
  });

  it("names the place of what decoding finds, once however many rules read it", () => {
    const config = configOf("[title]\na = 245 * * a\n[keywords]\na = 245 * * a\nb = 245 * * a+b");
    const view = viewOf({ fields: [["001", "x"], TITLE, ["245", "10", "afine", "bXAD"]] });
    view.bytes[view.bytes.indexOf("XAD")] = 0xff;
    const { diagnostics } = createMapper(config).map(view);
    expect(diagnostics.map(({ field }) => field)).toEqual(["245[2]$b"]);
  });

  it("keeps nothing of the record before", () => {
    const mapper = createMapper(
      configOf("[title]\na = 245 * * a\n[url]\nfallback_pattern = http://x/CONTROL_NO"),
    );
    const full = viewOf({
      leader: SERIAL,
      fields: [["001", "1"], TITLE, ["856", "40", "uhttp://a/", "uhttp://b/"]],
    });
    const bare = { fields: [["001", "2"]] } as const;
    mapper.map(full);
    expect(mapper.map(viewOf(bare))).toEqual(
      createMapper(
        configOf("[title]\na = 245 * * a\n[url]\nfallback_pattern = http://x/CONTROL_NO"),
      ).map(viewOf(bare)),
    );
  });
});

describe("the trace", () => {
  it.each([
    [
      "trims what a join set before a value",
      'subfield_join = "; "',
      ["aHistory", "b[Bar]"],
      ";History;Bar;",
    ],
    [
      "translates no empty value",
      'subfield_join = ";"\ntranslation_map = m.map',
      ["aabc", "b / "],
      ";Alpha;",
    ],
    [
      "takes semicolons alone for nothing",
      'subfield_join = ";"\nfirst_only',
      ["a/ ", "b/ "],
      ";X;",
    ],
  ])("%s, as a run without it", (_what, options, subfields, expected) => {
    const config = configOf(`[subjects]\ntrim_punctuation\n${options}\na = 650 * * a+b`, {
      "m.map": "abc = Alpha\n__default__ = Other",
    });
    const fields: FieldOf[] = [
      ["001", "x"],
      ["650", "  ", ...subfields],
    ];
    if (options.includes("first_only")) fields.push(["650", "  ", "aX"]);
    expect(mapOne(config, { fields }).value("subjects")).toBe(expected);
    expect(mapOne(config, { fields }, new Recorder()).value("subjects")).toBe(expected);
  });

  it("says what each rule matched and why others did not", () => {
    const config = "[title]\ntrim_punctuation\nskip_nonfiling\na = 245 1 4 a\nb = 008/35-37 * * *";
    const trace = new Recorder();
    mapOne(
      config,
      {
        fields: [
          ["001", "x"],
          ["008", "short"],
          ["245", "04", "ax"],
          ["245", "10", "ax"],
          ["245", "14", "bx"],
          ["245", "14", "a    "],
          ["245", "14", "aThe end."],
        ],
      },
      trace,
    );
    const matches = trace.matches.filter(({ field }) => field === "title");
    expect(matches.map(({ rule, match }) => [rule, match.field, match.why, match.text])).toEqual([
      ["a", "245[1]", "indicator 1", null],
      ["a", "245[2]", "indicator 2", null],
      ["a", "245[3]", "no such subfield", null],
      ["a", "245[4]", "empty", null],
      ["a", "245[5]", "matched", "end"],
      ["b", "008[1]", "out of range", null],
    ]);
    expect(matches[4].match.steps).toEqual([
      { step: "skip_nonfiling (245 indicator 2 is 4)", before: "The end.", after: "end." },
      { step: "trim_punctuation", before: "end.", after: "end" },
    ]);
  });

  it("shows an ignored record's mapping, which the import leaves out", () => {
    const config = "[title]\na = 245 * * a";
    const record = { leader: leader(6, "z"), fields: [["001", "x"], TITLE] } as const;
    expect(mapOne(config, record).value("title")).toBe("");
    expect(mapOne(config, record, new Recorder()).value("title")).toBe("A title");
  });
});

describe("a mapper of many records", () => {
  it("maps each as if it were the only one", () => {
    const config = configOf("[publisher]\nunique\na = 653 * * a\n[isbn]\na = 020 * * a");
    const words = Array.from({ length: 20 }, (_, i) => ["653", "  ", `aWord ${i}`] as const);
    const wrong = ["020", "  ", "a030640615X"] as const;
    const right = ["020", "  ", "a9780306406157"] as const;
    const records = [
      { fields: [["001", "a"], ...words, wrong] },
      { fields: [["001", "b"], right, ...words, right, wrong] },
      { fields: [["001", "c"], ...words.slice(5), right, wrong] },
    ] as const;
    const mapper = createMapper(config);
    for (const record of records) {
      const { values, diagnostics } = mapper.map(viewOf(record));
      const alone = mapOne(config, record).record;
      expect([values, diagnostics]).toEqual([alone.values, alone.diagnostics]);
    }
  });
});

describe("005", () => {
  const warned = (date: string, settings = "skip_older = true") =>
    mapOne(`[Settings]\nforeign_source = x\n${settings}`, {
      fields: [
        ["001", "a"],
        ["005", date],
      ],
    });

  it("that is no date is warned of where skip_older compares it", () => {
    for (const none of [
      "  ",
      "00000000000000.0",
      "29990101000000.0",
      "20240231120000.0",
      "yesterday",
    ]) {
      const { record } = warned(none);
      expect(record.diagnostics, none).toMatchObject([
        { code: "M506", field: "005", found: `"${none}"` },
      ]);
      expect(record.marcDate).toBe(none);
      expect(warned(none, "").codes()).toEqual([]);
    }
    for (const date of ["20240101000000.0", "2024-01-01T00:00:00Z"])
      expect(warned(date).codes()).toEqual([]);
    expect(
      mapOne("[Settings]\nforeign_source = x\nskip_older", { fields: [["001", "a"]] }).codes(),
    ).toEqual([]);
  });
});

describe("a record left out by its kind", () => {
  const fields: FieldOf[] = [["001", "a"], TITLE];
  const ofKind = (code: string, types = "bibliographic", all = fields) =>
    mapOne(`[Settings]\nforeign_source = x\nrecord_types = "${types}"`, {
      leader: leader(6, code),
      fields: all,
    });

  it.each(["z", "u", "v", "x", "y", "w"])("is told if it has a title: leader/06 %s", (code) => {
    const { record, codes } = ofKind(code);
    expect(record.ignore?.code).toBe("record-type");
    expect(codes()).toEqual(["M507"]);
    expect(record.diagnostics[0].found).toBe(code);
  });

  it("is not told otherwise", () => {
    expect(
      ofKind("z", "bibliographic", [
        ["001", "a"],
        ["100", "1 ", "aSmith"],
      ]).codes(),
    ).toEqual([]);
    // Community information has titles.
    expect(ofKind("q").codes()).toEqual([]);
    expect(ofKind("z", "authority").codes()).toEqual([]);
    expect(ofKind("a", "authority").codes()).toEqual([]);
  });
});
