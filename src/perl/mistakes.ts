// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Perl's notation.
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

const refusal = (what: string, example: string, allowed: string, advice: string): Refusal => ({
  kind: "mistake",
  what,
  example,
  allowed,
  advice,
});

/** What Perl refuses as well, or what breaks the notation of a SearchField. */
export const MISTAKES = {
  transliteration: refusal(
    "a transliteration",
    "tr/a-z/A-Z/",
    "substitutions, /pattern/replacement/flags",
    "write a substitution for each character, as in /ä/ae/g,/ö/oe/g, or for letter case /(.+)/\\U$1/s",
  ),
  missing: refusal(
    "nothing where a substitution should stand",
    "/a/b/,",
    "/pattern/replacement/flags",
    "write a substitution there, or take the comma away",
  ),
  delimiter: refusal(
    "a delimiter that is not punctuation",
    "sXaXbX",
    "ASCII punctuation other than a comma and a backslash",
    "use /, as in /pattern/replacement/",
  ),
  unterminated: refusal(
    "a part without its closing delimiter",
    "/a/b",
    "/pattern/replacement/flags",
    "close the part with its delimiter, and write \\ before a delimiter that is meant as text",
  ),
  blank: refusal(
    "a blank that is not protected",
    "/a b/c/",
    "a blank written as \\ and a blank",
    "write a backslash before the blank",
  ),
  separator: refusal(
    "something other than a comma after a substitution",
    "/a/b//c/d/",
    "a comma, or the end",
    "separate substitutions with a comma, and write \\ before a delimiter that is meant as text",
  ),
  flag: refusal(
    "a flag that is not known here",
    "/a/b/q",
    "g, i, m, s, x (a filter's pattern takes i, m, s, x)",
    "leave the letter out; a filter has no replacement, and between substitutions stands a comma",
  ),
  "empty-pattern": refusal(
    "an empty pattern (to Perl it is the last pattern that matched)",
    "//b/",
    "a pattern of at least one character",
    "write what is to be found",
  ),
  parenthesis: refusal(
    "a parenthesis without its partner",
    "/(a/b/",
    "balanced parentheses",
    "close it, or write \\( or \\) for the character",
  ),
  "nothing-to-repeat": refusal(
    "a quantifier with nothing before it to repeat",
    "/*a/b/",
    "a quantifier after a character, a class or a group",
    "write a backslash before it if it is meant as text",
  ),
  "nested-quantifier": refusal(
    "a quantifier after a quantifier",
    "/a**/b/",
    "one quantifier, and after it ? (lazy) or + (possessive)",
    "put what is repeated into (?:...)",
  ),
  "quantifier-range": refusal(
    "a quantifier that can never be met, or asks for nothing",
    "/a{3,2}/b/",
    "{n}, {n,}, {n,m}, {,m} with n <= m, and m from 1 to 65534",
    "correct the numbers",
  ),
  class: refusal(
    "a character class that is not well formed, or has nothing in it",
    "/[z-a]/b/",
    "[abc], [a-z], [^abc], [[:alpha:]]",
    "correct the class; write \\[ for the character",
  ),
  escape: refusal(
    "an escape that is not complete",
    "/\\x{zz}/b/",
    "\\x41, \\x{263A}, \\o{101}, \\N{U+263A}, \\cA",
    "complete the escape",
  ),
  "unknown-escape": refusal(
    "a backslash before a letter or digit that has no meaning",
    "/\\y/b/",
    "the escapes that docs/substitutions.md lists",
    "leave the backslash out if the character itself is meant",
  ),
  "group-syntax": refusal(
    "an unknown kind of group",
    "/(?<1>a)/b/",
    "(...), (?:...), (?<name>...), (?i:...), (?=...), (?!...), (?<=...), (?<!...), (?>...), (?#...)",
    "write \\( for the character",
  ),
  "no-such-group": refusal(
    "a group that the pattern does not have, or not yet",
    "/(a)/$2/",
    "the numbers and names of the pattern's groups",
    "count the opening parentheses of the capturing groups",
  ),
  brace: refusal(
    "a brace that Perl cannot place",
    "/\\w{x/b/",
    "a quantifier, or \\{ for the character",
    "write \\{ for the character",
  ),
  "lookbehind-length": refusal(
    "a lookbehind that may look back over more than 255 characters",
    "/(?<=a*)b/c/",
    "at most 255 characters",
    "bound the repetition, as in {0,20}, or use \\K",
  ),
  "keep-in-lookaround": refusal(
    "\\K within a lookaround",
    "/(?=a\\K)b/c/",
    "\\K outside of every group",
    "take \\K out of the lookaround",
  ),
} as const satisfies Record<string, Refusal>;
