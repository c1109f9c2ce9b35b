import { describe, expect, it } from "vitest";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import { type FieldOf, SERIAL, viewOf } from "../support/record-view.js";
import { configOf, mapOne, Recorder } from "./support.js";

/** The [keywords] section of iVia's manual, as it stands there. */
const MANUAL = `
  [keywords]

  initial_text = ""
  initial_serial_text = ";Ejournals;Electronic journals;" 
  initial_monograph_text = ";Electronic text;"
  fallback_value = ""

  field_join = ";"
  subfield_join = ";"

  field1 = "650 * *-0 * /NEWSPAPERS/Newspapers/g,/[P|p]eriodicals/\\ /g"
  field2 = "651 * *-0 * /[P|p]eriodicals/\\ /g"
  field3 = "246 * *   a"
  field4 = "730 * *   a"
  field5 = "740 * *   a"
  field6 = "793 * *   *"
`;

describe("substitutions", () => {
  it("match whichever way the configuration writes its letters", () => {
    const rule = "[title]\na = 245 * * a /Qu[ée]bec/QC/".normalize("NFD");
    expect(mapOne(rule, { fields: [["245", "10", "aQuébec"]] }).value("title")).toBe("QC");
  });

  it("read the manual's [keywords]", () => {
    const fields: FieldOf[] = [
      ["246", "30", "aVariant title", "bnot this"],
      ["650", " 0", "aLeft out by its indicator"],
      ["650", " 7", "aNEWSPAPERS", "xPeriodicals", "2fast"],
      ["650", " 7", "aScience", "vperiodicals, etc."],
      ["651", " 7", "aOhio", "vPeriodicals"],
      ["793", "0 ", "aCollection", "pPart"],
    ];
    expect(mapOne(MANUAL, { leader: SERIAL, fields }).value("keywords")).toBe(
      ";Ejournals;Electronic journals;Newspapers;Science;, etc.;Ohio;Variant title;Collection;Part;",
    );
    expect(mapOne(MANUAL, { fields: [] }).value("keywords")).toBe(";Electronic text;");
  });

  it("apply in order to the joined subfields of one field, before punctuation is trimmed", () => {
    const config =
      '[publisher]\ntrim_punctuation\na = "260 * * a+b /:\\ /,\\ /,/Knopf/Norton\\ :/"';
    const fields: FieldOf[] = [["260", "  ", "aNew York :", "bKnopf"]];
    const trace = new Recorder();
    expect(mapOne(config, { fields }, trace).value("publisher")).toBe("New York , Norton");
    const match = trace.matches.find(({ field }) => field === "publisher")?.match;
    expect(match?.steps.map(({ after }) => after)).toEqual([
      "New York : Knopf",
      "New York , Knopf",
      "New York , Norton :",
      "New York , Norton",
    ]);
  });

  it("may separate values of a list, and may leave nothing", () => {
    const list = '[keywords]\na = "653 * * a /\\ \\/\\ /;/g"';
    const fields: FieldOf[] = [["653", "  ", "aCats / Dogs / Cats"]];
    expect(mapOne(list, { fields }).value("keywords")).toBe(";Cats;Dogs;");
    const nothing = '[keywords]\nfallback_value = x\na = "653 * * a /.*//"';
    expect(mapOne(nothing, { fields }).value("keywords")).toBe(";x;");
  });

  it("come before the translation map", () => {
    const config = configOf(
      '[language]\ntranslation_map = l.map\na = "008/35-37 * * * /fra/fre/"',
      { "l.map": "fre = French\n" },
    );
    const fields: FieldOf[] = [["008", `${" ".repeat(35)}fra d`]];
    expect(mapOne(config, { fields }).value("language")).toBe("French");
  });

  it("apply to each URL by itself", () => {
    const config = '[url]\na = "856 * * u |^http://proxy.org/login[?]url=|| " # a proxy\n';
    const fields: FieldOf[] = [
      ["856", "40", "uhttp://proxy.org/login?url=http://a.org/1", "uhttp://b.org/2"],
    ];
    const mapped = mapOne(config, { fields });
    expect([mapped.value("url"), mapped.value("other_urls")]).toEqual([
      "http://a.org/1",
      ";http://b.org/2;",
    ]);
  });

  it("show which rule is running while they run", () => {
    const running = new Int32Array(1);
    const config = configOf('[title]\na = "245 * * a"\nb = "246 * * a /x/y/"');
    const mapper = createMapper(config, { running });
    const store: number[] = [];
    const original = Atomics.store;
    try {
      Atomics.store = ((array: Int32Array, index: number, value: number) => {
        store.push(value);
        return original(array, index, value);
      }) as typeof Atomics.store;
      mapper.map(viewOf({ fields: [["246", "10", "ax"]] }));
    } finally {
      Atomics.store = original;
    }
    expect(mapper.rules[store[0] - 1].name).toBe("b");
    expect(store[1]).toBe(0);
  });
});

describe("[Filter]", () => {
  const ignored = (filter: string, fields: readonly FieldOf[]) =>
    mapOne(`[Filter]\n${filter}`, { fields }).record.ignore;
  const ONLINE: FieldOf = ["338", "  ", "aonline resource", "bcr"];
  const VOLUME: FieldOf = ["338", "  ", "avolume", "bnc"];

  it("asks that every include_if holds for some field", () => {
    const rule = 'include_if_online = "338 * * a /ONLINE/i"';
    expect(ignored(rule, [VOLUME, ONLINE])).toBeNull();
    expect(ignored(rule, [VOLUME])).toMatchObject({ code: "filter" });
    expect(ignored(rule, [VOLUME])?.message).toContain("include_if_online");
    expect(ignored(rule, [])).toMatchObject({ code: "filter" });
    const two = `${rule}\ninclude_if_volume = "338 * * a /^volume$/"`;
    expect(ignored(two, [ONLINE])?.message).toContain("include_if_volume");
    expect(ignored(two, [ONLINE, VOLUME])).toBeNull();
  });

  it("asks that no exclude_if holds", () => {
    const rule = 'exclude_if_volume = "338 * * b /^nc$/"';
    expect(ignored(rule, [ONLINE])).toBeNull();
    expect(ignored(rule, [ONLINE, VOLUME])?.message).toContain("exclude_if_volume");
  });

  it("joins the chosen subfields by a blank, and can ask for a blank", () => {
    expect(ignored('include_if = "338 * * * /^volume\\ nc$/"', [VOLUME])).toBeNull();
    expect(ignored('include_if = "LDR/17 * * * /^\\ $/"', [])).toBeNull();
    expect(ignored('include_if = "LDR/6 * * * /^\\ $/"', [])).not.toBeNull();
  });

  it("asks without a pattern whether there is any text", () => {
    expect(ignored('include_if = "338 * * a"', [VOLUME])).toBeNull();
    expect(ignored('include_if = "338 * * c"', [VOLUME])).not.toBeNull();
    expect(ignored('exclude_if = "LDR/6 * * *"', [])).not.toBeNull();
  });
});
