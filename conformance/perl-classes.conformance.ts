/** Every class, property and case mapping that substitutions know, over all of Unicode, beside perl's own. */

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { letterClass } from "../src/perl/character-classes.js";
import { CodePointSet } from "../src/perl/code-point-set.js";
import { parseSubstitutions } from "../src/perl/substitutions.js";
import { BLOCKS, SCRIPTS } from "../src/perl/unicode-data.js";
import { PROPERTY_NAMES, unicodeProperty } from "../src/perl/unicode-properties.js";
import { askPerl } from "../test/perl/oracle.js";

const SURROGATES = CodePointSet.of([0xd800, 0xdfff]);

const CATEGORIES =
  "L Lu Ll Lt LC L& L_ Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cn gc=Lu Uppercase_Letter IsLu";
const CASELESS = "Lu Ll Lt Upper Lower Title PosixUpper XPosixLower Cased".split(" ");

/** Reads classes line by line and answers the first and last code point of each stretch in them. */
const STRETCHES = `
use v5.36; no warnings;
my $all = join '', map chr, 0 .. 0xD7FF, 0xE000 .. 0x10FFFF;
while (my $class = <STDIN>) {
    chomp $class;
    my @ends;
    while ($all =~ /(?:$class)+/g) { push @ends, ord(substr $all, $-[0], 1), ord(substr $all, $+[0] - 1, 1) }
    say join ',', @ends;
}`;

function perlClasses(classes: readonly string[]): CodePointSet[] {
  const options = {
    input: `${classes.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  } as const;
  const lines = execFileSync("perl", ["-e", STRETCHES], options).trimEnd().split("\n");
  return lines.map((line) => CodePointSet.of(line === "" ? [] : line.split(",").map(Number)));
}

function differing(ours: readonly (readonly [string, CodePointSet | null])[]): string[] {
  const perls = perlClasses(ours.map(([source]) => source));
  return ours
    .filter(([, set], at) => !set?.minus(SURROGATES).equals(perls[at]?.minus(SURROGATES) ?? set))
    .map(([source]) => source);
}

function allCharacters(): string {
  let all = "";
  for (let code = 0; code <= 0x10ffff; code += 1)
    if (!SURROGATES.has(code)) all += String.fromCodePoint(code);
  return all;
}

describe("perl's classes", () => {
  it("are the same by one letter", () => {
    expect(differing([..."wdshvWDSHVN"].map((one) => [`\\${one}`, letterClass(one)]))).toEqual([]);
  });

  it("are the same by property", () => {
    const scripts = SCRIPTS.split(" ").flatMap((entry) => {
      const [short, long] = entry.split(":");
      return [`sc=${short}`, `${long}`];
    });
    const blocks = BLOCKS.split(" ").map((entry) => `Blk=${entry.split(/[|:]/)[0]}`);
    const names = [
      ...PROPERTY_NAMES,
      ...CATEGORIES.split(" "),
      ...scripts,
      ...blocks,
      "InCyrillic",
    ];
    const sets = names.map((name) => [`\\p{${name}}`, unicodeProperty(name, false)] as const);
    expect(differing(sets)).toEqual([]);
  });

  it("are the same where case does not count", () => {
    const sets = CASELESS.map((name) => [`(?i)\\p{${name}}`, unicodeProperty(name, true)] as const);
    expect(differing(sets)).toEqual([]);
  });
});

describe("perl's cases", () => {
  it.each(["U", "L", "u", "l"])("are the same for every character with \\%s", (operator) => {
    const text = `/([\\d\\D])/\\${operator}$1/g`;
    const input = allCharacters();
    const [perl] = askPerl([{ operator: "s", text, input }]);
    expect(parseSubstitutions(text)[0]?.apply(input) === perl).toBe(true);
  });

  it("fold in the same way for every character", () => {
    const [upper, lower] = ["u", "l"].map((one) => parseSubstitutions(`/(\\w)/\\${one}$1/g`)[0]);
    const cased = [...allCharacters()].filter(
      (one) => upper?.apply(one) !== one || lower?.apply(one) !== one,
    );
    const input = cased.flatMap((one) => [one, " ", one.toUpperCase().toLowerCase(), " "]).join("");
    const cases = cased.map((one) => ({ operator: "s" as const, text: `/${one}/./gi`, input }));
    const perls = askPerl(cases);
    const wrong = cases.filter(
      ({ text }, at) => parseSubstitutions(text)[0]?.apply(input) !== perls[at],
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });
});
