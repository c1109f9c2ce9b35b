/** Translation maps: files that say what stands for each code. */

import type { Location } from "./problems.js";
import { type ConfigProblem, ValueError } from "./problems.js";
import { logicalLines, readConfigText } from "./source.js";
import { parseStatement } from "./statements.js";

/** A map, or what is wrong with its file. */
interface TranslationMapResult {
  readonly map: Readonly<Record<string, string>>;
  readonly problems: readonly ConfigProblem[];
}

const FORM = "code = label, or code, tab, label";

/**
 * Reads a translation map: on each line `code = label` in the configuration language, or a code,
 * a tab and a label as they stand; empty lines and comments between.
 *
 * @param file absolute path
 * @throws ValueError if the file cannot be read
 */
export function readTranslationMap(file: string): TranslationMapResult {
  const map: Record<string, string> = Object.create(null);
  const places = new Map<string, number>();
  const problems: ConfigProblem[] = [];
  for (const { text, line } of logicalLines(readConfigText(file))) {
    const at: Location = { file, line };
    try {
      // In NFC, as the values are that it is asked for.
      const pair = mapLine(text.normalize("NFC"));
      if (pair !== null) {
        checkNew(pair[0], places.get(pair[0]));
        places.set(pair[0], line);
        map[pair[0]] = pair[1];
      }
    } catch (error) {
      if (!(error instanceof ValueError)) {
        throw error;
      }
      const { problem, allowed, advice } = error;
      problems.push({ at, found: text, problem, allowed, advice });
    }
  }
  return { map, problems };
}

function mapLine(text: string): readonly [code: string, label: string] | null {
  const tab = text.indexOf("\t");
  const equals = text.indexOf("=");
  if (tab > 0 && (equals < 0 || tab < equals) && !/^[#;"]|^[^\t]*\t[ \t]*=/.test(text)) {
    return [text.slice(0, tab).trim(), text.slice(tab + 1).trim()];
  }
  const statement = parseStatement(text);
  if (statement === null) {
    return null;
  }
  if (statement.kind !== "entry" || statement.value === null || statement.override) {
    throw new ValueError("not a line of a translation map", FORM, 'write code = "label"');
  }
  return [statement.key, statement.value];
}

function checkNew(code: string, before: number | undefined): void {
  if (before !== undefined) {
    throw new ValueError(
      `the code ${code} has a label already, in line ${before}`,
      "each code once",
      "delete one of the two lines",
    );
  }
}
