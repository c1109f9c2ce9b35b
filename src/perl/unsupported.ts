// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Perl's notation.
import type { Refusal } from "./mistakes.js";

const refusal = (what: string, example: string, allowed: string, advice: string): Refusal => ({
  kind: "unsupported",
  what,
  example,
  allowed,
  advice,
});

/** What Perl takes and this program does not, or what Perl 5.36 itself gets wrong. */
export const UNSUPPORTED = {
  "code-flag": refusal(
    "the flag e, for a replacement that is Perl code",
    "/a+/uc($&)/e",
    "replacements of text, groups and \\U, \\L, \\u, \\l, \\E, with the flags g, i, m, s, x",
    "write what the code makes of the match, as in /a+/\\U$&/ for uc($&); what it computes cannot be had",
  ),
  "meaning-flag": refusal(
    "a flag that changes what the pattern means",
    "/\\w/b/a",
    "g, i, m, s, x",
    "write in the pattern what the flag says: for a, classes such as [A-Za-z0-9_] in place of \\w; for n, (?:...) in place of (...)",
  ),
  variable: refusal(
    "a variable",
    "/$name/b/",
    "$1, ${1}, $+{name}, ${name}, $& in the replacement; none in the pattern",
    "write \\$ or \\@ for the character",
  ),
  subscript: refusal(
    "an element of an array or a hash",
    "/(a)/$1[0]/",
    "$1, ${1}, $+{name}, ${name}, $&",
    "write a backslash before the bracket if it is meant as text",
  ),
  octal: refusal(
    "a number after a backslash that may be a group or a character",
    "/a\\12/b/",
    "\\1 to \\9 for groups (more when the pattern has them), \\0 to \\077 for characters",
    "write ${12} or \\g{12} for a group, \\x{...} for a character",
  ),
  "inline-flag": refusal(
    "an inline flag other than i, m, s, x",
    "/(?a)\\w/b/",
    "(?i), (?-i), (?i:...), (?^...), with the flags i, m, s, x",
    "write in the pattern what the flag says: for a, classes such as [A-Za-z0-9_] in place of \\w; for n, (?:...) in place of (...)",
  ),
  code: refusal(
    "Perl code within a pattern",
    "/(?{1})a/b/",
    "patterns without code",
    "do without it",
  ),
  recursion: refusal(
    "a pattern that calls itself or another group",
    "/(a(?1)?b)/c/",
    "groups that are written out",
    "write the group out as often as it may be nested",
  ),
  conditional: refusal(
    "a condition within a pattern",
    "/(a)?(?(1)b|c)/d/",
    "alternatives with lookarounds",
    "write the two cases as alternatives",
  ),
  "branch-reset": refusal(
    "a branch reset",
    "/(?|(a)|(b))/$1/",
    "(?:(a)|(b)), of which the replacement takes $1$2",
    "number the groups apart and write $1$2",
  ),
  verb: refusal(
    "a backtracking verb or an alphabetic assertion",
    "/a(*SKIP)b/c/",
    "(?=...), (?!...), (?<=...), (?<!...), (?>...)",
    "write an assertion in its sign form, such as (?=...), and (?!) for (*FAIL); do without the other verbs",
  ),
  "set-operation": refusal(
    "a set operation on classes",
    "/(?[\\w-\\d])/b/",
    "bracketed classes and lookaheads",
    "write a lookahead, as in (?!\\d)\\w",
  ),
  "named-character": refusal(
    "a character by its name",
    "/\\N{HYPHEN}/b/",
    "the character itself, or \\N{U+2010}",
    "write the character itself",
  ),
  grapheme: refusal(
    "\\X, an extended grapheme cluster",
    "/\\X/b/",
    "\\P{M}\\p{M}*",
    "write \\P{M}\\p{M}* for a letter with its marks",
  ),
  boundary: refusal(
    "a boundary of another kind than \\b and \\B",
    "/\\b{wb}a/b/",
    "\\b and \\B",
    "write lookarounds that say what must stand on either side; \\b is another boundary",
  ),
  property: refusal(
    "a property that is not known here",
    "/\\p{Age=5.0}/b/",
    "general categories, scripts, blocks, POSIX classes and the common yes/no properties",
    "write the characters as a class",
  ),
  position: refusal(
    "\\G elsewhere than at the start of the pattern",
    "/a\\Gb/c/",
    "\\G as the first thing of the pattern",
    "use ^ or a lookbehind",
  ),
  "keep-in-group": refusal(
    "\\K within a group",
    "/(?:a\\K)b/c/",
    "\\K outside of every group",
    "take \\K out of the group",
  ),
  "case-escape": refusal(
    "\\Q or \\F in a replacement, or \\U, \\L, \\F, \\u, \\l in a pattern",
    "/\\Uabc/b/",
    "\\Q...\\E in a pattern; \\U, \\L, \\u, \\l, \\E in a replacement",
    "write the text as it is meant",
  ),
  "quoted-backslash": refusal(
    "a backslash between \\Q and \\E",
    "/\\Qa\\.b\\E/c/",
    "text without backslashes between \\Q and \\E",
    "close with \\E before it",
  ),
  "case-nesting": refusal(
    "a case escape with nothing to work on",
    "/a/x\\u\\L/",
    "\\u, \\l, \\U and \\L before text or a group",
    "leave it out",
  ),
  backreference: refusal(
    "a backreference to a group that may not have matched when it is met",
    "/(a)?b\\1/c/",
    "a backreference behind its group, where the group has always matched",
    "let the group match always, as in (a)b\\1: to Perl a reference to a group without a match fails",
  ),
  "backreference-case": refusal(
    "a backreference where case does not count",
    "/(\\w)\\1/b/i",
    "backreferences where case counts",
    "write what may be repeated as alternatives, each written out, and leave the reference away",
  ),
  "repeated-group": refusal(
    "a group used by number or name, in a repeated part that may pass it by",
    "/(?:(a)|b)+/$1/",
    "a group that every repetition fills",
    "write the pattern so that the group is met once: (?:a|b)*(a)b*|b+ takes the last a, as (?:(a)|b)+ does",
  ),
  "empty-repetition": refusal(
    "the repetition of a part that is nothing, or would rather match nothing",
    "/(?:a??)*b/c/",
    "repeated parts that match nothing only as a last resort",
    "repeat something that is never empty",
  ),
  "lookbehind-part": refusal(
    "a backreference, \\R, a possessive or atomic part, or a group that is used, within a lookbehind",
    "/(?<=(a))b/$1/",
    "characters, classes, alternatives, greedy and lazy quantifiers, assertions",
    "use \\K, or capture the text before the match and put it back",
  ),
  "line-break-repetition": refusal(
    "\\R repeated, with more of the pattern behind it (Perl 5.36 may split a line break there)",
    "/\\R+a/b/",
    "\\R, \\R++, and \\R+ or \\R* at the end of the pattern",
    "write \\R++, or \\v+",
  ),
  "empty-lookahead": refusal(
    "a lookahead for something that may be nothing (Perl 5.36 goes wrong behind it)",
    "/(?=a*\\b)./c/",
    "lookaheads that take at least one character or ask for the end, as in (?=a*$)",
    "write (?!(?!...)) in place of (?=...): it says the same",
  ),
  "fold-run": refusal(
    "a long run of letters that have ligatures, where case does not count",
    "/ssssssssssssssss/b/i",
    "up to 12 such letters in a row (as the s of ß)",
    "write the run as a quantifier, as in s{16}",
  ),
} as const satisfies Record<string, Refusal>;
