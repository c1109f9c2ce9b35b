import { describe, expect, it } from "vitest";
import { ConfigErrors, formatProblems } from "../../src/config/language/problems.js";
import { problemsOf, withSource } from "./files.js";

/** The text of the lines behind `withSource`, whose first is line 3, and what must be said of it. */
interface Mistake {
  readonly text: string;
  /** Line in `main.conf`. */
  readonly line: number;
  readonly problem: string;
  readonly allowed: string;
  readonly advice: string;
}

function mistake(
  text: string,
  problem: string,
  allowed: string,
  advice: string,
  line = 2 + text.split("\n").length,
): Mistake {
  return { text, line, problem, allowed, advice };
}

const title = (text: string) => `[title]\n${text}`;

const LANGUAGE: Mistake[] = [
  mistake("skip_older =", 'behind "skip_older ="', '""', 'skip_older = ""'),
  mistake("remote_user = # x", 'behind "remote_user ="', '""', "needs quotes"),
  mistake('remote_user = "x" y', "closing quote stands y", "comment", "move it into the quotes"),
  mistake('remote_user = "x', "quote is not closed", "one line", 'write the closing "'),
  mistake('remote_user = "x\\"', "quote is not closed", "one line", '\\"'),
  mistake('remote_user = 12" # c', "between two quotes", "whole value", "whole value into quotes"),
  mistake("= x", "no name", "key = value", "name of the key"),
  mistake("skip older = true", '"skip older" is not a name', "key = value", "skip_older"),
  mistake("skip_older true", "is not a name", "key = value", "write skip_older = true"),
  mistake('"skip_older = true', "quote is not closed", "odd name", 'closing "'),
  mistake('"a" b = true', "is not a name", "odd name", "without quotes"),
  mistake("[Logging", "not closed", "[name]", "write [Logging]"),
  mistake("[Logging] verbosity = 3", "verbosity = 3", "comment", "line of its own"),
  mistake("[]", "no name", "[name]", "between the brackets"),
  mistake("include", "no file", "include FILE", "name of the file"),
  mistake('include ""', "no file", "include FILE", "name of the file"),
  mistake(
    "include none.conf",
    "none.conf cannot be read: there is no such file",
    "text file",
    "create the file",
  ),
  mistake('include "a" "b"', 'closing quote stands "b"', "comment", "into the quotes"),
  mistake("skip_older = yes\nskip_older = no", "main.conf:3", "once", "override skip_older"),
];

const evidence = (line: string) => `[Duplicates]\nmatch_method = DESCRIPTION\n${line}`;
const points = (line: string) => `[Match points]\n${line}`;

const EVIDENCE: Mistake[] = [
  mistake(evidence("sames = 80"), '"sames"', "common_number", 'did you mean "same"?'),
  mistake(evidence("same = lots"), "not a whole number", "1 to 1000", "write 1 to 1000"),
  mistake(evidence("common_number = 1"), "out of range", "2 to 1000", "2 to 1000"),
  mistake(
    evidence("possible = 120"),
    "possible = 120 is more than same = 100",
    "no more",
    "raise same",
  ),
  mistake(
    evidence("at_most_possible_if = year, edition"),
    '"edition" is not one of the names',
    "edition number",
    "edition number",
  ),
  mistake(
    evidence("duplicate_policy = REPLACE"),
    "REPLACE deletes what DESCRIPTION finds, and strict is not stated",
    "strict = true or strict = false",
    "write strict = true",
  ),
  mistake(points("titel = same 80"), '"titel"', "title", 'did you mean "title"?'),
  mistake(points("title = same"), '"same" is not an outcome with its points', "begins", "same 80"),
  mistake(points("title = same 80, nearl 5"), '"nearl" is no outcome', "nearly", '"nearly"'),
  mistake(points("title = same 80, same 70"), '"same" is named twice', "once", "delete one same"),
  mistake(points("year = off by 1 -2000"), '"-2000" is out of range', "-1000 to 1000", "-1000"),
];

