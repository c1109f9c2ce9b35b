import { describe, expect, it } from "vitest";
import { TextGrowthError } from "../../../src/perl/substitutions.js";
import {
  element,
  harvested,
  map,
  mapperOf,
  repositoryWith,
  TraceLines,
  valuesOf,
} from "./support.js";

const DC = `dc:creator = creator
dc:subject = keywords
dc:description = ivia_description
dc:publisher = publisher
dc:date = publication_date
dc:type = resource_types`;

describe("a field map", () => {
  it("fills fields in the order of the file, then of the record", () => {
    const rules = "dc:subject = keywords\ndc:type = keywords";
    const record = [
      ["dc:type", "Text"],
      ["dc:subject", "b"],
      ["dc:subject", "a"],
    ] as const;
    expect(map({ map: rules }, record).keywords).toBe(";b;a;Text;");
  });

  it("may let one element fill several fields", () => {
    const values = map({ map: "dc:subject = keywords,subjects" }, [["dc:subject", "Bees"]]);
    expect(values).toMatchObject({ keywords: ";Bees;", subjects: ";Bees;" });
  });

  it("gives an element to the rules that say the most of it", () => {
    const rules =
      '"dc:subject{dct:LCSH}" = subjects\ndc:subject = keywords\n"dc:subject{lang=de}" = coverage';
    const record = [
      ["dc:subject{dct:LCSH}", "Bees"],
      ["dc:subject{dcterms:LCSH}", "Wasps"],
      ["dc:subject", "honey"],
      ["dc:subject@de-AT", "Wien"],
    ] as const;
    expect(map({ map: rules }, record)).toMatchObject({
      subjects: ";Bees;Wasps;",
      keywords: ";honey;",
      coverage: ";Wien;",
    });
  });

  it("goes by namespaces, however they are written, and by the prefix where there is none", () => {
    const config = repositoryWith({
      map: "dct:title = series\nmods:title = edition\n[namespaces]\nmods = http://www.loc.gov/mods/v3",
    });
    const spelt = (namespace: string, prefix: string) => {
      const one = { ...element(["dc:title", "T"]), namespace, prefix };
      return valuesOf(config, mapperOf(config).map({ ...harvested([]), elements: [one] }));
    };
    expect(spelt("http://purl.org/dc/elements/1.1/", "x")).toEqual({ title: "T" });
    expect(spelt("https://purl.org/dc/elements/1.1", "")).toEqual({ title: "T" });
    expect(spelt("http://purl.org/dc/terms/", "dc")).toEqual({ series: "T" });
    expect(spelt("http://www.loc.gov/mods/v3", "")).toEqual({ edition: "T" });
    expect(spelt("", "dc")).toEqual({ title: "T" });
    expect(spelt("", "")).toEqual({});
  });

  it("does substitutions, and leaves out what they make empty", () => {
    const rules = "dc:subject = keywords /^eu-repo.*//,/(\\w+)/\\u$1/";
    const record = [
      ["dc:subject", "eu-repo/x"],
      ["dc:subject", "bees"],
    ] as const;
    expect(map({ map: rules }, record).keywords).toBe(";Bees;");
  });

  it("stops where substitutions let texts grow without measure", () => {
    const config = repositoryWith({ map: "dc:subject = keywords /(.)/$1$1$1$1$1$1$1$1$1$1/g" });
    const long = Array.from({ length: 40 }, () => ["dc:subject", "x".repeat(100_000)] as const);
    expect(() => mapperOf(config).map(harvested(long))).toThrow(TextGrowthError);
  });

  it("counts the records to which each rule gives something", () => {
    const mapper = mapperOf(repositoryWith({ map: "dc:subject = keywords" }));
    mapper.map(
      harvested([
        ["dc:subject", "a"],
        ["dc:subject", "b"],
      ]),
    );
    mapper.map(harvested([["dc:title", "T"]]));
    expect(mapper.takeMatches()).toEqual([1, 1]);
    expect(mapper.takeMatches()).toEqual([0, 0]);
  });
});

