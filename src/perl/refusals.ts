// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Perl's notation.
/**
 * What is refused of a substitution, by name: the mistakes that Perl refuses too, and what Perl
 * accepts but this program cannot do, or not with the very same meaning.
 */

/** One reason for a refusal. `mistake`: Perl does not take it either, or it breaks the notation. */
export interface Refusal {
  readonly kind: "mistake" | "unsupported";
  /** What is refused, as a noun phrase. */
  readonly what: string;
  /** A substitution that is refused for this reason. */
  readonly example: string;
  /** What is allowed in its place. */
  readonly allowed: string;
  /** What to do. */
  readonly advice: string;
}

const mistake = (what: string, example: string, allowed: string, advice: string): Refusal => ({
  kind: "mistake",
  what,
  example,
  allowed,
  advice,
});
const unsupported = (what: string, example: string, allowed: string, advice: string): Refusal => ({
  kind: "unsupported",
  what,
  example,
  allowed,
  advice,
});

/** Every reason for which a substitution or a pattern is refused. */
export const REFUSALS = {
  missing: mistake(
    "nothing where a substitution should stand",
    "/a/b/,",
    "/pattern/replacement/flags",
    "write a substitution there, or take the comma away",
  ),
  delimiter: mistake(
    "a delimiter that is not punctuation",
    "sXaXbX",
    "ASCII punctuation other than a comma and a backslash",
    "use /, as in /pattern/replacement/",
  ),
  unterminated: mistake(
    "a part without its closing delimiter",
    "/a/b",
    "/pattern/replacement/flags",
    "close the part with its delimiter, and write \\ before a delimiter that is meant as text",
  ),
  blank: mistake(
    "a blank that is not protected",
    "/a b/c/",
    "a blank written as \\ and a blank",
    "write a backslash before the blank",
  ),
  separator: mistake(
    "something other than a comma after a substitution",
    "/a/b//c/d/",
    "a comma, or the end",
    "separate substitutions with a comma, and write \\ before a delimiter that is meant as text",
  ),
  flag: mistake(
    "a flag that is not known here",
    "/a/b/e",
    "g, i, m, s, x (a filter's pattern takes i, m, s, x)",
    "leave the flag out",
  ),
  "empty-pattern": mistake(
    "an empty pattern (to Perl it is the last pattern that matched)",
    "//b/",
    "a pattern of at least one character",
    "write what is to be found",
  ),
  parenthesis: mistake(
    "a parenthesis without its partner",
    "/(a/b/",
    "balanced parentheses",
    "close it, or write \\( or \\) for the character",
  ),
  "nothing-to-repeat": mistake(
    "a quantifier with nothing before it to repeat",
    "/*a/b/",
    "a quantifier after a character, a class or a group",
    "write a backslash before it if it is meant as text",
  ),
  "nested-quantifier": mistake(
    "a quantifier after a quantifier",
    "/a**/b/",
    "one quantifier, and after it ? (lazy) or + (possessive)",
    "put what is repeated into (?:...)",
  ),
  "quantifier-range": mistake(
    "a quantifier that can never be met, or asks for nothing",
    "/a{3,2}/b/",
    "{n}, {n,}, {n,m}, {,m} with n <= m, and m from 1 to 65534",
    "correct the numbers",
  ),
  class: mistake(
    "a character class that is not well formed, or has nothing in it",
    "/[z-a]/b/",
    "[abc], [a-z], [^abc], [[:alpha:]]",
    "correct the class; write \\[ for the character",
  ),
  escape: mistake(
    "an escape that is not complete",
    "/\\x{zz}/b/",
    "\\x41, \\x{263A}, \\o{101}, \\N{U+263A}, \\cA",
    "complete the escape",
  ),
  "unknown-escape": mistake(
    "a backslash before a letter or digit that has no meaning",
    "/\\y/b/",
    "the escapes that docs/substitutions.md lists",
    "leave the backslash out if the character itself is meant",
  ),
  "group-syntax": mistake(
    "an unknown kind of group",
    "/(?<1>a)/b/",
    "(...), (?:...), (?<name>...), (?i:...), (?=...), (?!...), (?<=...), (?<!...), (?>...), (?#...)",
    "write \\( for the character",
  ),
  "no-such-group": mistake(
    "a group that the pattern does not have, or not yet",
    "/(a)/$2/",
    "the numbers and names of the pattern's groups",
    "count the opening parentheses of the capturing groups",
  ),
  brace: mistake(
    "a brace that Perl cannot place",
    "/\\w{x/b/",
    "a quantifier, or \\{ for the character",
    "write \\{ for the character",
  ),
  "lookbehind-length": mistake(
    "a lookbehind that may look back over more than 255 characters",
    "/(?<=a*)b/c/",
    "at most 255 characters",
    "bound the repetition, as in {0,20}, or use \\K",
  ),
  "keep-in-lookaround": mistake(
    "\\K within a lookaround",
    "/(?=a\\K)b/c/",
    "\\K outside of every group",
    "take \\K out of the lookaround",
  ),
  variable: unsupported(
    "a variable",
    "/$name/b/",
    "$1, ${1}, $+{name}, ${name}, $& in the replacement; none in the pattern",
    "write \\$ or \\@ for the character",
  ),
  subscript: unsupported(
    "an element of an array or a hash",
    "/(a)/$1[0]/",
    "$1, ${1}, $+{name}, ${name}, $&",
    "write a backslash before the bracket if it is meant as text",
  ),
  octal: unsupported(
    "a number after a backslash that may be a group or a character",
    "/a\\12/b/",
    "\\1 to \\9 for groups (more when the pattern has them), \\0 to \\077 for characters",
    "write ${12} or \\g{12} for a group, \\x{...} for a character",
  ),
  "inline-flag": unsupported(
    "an inline flag other than i, m, s, x",
    "/(?a)\\w/b/",
    "(?i), (?-i), (?i:...), (?^...), with the flags i, m, s, x",
    "leave the flag out",
  ),
  code: unsupported(
    "Perl code within a pattern",
    "/(?{1})a/b/",
    "patterns without code",
    "do without it",
  ),
  recursion: unsupported(
    "a pattern that calls itself or another group",
    "/(a(?1)?b)/c/",
    "groups that are written out",
    "write the group out as often as it may be nested",
  ),
  conditional: unsupported(
    "a condition within a pattern",
    "/(a)?(?(1)b|c)/d/",
    "alternatives with lookarounds",
    "write the two cases as alternatives",
  ),
  "branch-reset": unsupported(
    "a branch reset",
    "/(?|(a)|(b))/$1/",
    "(?:(a)|(b)), of which the replacement takes $1$2",
    "number the groups apart and write $1$2",
  ),
  verb: unsupported(
    "a backtracking verb or an alphabetic assertion",
    "/a(*SKIP)b/c/",
    "(?=...), (?!...), (?<=...), (?<!...), (?>...)",
    "use the sign form, such as (?=...)",
  ),
  "set-operation": unsupported(
    "a set operation on classes",
    "/(?[ \\w - \\d ])/b/",
    "bracketed classes and lookaheads",
    "write a lookahead, as in (?!\\d)\\w",
  ),
  "named-character": unsupported(
    "a character by its name",
    "/\\N{DIGIT ONE}/b/",
    "the character itself, or \\N{U+31}",
    "write the character itself",
  ),
  grapheme: unsupported(
    "\\X, an extended grapheme cluster",
    "/\\X/b/",
    "\\P{M}\\p{M}*",
    "write \\P{M}\\p{M}* for a letter with its marks",
  ),
  boundary: unsupported(
    "a boundary of another kind than \\b and \\B",
    "/\\b{wb}a/b/",
    "\\b and \\B",
    "write \\b, or a lookaround",
  ),
  property: unsupported(
    "a property that is not known here",
    "/\\p{Age=5.0}/b/",
    "general categories, scripts, blocks, POSIX classes and the common yes/no properties",
    "write the characters as a class",
  ),
  position: unsupported(
    "\\G elsewhere than at the start of the pattern",
    "/a\\Gb/c/",
    "\\G as the first thing of the pattern",
    "use ^ or a lookbehind",
  ),
  "keep-in-group": unsupported(
    "\\K within a group, or twice",
    "/(?:a\\K)b/c/",
    "one \\K outside of every group",
    "take \\K out of the group",
  ),
  "case-escape": unsupported(
    "\\Q or \\F in a replacement, or \\U, \\L, \\F, \\u, \\l in a pattern",
    "/\\Uabc/b/",
    "\\Q...\\E in a pattern; \\U, \\L, \\u, \\l, \\E in a replacement",
    "write the text as it is meant",
  ),
  "quoted-backslash": unsupported(
    "a backslash between \\Q and \\E",
    "/\\Qa\\.b\\E/c/",
    "text without backslashes between \\Q and \\E",
    "close with \\E before it",
  ),
  "case-nesting": unsupported(
    "a case escape with nothing to work on",
    "/a/x\\u\\L/",
    "\\u, \\l, \\U and \\L before text or a group",
    "leave it out",
  ),
  backreference: unsupported(
    "a backreference to a group that may not have matched when it is met",
    "/(a)?b\\1/c/",
    "a backreference behind its group, where the group has always matched",
    "make the group match always, as in (a?)",
  ),
  "backreference-case": unsupported(
    "a backreference where case does not count",
    "/(\\w)\\1/b/i",
    "backreferences where case counts",
    "write the letters as classes, as in [Aa], and leave i out",
  ),
  "repeated-group": unsupported(
    "a group used by number or name, in a repeated part that may pass it by",
    "/(?:(a)|b)+/$1/",
    "a group that every repetition fills",
    "put the parentheses around the whole repeated part",
  ),
  "empty-repetition": unsupported(
    "the repetition of a part that is nothing, or would rather match nothing",
    "/(?:a??)*b/c/",
    "repeated parts that match nothing only as a last resort",
    "repeat something that is never empty",
  ),
  "lookbehind-part": unsupported(
    "a backreference, \\R, a possessive or atomic part, or a group that is used, within a lookbehind",
    "/(?<=(a))b/$1/",
    "characters, classes, alternatives, greedy and lazy quantifiers, assertions",
    "use \\K, or capture the text before the match and put it back",
  ),
  "empty-lookahead": unsupported(
    "a lookahead for something that may be nothing (Perl 5.36 goes wrong behind it)",
    "/(?=a*)b/c/",
    "lookaheads that take at least one character, or whose alternatives say what else may follow",
    "leave the lookahead out, since it always holds",
  ),
  "fold-run": unsupported(
    "a long run of letters that have ligatures, where case does not count",
    "/ssssssssssssssss/b/i",
    "up to 12 such letters in a row (as the s of ß)",
    "leave i out, or write the run as a quantifier, as in s{16}",
  ),
} as const satisfies Record<string, Refusal>;

/** The name of a reason. */
export type RefusalName = keyof typeof REFUSALS;