const NAMES: Mistake[] = [
  mistake(
    "foreign_sorce = x",
    '"foreign_sorce"',
    "foreign_source",
    'did you mean "foreign_source"?',
  ),
  mistake("Skip-Older = yes", '"Skip-Older"', "skip_older", 'did you mean "skip_older"?'),
  mistake("colour = red", '"colour"', "remote_user", "delete it"),
  mistake("[Logging]\nverbosty = 3", '"verbosty"', "verbosity", 'did you mean "verbosity"?'),
  mistake("[Database]\nbatch = 3", '"batch"', "batch_size", "batch_size"),
  mistake("[Duplicates]\npolicy = x", '"policy"', "duplicate_policy", "duplicate_policy"),
  mistake("[Priorities]\npriorities = x", '"priorities"', "priority_list", "priority_list"),
  mistake("[Filter]\nincude_if = x", '"incude_if"', "include_if", 'did you mean "include_if"?'),
  mistake("[Filter]\nonline = x", '"online"', "exclude_if", "include_if_online"),
  mistake('[description]\nfield1 = "520 * * a"', '"field1"', "method", "[description.NAME]"),
  mistake("[logging]", '"logging"', "Logging", 'did you mean "Logging"?'),
  mistake("[Setings]", '"Setings"', "Settings", 'did you mean "Settings"?'),
  mistake("[authors]", '"authors"', "creators", 'did you mean "creators"?'),
  mistake("[creator]", '"creator"', "creators", 'did you mean "creators"?'),
  mistake("[LCC]", '"LCC"', "lcc", 'did you mean "lcc"?'),
  mistake("[titel]", '"titel"', "title", 'did you mean "title"?'),
  mistake("[Repositories]", '"Repositories"', "Logging", "extra_fields"),
  mistake("[remote_user]", "remote_user is not filled", "title", "in [Settings]"),
  mistake("[record_type]", "record_type is not filled", "title", "delete the section"),
  mistake("[description.MARC]", "MARC is a method", "description.NAME", "[description.ours]"),
  mistake("[description.]", "no name", "description.NAME", "[description.ours]"),
  mistake('[title]\nfeild_join = ";"', '"feild_join"', "field_join", 'did you mean "field_join"?'),
  mistake("[title]\nfirst_ony = true", '"first_ony"', "first_only", 'did you mean "first_only"?'),
  mistake(
    '[url]\nfallback_patern = "x"',
    '"fallback_patern"',
    "fallback_pattern",
    '"fallback_pattern"',
  ),
];

const VALUES: Mistake[] = [
  mistake("[Logging]\nverbosity = 6", "out of range", "0 to 5", "0 to 5"),
  mistake("[Logging]\nverbosity = 1e0", "plain digits", "0 to 5", "0 to 5"),
  mistake("[Logging]\nverbosity = -1", "plain digits", "0 to 5", "0 to 5"),
  mistake('[Logging]\nverbosity = " 3x"', "plain digits", "0 to 5", "0 to 5"),
  mistake("[Logging]\nverbosity", "without a value", "0 to 5", "verbosity = "),
  mistake("[Logging]\nlog_format = jsn", '"jsn"', "text, json", 'did you mean "json"?'),
  mistake('[Logging]\ndirectory = ""', "not a path", "path", "write the path"),
  mistake("[Logging]\nmax_size = 10 apples", "bytes", "MiB", "16MiB"),
  mistake("[Logging]\nkeep = 0", "out of range", "all", "all"),
  mistake("[Database]\njournal = memory", '"memory"', "wal, delete", "wal, delete"),
  mistake("[Database]\nextra_fields = Note", '"Note"', "lower-case", "local_note"),
  mistake('[Database]\nextra_fields = "a b, c, x-y"', '"a b, x-y"', "lower-case", "local_note"),
  mistake("[Database]\nextra_fields = title", "already", "no column", "another name"),
  mistake("[Database]\nextra_fields = record_id", "already", "no column", "another name"),
  mistake('[Database]\nextra_fields = "a,a[]"', "already", "no column", "another name"),
  mistake("[Database]\nfull_text = titles", '"titles"', "title", 'did you mean "title"?'),
  mistake("[Database]\nbatch_size = 0", "out of range", "1 to", "1 to"),
  mistake("[Database]\nkeep_changes = ever", "plain digits", "all", "all"),
  mistake(
    '[Priorities]\npriority_list = "a,,b"',
    "empty place",
    "single commas",
    "delete the comma",
  ),
  mistake('[Priorities]\npriority_list = "a,b,a"', "names a twice", "once", "delete one a"),
  mistake("[Duplicates]\nmatch_method = FUZY_TITLE", '"FUZY_TITLE"', "ISBN", '"FUZZY_TITLE"'),
  mistake('[Duplicates]\nmatch_method = "NONE,ISBN"', "NONE", "alone", "delete NONE"),
  mistake('[Duplicates]\nmatch_method = ""', "empty", "NONE", "NONE"),
  mistake(
    "[Duplicates]\nduplicate_policy = KEEP_HIHGER",
    '"KEEP_HIHGER"',
    "REPLACE",
    '"KEEP_HIGHER"',
  ),
  mistake("foreign_id_fields = 1a", "001 has no subfields", "control field", "write 1"),
  mistake('foreign_id_fields = "35$a"', '"35$a"', "35a", "35a"),
  mistake('foreign_id_fields = ""', "without a field", "35a", "at least one"),
  mistake("fields_to_merge = titel", '"titel"', "title", 'did you mean "title"?'),
  mistake("deletes = never", '"never"', "apply, ignore", "apply, ignore"),
  mistake("max_deletes = 120%", "more than all", "share", "100%"),
  mistake("max_deletes = many", "neither", "share", "200"),
  mistake("skip_older = maybe", "not true or false", "true", "true or false"),
  mistake("protected_fields = keyword", '"keyword"', "keywords", '"keywords"'),
  mistake("record_must_be_valid = treu", '"treu"', "title", "write one of"),
  mistake("record_types = serial", '"serial"', "holdings", "bibliographic"),
  mistake('control_subfields = "0,1"', "row of subfield codes", "without separators", "012456789"),
  mistake("encoding = cp437", '"cp437"', "marc-8", "marc-8"),
  mistake("max_record_size = 3", "out of range", "bytes", "100 to"),
  mistake('[url]\nfallback_pattern = "http://x/"', "same URL", "CONTROL_NO", "CONTROL_NO"),
  mistake('[url]\nfallback_pattern = "no url CONTROL_NO"', "not a URL", "CONTROL_NO", "%20"),
  mistake("[url]\nclean_up = canonise", '"canonise"', "canonize", 'did you mean "canonize"?'),
  mistake("[description]\nmethod = standrad", '"standrad"', "standard", 'did you mean "standard"?'),
  mistake("[description]\nmethod = ours", '"ours"', "[description.NAME]", "standard"),
  mistake(title("linked_fields = yes"), '"yes"', "append", "append"),
  mistake(title("translation_map = none.map"), "none.map cannot be read", "text file", "create"),
  mistake("foreign_source", "given twice", "once", "override"),
];

