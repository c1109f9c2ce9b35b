/** Perl itself, as the judge of what a substitution means. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const driver = fileURLToPath(new URL("oracle.pl", import.meta.url));

/** A substitution (`s`) or a match (`m`) as a SearchField has it, and the text it is put to. */
export interface OracleCase {
  readonly operator: "s" | "m";
  readonly text: string;
  readonly input: string;
}

/** Asks perl for the results, in order; null where perl refuses the text. */
export function askPerl(cases: readonly OracleCase[]): (string | null)[] {
  const version = execFileSync("perl", ["-e", "print $]"], { encoding: "utf8" });
  if (!(Number(version) >= 5.036)) {
    throw new Error(
      `These tests need perl 5.36 or later in the PATH to compare with; this is perl ${version}.`,
    );
  }
  const input = JSON.stringify(
    cases.map(({ operator, text, input }) => [operator, asPerl(operator, text), input]),
  );
  const output = execFileSync("perl", [driver], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return JSON.parse(output) as (string | null)[];
}

/** Puts the operator in front where it is left out, and writes `${name}` as Perl has it. */
function asPerl(operator: string, text: string): string {
  const bare = new RegExp(`^${operator}[^\\w\\s]`).test(text) ? text.slice(1) : text;
  const named = bare.replace(/(?<!\\)\$\{([A-Za-z]\w*)\}/g, "$+{$1}");
  return `${operator}${bare.startsWith("_") ? " " : ""}${named}`;
}
