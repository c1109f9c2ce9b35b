/** What `MARC_import check` prints: every effective setting with where it comes from. */

import { formatLocation } from "../language/problems.js";
import type { EffectiveSetting } from "../language/section-reader.js";
import type { JobConfig } from "./job-config.js";

/** The sections of record fields that are no extractors. */
const WITH_KEYS_OF_THEIR_OWN = ["url", "description"];

/**
 * The effective settings as a configuration that means the same: section by section, stated keys
 * before defaults, behind each value its origin as a comment.
 *
 * @param cwd absolute path that file names are shown relative to
 * @param brief leave out the options of record fields that have their defaults, and say so
 */
export function formatEffective(
  config: Pick<JobConfig, "fields" | "effective">,
  cwd: string = process.cwd(),
  { brief }: { readonly brief: boolean } = { brief: false },
): string {
  const fields = new Set(config.fields.map(({ name }) => name));
  for (const name of WITH_KEYS_OF_THEIR_OWN) fields.delete(name);
  const sections = new Map<string, EffectiveSetting[]>();
  let hidden = false;
  for (const setting of config.effective) {
    if (brief && setting.origin === "default" && fields.has(setting.section)) {
      hidden = true;
      continue;
    }
    const list = sections.get(setting.section) ?? [];
    list.push(setting);
    sections.set(setting.section, list);
  }
  const texts = [...sections].map(
    ([name, settings]) => `[${name}]\n${formatSettings(settings, cwd)}`,
  );
  if (hidden) {
    texts.push(
      "# Options of record fields that have their defaults are not shown; --verbose shows them.\n",
    );
  }
  return texts.join("\n");
}

function formatSettings(settings: readonly EffectiveSetting[], cwd: string): string {
  const rows = settings.map(({ key, value, origin, at }) => ({
    line: `${quoteKey(key)} = ${quote(value) ?? value}`,
    origin: origin === "file" ? formatLocation(at, cwd) : origin,
    quoted: quote(value) !== null,
  }));
  const width = Math.min(60, Math.max(...rows.map((row) => row.line.length)));
  return rows
    .map(({ line, origin, quoted }) =>
      // Behind a value without quotes a comment could meet a quote inside the value.
      quoted ? `${line.padEnd(width)}  # ${origin}\n` : `# ${origin}\n${line}\n`,
    )
    .join("");
}

/**
 * A value in quotes, as the configuration language reads it back; null where quotes cannot hold
 * it, since an odd backslash before a quote or at the end would be the escape of a quote.
 */
export function quote(value: string): string | null {
  return /(?<!\\)(?:\\\\)*\\(?:"|$)/.test(value) ? null : `"${value.replaceAll('"', '\\"')}"`;
}

function quoteKey(key: string): string {
  return /^[A-Za-z0-9_][^\s="#;]*$/.test(key) && key !== "include" && key !== "override"
    ? key
    : (quote(key) ?? key);
}