const SEARCH_FIELDS: Mistake[] = [
  mistake(title('f = "245"'), "IND1, IND2, SUBFIELDS are missing", "TAG IND1", "245 * * a"),
  mistake(title('f = "245 * *"'), "SUBFIELDS is missing", "TAG IND1", "245 * * a"),
  mistake(
    title('f = "008/7-10"'),
    "IND1, IND2, SUBFIELDS are missing",
    "TAG IND1",
    "008/7-10 * * *",
  ),
  mistake(title("f = 856 4 # u"), "IND2, SUBFIELDS", "TAG IND1", "start a comment"),
  mistake(title("f = 245a"), '"245a" is not a tag', "6XX", "245 * * a"),
  mistake(title("f = 245$ab"), '"245$ab" is not a tag', "6XX", "245 * * a+b"),
  mistake(title("f"), "missing", "TAG IND1", "245 * * a"),
  mistake(title('f = "6X * * a"'), '"6X" is not a tag', "6XX", "three characters"),
  mistake(title('f = "000 * * *"'), '"000" is not a tag', "LDR", "LDR"),
  mistake(title('f = "245 * * ab"'), 'before "b"', "joined by +", "a+b"),
  mistake(title('f = "245 * * ä"'), "not a code", "letters", "a+b"),
  mistake(title('f = "245 -1 * a"'), "nothing before it", "*", "write *-1"),
  mistake(title('f = "245 1+ * a"'), "nothing follows", "*", "delete it"),
  mistake(title('f = "245 * a-a a"'), "leaves nothing", "*", "at least one"),
  mistake(title('f = "008 0 * *"'), "008 has neither", "* * *", "008 * * *"),
  mistake(title('f = "LDR * * a"'), "the leader has neither", "* * *", "LDR * * *"),
  mistake(title('f = "008/37-35 * * *"'), "ends before", "008/35-37", "008/35-37"),
  mistake(title('f = "008/40 * * *"'), "ends at position 39", "LDR/6", "0 to 39"),
  mistake(title('f = "LDR/x * * *"'), "not a range of character positions", "LDR/6", "0 to 23"),
  mistake(title('f = "245/3 * * a"'), "not a fixed field", "00X", "245 without"),
  mistake(title('f = "245 * * a"\nf = "246 * * a"'), "main.conf:4", "once", "another name"),
];

const filter = (text: string) => `[Filter]\n${text}`;