describe("columns", () => {
  it("make commas of the semicolons in a value, except where they separate", () => {
    const record = [
      ["dc:creator", "Smith, J.; Jones, K."],
      ["dc:subject", "a; b ;c"],
    ] as const;
    expect(map({ map: DC }, record)).toMatchObject({
      creators: ";Smith, J., Jones, K.;",
      keywords: ";a, b ,c;",
    });
    const split = map({ map: DC, pre: "split_lists = keywords" }, record);
    expect(split).toMatchObject({ creators: ";Smith, J., Jones, K.;", keywords: ";a;b;c;" });
  });

  it("join a description by blanks and other plain text by semicolons, equal texts once", () => {
    const record = [
      ["dc:description", "One."],
      ["dc:description", "Two."],
      ["dc:description", "One."],
      ["dc:publisher", "Wiley"],
      ["dc:publisher", "Springer"],
    ] as const;
    expect(map({ map: DC }, record)).toMatchObject({
      description: "One. Two.",
      publisher: "Wiley; Springer",
    });
  });

  it("take one title: the first without a language or in a wanted one, the most wanted first", () => {
    const german = ["dc:title@de", "Bienen"] as const;
    const english = ["dc:title@en-US", "Bees"] as const;
    const plain = ["dc:title", "Apis"] as const;
    expect(map({}, [german, english]).title).toBe("Bienen");
    expect(map({}, [german, plain]).title).toBe("Apis");
    expect(map({ pre: 'language_preference = "fr,en"' }, [german, english]).title).toBe("Bees");
    expect(map({ pre: 'language_preference = "en,de"' }, [german, english]).title).toBe("Bees");
    expect(map({ pre: "language_preference = de" }, [german, plain]).title).toBe("Bienen");
    expect(map({ pre: "language_preference = de" }, [plain, german]).title).toBe("Apis");
    expect(map({ pre: "language_preference = fr" }, [german, english]).title).toBe("Bienen");
  });

  it("take defaults where the record leaves them empty, lists in either spelling", () => {
    const defaults =
      'categories = ";unknown;"\naudience_levels = academic\nLCC = ""\nkeywords = none\naccess = free';
    const record = [["dc:subject", "bees"]] as const;
    expect(map({ map: DC, defaults }, record)).toEqual({
      categories: ";unknown;",
      audience_levels: ";academic;",
      keywords: ";bees;",
      access: "free",
      record_type: "monograph",
    });
  });

  it("say who made a record, by the repository's section, else by the defaults", () => {
    const defaults = "expert_created = true\ninstitutional_owner = Them\nremote_user = robot";
    expect(map({ defaults }, [])).toEqual({
      expert_created: "1",
      institutional_owner: ";Them;",
      remote_user: "robot",
    });
    const own = "expert_created = false\ninstitutional_owner = Us\nremote_user = fred";
    expect(map({ defaults, own }, [])).toMatchObject({
      institutional_owner: ";Us;",
      remote_user: "fred",
    });
  });

  it("tell serials by the type", () => {
    const type = (text: string) => map({ map: DC }, [["dc:type", text]]).record_type;
    expect(type("Journal")).toBe("serial");
    expect(type("periodicals")).toBe("serial");
    expect(type("Journal article")).toBe("monograph");
    expect(map({}, [["dc:type", "Journal"]]).record_type).toBeUndefined();
  });

  it("hold normal forms of identifiers, and warn of what is none", () => {
    const config = repositoryWith({ map: "dc:identifier = isbn" });
    const record = harvested([
      ["dc:identifier", "0-306-40615-2"],
      ["dc:identifier", "0306406153"],
    ]);
    const mapped = mapperOf(config).map(record);
    expect(valuesOf(config, mapped)).toEqual({ isbn: ";9780306406157;" });
    expect(mapped.diagnostics).toMatchObject([{ code: "M502", field: "dc:identifier[2]" }]);
  });

  it("translate by a map, of a language also tags with a region", () => {
    const config = (text: string) =>
      map(
        {
          map: `dc:language = language\n[x_field_map]`,
          post: `translate_language = ${import.meta.dirname}/../../../etc/maps/languages.map`,
        },
        [["dc:language", text]],
      ).language;
    expect(["eng", "ENG", "English", "Klingonisch"].map(config)).toEqual([
      "English",
      "English",
      "English",
      "Klingonisch",
    ]);
  });
});

describe("dates of publication", () => {
  const date = (post: string, ...texts: string[]) =>
    map(
      { map: "dc:date = publication_date\ndct:issued = publication_date", post },
      texts.map((text) => {
        return text.startsWith("issued ")
          ? (["dct:issued", text.slice(7)] as const)
          : (["dc:date", text] as const);
      }),
    ).publication_date;

  it("are kept if they are W3CDTF, else their year is", () => {
    for (const text of ["1998", "1998-05", "1998-05-12", "1998-05-12T10:00:00Z"]) {
      expect(date("", text)).toBe(text);
    }
    expect(date("", "c1998.")).toBe("1998");
    expect(date("", "1998-13-40")).toBe("1998");
    expect(date("", "12 May 1998")).toBe("1998");
    expect(date("", "undated")).toBeUndefined();
  });

  it("are the date of issue, else one without a time of day, else the earliest", () => {
    const software = ["2010-02-03T04:05:06Z", "2010-02-04T00:00:00Z", "1998-05"];
    expect(date("", ...software)).toBe("1998-05");
    expect(date("", ...software, "issued 1999")).toBe("1999");
    expect(date("", "2004", "2001")).toBe("2001");
    expect(date("", "2010-02-04T00:00:00Z", "2010-02-03T04:05:06Z")).toBe("2010-02-03T04:05:06Z");
  });

  it("are written in one way by canonize_all_metadata", () => {
    const one = (text: string) => date("canonize_all_metadata = true", text);
    for (const text of ["19980512", "1998/5/12", "12.5.1998", "12 May 1998", "May 12, 1998"]) {
      expect(one(text), text).toBe("1998-05-12");
    }
    expect(one("May 1998")).toBe("1998-05");
    expect(one("5/12/1998")).toBe("1998");
    expect(one("19981512")).toBeUndefined();
  });
});

