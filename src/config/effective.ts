/** What `MARC_import check` prints: every effective setting with where it comes from. */

import type { EffectiveSetting, ImportConfig } from "./import-config.js";
import { formatLocation } from "./problems.js";

/**
 * The effective settings as a configuration that means the same: section by section, stated keys
 * before defaults, behind each value its origin as a comment.
 *
 * @param cwd absolute path that file names are shown relative to
 */
export function formatEffective(config: ImportConfig, cwd: string = process.cwd()): string {
  const sections = new Map<string, EffectiveSetting[]>();
  for (const setting of config.effective) {
    const list = sections.get(setting.section) ?? [];
    list.push(setting);
    sections.set(setting.section, list);
  }
  return [...sections]
    .map(([name, settings]) => `[${name}]\n${formatSettings(settings, cwd)}`)
    .join("\n");
}

function formatSettings(settings: readonly EffectiveSetting[], cwd: string): string {
  const rows = settings.map((setting) => {
    const line = `${quoteKey(setting.key)} = ${quote(setting.value)}`;
    const origin = setting.origin === "file" ? formatLocation(setting.at, cwd) : setting.origin;
    return { line, origin };
  });
  const width = Math.min(60, Math.max(...rows.map((row) => row.line.length)));
  return rows.map((row) => `${row.line.padEnd(width)}  # ${row.origin}\n`).join("");
}

/**
 * A value as the configuration language reads it back: in quotes, or without where an odd
 * backslash before a quote or at the end could not be told from the escape of a quote.
 */
export function quote(value: string): string {
  return /(?<!\\)(?:\\\\)*\\(?:"|$)/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`;
}

function quoteKey(key: string): string {
  return /^[A-Za-z0-9_][^\s="#;]*$/.test(key) && key !== "include" && key !== "override"
    ? key
    : quote(key);
}
