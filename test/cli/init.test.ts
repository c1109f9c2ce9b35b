/** `init`: a configuration for an unknown file that `check` has nothing to say against, and that imports. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";

const BOOK: readonly FieldOf[] = [
  ["001", "ocm01"],
  ["008", "920219s1993    caua   j      000 0 eng  "],
  ["020", "  ", "a9780262011532"],
  ["100", "1 ", "aBöll, Heinrich,", "d1917-1985."],
  ["245", "10", "aAnsichten eines Clowns :", "bRoman /"],
  ["650", " 0", "aClowns", "vFiction."],
  ["856", "41", "uhttp://example.org/1"],
];

describe("init", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "init-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (
    name: string,
    records: readonly (readonly FieldOf[])[],
    leader = "00000nam a2200000 a 4500",
  ) => {
    writeFileSync(
      join(folder, name),
      Buffer.concat(records.map((fields) => iso({ leader, fields }))),
    );
    return join(folder, name);
  };
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  const second: readonly FieldOf[] = [
    ["001", "ocm02"],
    ...BOOK.slice(1, 5),
    ["999", "  ", "alocal note"],
  ];

  it.each<[string, string, readonly (readonly FieldOf[])[], string | undefined]>([
    ["books", "title, creators", [BOOK, second], undefined],
    [
      "unimarc",
      "title",
      [
        [
          ["001", "u1"],
          ["100", "  ", "a20020101d2002    m  y0frey50      ba"],
          ["200", "1 ", "aL'été"],
          ["700", " 1", "aCamus", "bAlbert"],
        ],
      ],
      "00000nam  2200000   450 ",
    ],
    [
      "authorities",
      "title, lccn",
      [
        [
          ["001", "a1"],
          ["010", "  ", "an  79021800"],
          ["100", "1 ", "aTwain, Mark,", "d1835-1910"],
          ["400", "1 ", "aClemens, Samuel"],
        ],
      ],
      "00000nz  a2200000n  4500",
    ],
    [
      "holdings",
      "title",
      [
        [
          ["001", "h1"],
          ["004", "b1"],
          ["852", "8 ", "aUL", "bMain", "hQA 1"],
          ["866", " 0", "av.1-20"],
        ],
      ],
      "00000nx  a2200000zn 4500",
    ],
  ])("has nothing left for check to find: %s", async (name, filled, records, leader) => {
    const path = file(`${name}.mrc`, records, leader);
    expect(await commandIn(folder, "init", path, "-o", "job.conf")).toEqual({
      status: 0,
      out: "",
      error: "",
    });
    expect((await commandIn(folder, "check", "--strict", "job.conf")).status).toBe(0);
    const checked = await commandIn(folder, "check", "--strict", "job.conf", path);
    expect(checked).toMatchObject({ status: 0 });
    const line = /filled: .*/.exec(checked.error)?.[0] ?? "";
    for (const field of filled.split(", ")) expect(line).toContain(` ${field} ${records.length}`);
  });

  it("says what the file holds, and writes rules for that alone", async () => {
    await commandIn(folder, "init", file("books.mrc", [BOOK, second]), "-o", "books.conf");
    const conf = text("books.conf");
    expect(conf).toContain("# Records: 2 (bibliographic: 2).");
    expect(conf).toMatch(/^# {3}245 +2 +1 0 \$ab +Ansichten eines Clowns :$/m);
    expect(conf).toMatch(/^# {3}999 .* local +local note$/m);
    expect(conf).toContain("#   001: in all 2, each once, beginning with ocm in 2");
    expect(conf).toContain('foreign_id_fields = "1"');
    expect(conf).toContain('field1 = "856 4 1 u"   # a version of it');
    expect(conf).not.toMatch(/110|\[series\]|\[lcc\]|856 4 0/);
  });

  it("says what it is not sure of: a number that comes twice or is missing", async () => {
    const path = file("ids.mrc", [BOOK, BOOK, BOOK.slice(1)]);
    const { out } = await commandIn(folder, "init", path);
    expect(out).toContain("001: in 2 of 3, 1 come more than once");
    expect(out).toContain("# Not sure: no field is in every record and different in each.");
  });

  it("judges numbers by the records of the kind that the job takes", async () => {
    const bibliographic = file("bib.mrc", [BOOK, second]);
    const holding: FieldOf[] = [
      ["001", "ocm01"],
      ["852", "  ", "aUL"],
    ];
    const holdings = file("held.mrc", [holding], "00000nx  a2200000zn 4500");
    const { out } = await commandIn(folder, "init", bibliographic, holdings);
    expect(out).toContain("may stand (bibliographic records alone):");
    expect(out).toContain("001: in all 2, each once");
    expect(out).not.toContain("Not sure: no field");
  });

  it.each([
    ["00000nam a2200000 a 4500", 'match_method = "ISBN,TITLE_AUTHOR_YEAR" and'],
    ["00000nz  a2200000n  4500", 'match_method = "LCCN" and'],
    ["00000nx  a2200000zn 4500", "what others hold is no duplicate"],
  ])("proposes what can be compared of records of that kind: %s", async (leader, said) => {
    const { out } = await commandIn(folder, "init", file("kind.mrc", [BOOK], leader));
    expect(out).toContain(said);
  });

  it("leaves in what keeps the texts of later files out", async () => {
    const { out } = await commandIn(folder, "init", file("books.mrc", [BOOK, second]));
    const language = out.slice(out.indexOf("[language]"));
    expect(language).toMatch(/^field1 = "008\/35-37 .*\^\(\?:und\|zxx\)\$/m);
  });

  it("takes another field for the number where 001 is not sound", async () => {
    const with035 = (id: string): FieldOf[] => [
      ["001", "same"],
      ["035", "  ", `a(X)${id}`],
      ...BOOK.slice(1),
    ];
    const { out } = await commandIn(folder, "init", file("x.mrc", [with035("1"), with035("2")]));
    expect(out).toContain('foreign_id_fields = "35"');
  });

  it("imports what it was made from", async () => {
    const path = file("books.mrc", [BOOK, second]);
    await commandIn(folder, "init", path, "-o", "books.conf");
    expect(await commandIn(folder, "books.conf", path)).toMatchObject({ status: 0, error: "" });
    const { out } = await commandIn(folder, "runs", "books.conf", "--json");
    expect(JSON.parse(out).outcomes ?? JSON.parse(out).totals?.outcomes).toMatchObject({
      created: 2,
    });
  });

  it("overwrites nothing, and refuses what holds no records", async () => {
    const path = file("books.mrc", [BOOK]);
    writeFileSync(join(folder, "mine.conf"), "mine");
    expect((await commandIn(folder, "init", path, "-o", "mine.conf")).status).toBe(2);
    expect(text("mine.conf")).toBe("mine");
    writeFileSync(join(folder, "no.mrc"), "<html></html>");
    expect((await commandIn(folder, "init", join(folder, "no.mrc"), "-o", "no.conf")).status).toBe(
      3,
    );
    expect((await commandIn(folder, "init", "-", "-o", "no.conf")).status).toBe(2);
    const dublinCore = "<OAI-PMH><ListRecords><record><dc>x</dc></record></ListRecords></OAI-PMH>";
    writeFileSync(join(folder, "dc.xml"), dublinCore);
    const { status, error } = await commandIn(folder, "init", join(folder, "dc.xml"));
    expect([status, error]).toEqual([
      3,
      expect.stringContaining("at byte 22 cannot be read as one (M702"),
    ]);
  });
});
