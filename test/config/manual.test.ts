import { describe, expect, it } from "vitest";
import { load } from "./files.js";

/** The manual's own example, character for character. */
const MAIN = [
  " [Logging]",
  " verbosity = 3 # level of output: 0 = none, 5 = too much, 3 = normal.",
  "",
  " [Duplicates]",
  " duplicate_policy = KEEP_HIGHER",
  " match_method= EXACT_TITLE",
  "",
  " [Settings]",
  ' foreign_source    = "sample-marc"',
  ' remote_user  = "john"',
  ' expert_created    = "true"',
  ' foreign_id_fields = "1,10,16,35"',
  ' fields_to_merge   = "title,keywords,subjects"',
  "",
  " [url]",
  ' fallback_pattern = "http://www.example.org/cgi-bin/view_record=CONTROL_NO"',
  ' clean_up = "clean" # options: none, clean, canonize.',
  "",
  "  [description]",
  '  method    = "standard" # options: ',
  '  fallback_value = "No description available" ',
  "",
  "  include generic_authors.conf",
  "  include generic_coverage.conf",
  "  include generic_keywords.conf",
  "  include generic_lcc.conf",
  "  include generic_my_infomine.conf",
  "  include generic_resource_types.conf",
  "  include generic_subjects.conf",
  "  include generic_title.conf",
  "",
].join("\n");

const KEYWORDS = [
  "  [keywords]",
  "",
  '  initial_text = ""',
  '  initial_serial_text = ";Ejournals;Electronic journals;" ',
  '  initial_monograph_text = ";Electronic text;"',
  '  fallback_value = ""',
  "",
  '  field_join = ";"',
  '  subfield_join = ";"',
  "",
  '  field1 = "650 * *-0 * /NEWSPAPERS/Newspapers/g,/[P|p]eriodicals/\\ /g"',
  '  field2 = "651 * *-0 * /[P|p]eriodicals/\\ /g"',
  '  field3 = "246 * *   a"',
  '  field4 = "730 * *   a"',
  '  field5 = "740 * *   a"',
  '  field6 = "793 * *   *"',
  "",
].join("\n");

const empty = Object.fromEntries(
  ["authors", "coverage", "lcc", "my_infomine", "resource_types", "subjects", "title"].map(
    (name) => [`generic_${name}.conf`, ""],
  ),
);

describe("the manual's configuration", () => {
  const config = load({ "main.conf": MAIN, "generic_keywords.conf": KEYWORDS, ...empty });

  it("is read as the manual explains it", () => {
    expect(config).toMatchObject({
      logging: { verbosity: 3 },
      duplicatePolicy: "KEEP_HIGHER",
      matchMethods: ["EXACT_TITLE"],
      settings: {
        foreignSource: "sample-marc",
        remoteUser: "john",
        expertCreated: true,
        fieldsToMerge: ["title", "keywords", "subjects"],
      },
      mapping: {
        url: {
          fallbackPattern: "http://www.example.org/cgi-bin/view_record=CONTROL_NO",
          cleanUp: "clean",
        },
        description: { method: "standard", fallbackValue: "No description available" },
      },
    });
    expect(config.mapping.foreignIdFields.map((field) => field.tag)).toEqual([
      "001",
      "010",
      "016",
      "035",
    ]);
  });

  it("has the keywords of its included file", () => {
    const [keywords] = config.mapping.extractors;
    expect(keywords).toMatchObject({
      field: { name: "keywords" },
      initialText: "",
      initialSerialText: ";Ejournals;Electronic journals;",
      initialMonographText: ";Electronic text;",
      fallbackValue: "",
      fieldJoin: ";",
      subfieldJoin: ";",
    });
    expect(keywords.searchFields.map(({ tag, transforms }) => [tag.text, transforms])).toEqual([
      ["650", "/NEWSPAPERS/Newspapers/g,/[P|p]eriodicals/\\ /g"],
      ["651", "/[P|p]eriodicals/\\ /g"],
      ["246", ""],
      ["730", ""],
      ["740", ""],
      ["793", ""],
    ]);
    const [first] = keywords.searchFields;
    expect([first.indicator2[0x30], first.indicator2[0x31]]).toEqual([0, 1]);
  });

  it("takes the spelling of its prose too", () => {
    const prose = KEYWORDS.replace("initial_serial_text", "initial_serials_text");
    const other = load({ "main.conf": MAIN, "generic_keywords.conf": prose, ...empty });
    expect(other.mappingDigest).toBe(config.mappingDigest);
  });
});