const TRANSFORMS: Mistake[] = [
  mistake(
    title('f = "245 * * a /x/y/e"'),
    "at character 6 of the fifth part (e)",
    "g, i",
    "what the code makes",
  ),
  mistake(title('f = "245 * * a /x y/z/"'), "at character 3", "blank", "backslash"),
  mistake(title('f = "245 * * a /x/y/ /z/"'), "at character 7", "comma", "comma"),
  mistake(title('f = "245 * * a /x/y"'), "at character 5", "/pattern/replacement/flags", "close"),
  mistake(title('f = "245 * * a /x/y/,/[/y/"'), "at character 8", "[abc]", "class"),
  mistake(title('f = "245 * * a /@x/y/"'), "a variable", "none in the pattern", "\\@"),
  mistake(filter('include_if = "245 * * a /x/y/"'), "at character 4", "filter", "no replacement"),
  mistake(filter('exclude_if = "245 * * a x"'), "at character 1", "punctuation", "/"),
  mistake(filter('include_if = "245 * *"'), "SUBFIELDS is missing", "TAG IND1", "245 * * a"),
];

const MISTAKES = [...LANGUAGE, ...EVIDENCE, ...NAMES, ...VALUES, ...SEARCH_FIELDS, ...TRANSFORMS];

describe("configuration mistakes", () => {
  it.each(MISTAKES)("$text", ({ text, line, problem, allowed, advice }) => {
    const problems = problemsOf(withSource(text));
    expect(problems).toHaveLength(1);
    expect(problems[0].place).toBe(`main.conf:${line}`);
    expect(problems[0].advice).not.toBe("");
    expect(problems[0].found).toBe(text.split("\n").at(-1));
    expect(problems[0].problem).toContain(problem);
    expect(problems[0].allowed).toContain(allowed);
    expect(problems[0].advice).toContain(advice);
  });

  it("are told apart by their problem or what is allowed", () => {
    const said = MISTAKES.map(({ text }) => {
      const [problem] = problemsOf(withSource(text));
      return `${problem.found}|${problem.problem}|${problem.advice}`;
    });
    expect(new Set(said).size).toBe(MISTAKES.length);
  });

  it("says that foreign_source must be stated, at the section if there is one", () => {
    const [problem] = problemsOf("\n[Settings]\nremote_user = x\n");
    expect(problem).toMatchObject({ place: "main.conf:2", found: "[Settings]" });
    expect(problem.advice).toContain("foreign_source = ");
    expect(problemsOf("[Logging]\n")[0].place).toBe("main.conf:1");
  });

  it("does not call a key missing whose line is faulty", () => {
    const problems = problemsOf("[Settings]\nforeign_source =\n");
    expect(problems.map(({ place }) => place)).toEqual(["main.conf:2"]);
  });

  it("refuses keys before the first section", () => {
    expect(problemsOf(`verbosity = 3\n${withSource("")}`)[0]).toMatchObject({
      place: "main.conf:1",
      found: "verbosity = 3",
    });
  });

  it("locates mistakes of a translation map in its own file", () => {
    const problems = problemsOf({
      "main.conf": withSource("[title]\ntranslation_map = m"),
      m: 'a = A\na = B\n[x]\nb\nc = "d" e\n',
    });
    expect(problems.map(({ place }) => place)).toEqual(["m:2", "m:3", "m:4", "m:5"]);
    expect(problems[0].problem).toContain("line 1");
  });

  it("are all in one report, however many", () => {
    const text = MISTAKES.filter(({ text: one }) => !/^(\[|include|skip_older =)/.test(one))
      .map(({ text: one }) => one)
      .join("\n");
    const count = problemsOf(withSource(text)).length;
    expect(count).toBeGreaterThan(20);
  });
});

describe("the report", () => {
  const problem = {
    at: { file: "/etc/ivia/a.conf", line: 3 },
    found: "a = \u001b[31mb",
    problem: "wrong",
    allowed: "right",
    advice: "mend it",
  };

  it("is one block a problem, with file:line in front and nothing of the program in it", () => {
    const errors = new ConfigErrors([problem, { ...problem, at: null, found: "" }]);
    expect(formatProblems(errors, "/etc")).toBe(
      [
        "ivia/a.conf:3: wrong",
        "  found:   a = \\x1b[31mb",
        "  allowed: right",
        "  to do:   mend it",
        "",
        "command line: wrong",
        "  allowed: right",
        "  to do:   mend it",
      ].join("\n"),
    );
  });

  it("names files elsewhere by their whole path", () => {
    expect(formatProblems(new ConfigErrors([problem]), "/home")).toMatch(
      /^\/etc\/ivia\/a\.conf:3: /,
    );
  });
});
