/** The shipped files of rules, and what is left of one when the rules that a file has no use for are out. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RuleFinding } from "../report/rule-finding.js";

/** Absolute path of a shipped file of configuration. */
export function shipped(name: string): string {
  return fileURLToPath(new URL(`../../etc/${name}`, import.meta.url));
}

const SECTION = /^\s*\[([^\]]+)\]/;
const REMARK = /^\s*(?:[#;]|$)/;
/** Keys of a section that are no rules; a section of nothing else has no use. */
const OPTION =
  /^\s*(?:override\s+)?(?:initial_\w+|fallback_\w+|field_join|subfield_join|trim_punctuation|skip_nonfiling|first_only|unique|linked_fields|translation_map|method|clean_up)\s*(?:=|$)/;

/** A file of rules that is being cut to what is of use. */
export class RuleFile {
  /** Null for a line that was taken out: the others keep their numbers. */
  private readonly lines: (string | null)[];
  isWhole = true;

  constructor(
    readonly name: string,
    text: string,
  ) {
    this.lines = text.split("\n");
  }

  /** A shipped file; its maps are named by their absolute paths. */
  static shipped(name: string, from = name): RuleFile {
    const text = readFileSync(shipped(from), "utf8");
    return new RuleFile(
      name,
      text.replace(
        /^(\s*translation_map\s*=\s*)(maps\/\S+)/gm,
        (_, key, map) => key + shipped(map),
      ),
    );
  }

  get text(): string {
    return this.lines.map((line) => line ?? "").join("\n");
  }

  /** Takes out what a finding names: a rule, a substitution, or a section. */
  take({ kind, at, step }: RuleFinding): void {
    const index = (at?.line ?? 0) - 1;
    const line = this.lines[index];
    if (line === null || line === undefined) return;
    this.isWhole = false;
    if (kind === "field-always-empty") this.takeSection(index);
    else if (step !== undefined) this.lines[index] = withoutStep(line, step);
    else this.lines[index] = null;
  }

  private takeSection(start: number): void {
    let end = start + 1;
    while (end < this.lines.length && !SECTION.test(this.lines[end] ?? "")) end++;
    this.lines.fill(null, start, end);
  }

  /** What is left, without remarks on what is gone, and without sections that have no rule any more. */
  get rest(): string {
    const blocks: string[][] = [];
    let remarks: string[] = [];
    for (const line of this.lines) {
      if (line === null) remarks = [];
      else if (REMARK.test(line)) remarks = line.trim() === "" ? [] : [...remarks, line];
      else {
        if (SECTION.test(line)) blocks.push([]);
        blocks.at(-1)?.push(...(SECTION.test(line) ? [] : remarks), line);
        remarks = [];
      }
    }
    const hasRules = (block: readonly string[]) =>
      block.slice(1).some((line) => !REMARK.test(line) && !OPTION.test(line));
    // A method of one's own has use as long as its section has.
    const hasMethod = (block: readonly string[]) => {
      const method = /^\s*method\s*=\s*(\w+)/m.exec(block.join("\n"))?.[1];
      if (method === undefined) return false;
      const own = blocks.find(([head]) => head.includes(`[description.${method}]`));
      return own === undefined ? method === "standard" : hasRules(own);
    };
    const hasText = (block: readonly string[]) =>
      /^\s*initial_\w+\s*=\s*"[^"]/m.test(block.join("\n"));
    const hasUse = (block: readonly string[]) =>
      hasRules(block) || hasText(block) || hasMethod(block);
    return blocks
      .filter(hasUse)
      .map((block) => `${block.join("\n")}\n`)
      .join("\n");
  }
}

/** A rule without one of its substitutions. */
function withoutStep(line: string, step: string): string {
  const at = line.indexOf(step);
  if (at < 0) return line;
  const before = line.slice(0, at);
  const after = line.slice(at + step.length);
  if (before.endsWith(" ") && /^"?\s*(?:#.*)?$/.test(after)) return before.trimEnd() + after;
  if (before.endsWith(",")) return before.slice(0, -1) + after;
  return before + (after.startsWith(",") ? after.slice(1) : after);
}