describe("canonize_all_metadata", () => {
  const post = "canonize_all_metadata = true";

  it("takes punctuation off the ends of all but prose, and elements that are alike once", () => {
    const record = [
      ["dc:title", "Bees /"],
      ["dc:description", "About bees."],
      ["dc:subject", "Geoscience."],
      ["dc:subject", "geoscience"],
      ["dc:subject", "GEOSCIENCE"],
    ] as const;
    expect(map({ map: DC, post }, record)).toMatchObject({
      title: "Bees",
      description: "About bees.",
      keywords: ";Geoscience;",
    });
    expect(map({ map: DC }, record).keywords).toBe(";Geoscience.;geoscience;GEOSCIENCE;");
  });

  it("leaves defaults as they are written", () => {
    const defaults = 'categories = ";Unknown.;unknown;"';
    expect(map({ post, defaults }, []).categories).toBe(";Unknown.;unknown;");
  });
});

describe("a record", () => {
  it("is known by its OAI identifier and dated by its datestamp", () => {
    const mapped = mapperOf(repositoryWith({})).map(harvested([["dc:title", "T"]]));
    expect(mapped).toMatchObject({
      foreignId: "oai:r.example.org:1",
      marcDate: "2026-03-01T10:00:00Z",
      deleted: false,
      ignore: null,
      diagnostics: [],
    });
  });

  it("that is deleted by its header is a deletion and nothing else", () => {
    const config = repositoryWith({
      own: "record_must_be_valid = true",
      pre: "verify_single_valid_url = true",
      map: "dc:identifier = url",
    });
    const mapped = mapperOf(config).map(harvested([["dc:title", "left in"]], { deleted: true }));
    expect(mapped).toMatchObject({ deleted: true, ignore: null });
    expect(mapped.deletedBy).toContain("header");
    expect(valuesOf(config, mapped)).toEqual({});
  });

  it("that lacks a required field is ignored, and what it lacks is named", () => {
    const config = repositoryWith({ own: 'record_must_be_valid = "title,creators"', map: DC });
    const mapped = mapperOf(config).map(harvested([["dc:title", "T"]]));
    expect(mapped.ignore).toMatchObject({ code: "not-valid" });
    expect(mapped.ignore?.message).toContain("no creators");
  });

  it("with a datestamp that is no date is told of where skip_older asks for one", () => {
    const mapper = mapperOf(repositoryWith({ own: "skip_older = true" }));
    const { diagnostics } = mapper.map(harvested([], { datestamp: "yesterday" }));
    expect(diagnostics).toMatchObject([{ code: "M506", field: "datestamp" }]);
    expect(mapper.map(harvested([])).diagnostics).toEqual([]);
  });

  it("of an earlier call leaves nothing behind", () => {
    const config = repositoryWith({ map: DC });
    const mapper = mapperOf(config);
    mapper.map(
      harvested([
        ["dc:title", "A"],
        ["dc:subject", "x"],
      ]),
    );
    expect(valuesOf(config, mapper.map(harvested([])))).toEqual({ record_type: "monograph" });
  });
});

it("explains every element, rule and step", () => {
  const config = repositoryWith({
    map: "dc:subject = keywords /bees/Bees/\ndc:identifier = url",
    post: "canonize_all_metadata = true",
    defaults: "access = free",
  });
  const trace = new TraceLines();
  const record = [
    ["dc:title", "Bees /"],
    ["dc:subject", "bees"],
    ["dc:subject", "BEES."],
    ["dc:identifier", "ISSN 0028-0836"],
    ["dc:identifier", "http://example.org/index.html"],
  ] as const;
  mapperOf(config).map(harvested(record), trace);
  expect(trace.lines).toEqual(
    expect.arrayContaining([
      "dc:identifier[1] ISSN 0028-0836 | no address: an ISSN | 0028-0836",
      "dc:identifier[2] http://example.org/index.html | taken as url | http://www.example.org/",
      "dc:title line 12: dc:title[1] -> Bees /",
      "canonize: punctuation at ends: Bees / -> Bees",
      "dc:subject line 13: dc:subject[1] /bees/Bees/ -> Bees",
      "canonize: elements that are alike: Bees / BEES -> Bees",
      "keywords = ;Bees;",
      "list of issn: 0028-0836 -> ;0028-0836;",
      "field_defaults:  -> free",
    ]),
  );
});
