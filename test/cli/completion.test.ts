/** `completion`: what bash offers, asked as bash asks itself. */

import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";

const { out: script } = await commandIn("/", "completion", "bash");

/** What bash offers for a line, the last word of which is being typed. */
function offered(...words: string[]): string[] {
  const line = ["MARC_import", ...words].map((word) => `'${word}'`).join(" ");
  const ask = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _MARC_import 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["-c", ask], { encoding: "utf8" });
  return stdout.trim().split("\n");
}

describe("completion in bash", () => {
  it.each<[string, string[], string]>([
    ["a command", ["val"], "validate"],
    ["an option of an import", ["--dry"], "--dry-run"],
    ["an option of an import behind its words", ["a.conf", "b.mrc", "--full"], "--full-load"],
    ["an option of a command", ["mend", "x.mrc", "--fil"], "--filter"],
    ["a value of an option", ["mend", "x.mrc", "--format", "marcx"], "marcxml"],
    ["a value behind the sign, as bash splits it", ["--format", "=", "tur"], "turbomarc"],
    ["a word that a command takes", ["completion", "fi"], "fish"],
    ["a command to be helped with", ["help", "expo"], "export"],
    [
      "a key of a configuration",
      ["check", "a.conf", "--set", "Settings.foreign_s"],
      "Settings.foreign_source=",
    ],
  ])("offers %s", (_what, words, expected) => {
    expect(offered(...words)).toEqual([expected]);
  });

  it("offers every value behind the sign alone", () => {
    expect(offered("completion", "--help")).toEqual(["--help"]);
    expect(offered("mend", "x", "--format", "=")).toEqual(["marc", "marcxml", "json", "mrk"]);
  });

  it("offers no option of another command", () => {
    expect(offered("validate", "--full")).toEqual([""]);
  });
});

describe("completion in fish and zsh", () => {
  it("names every command", async () => {
    const { out } = await commandIn("/", "completion", "fish");
    for (const name of ["check", "explain", "mend", "init"]) expect(out).toContain(`-a '${name}'`);
    expect(out).toContain("-a 'marc marcxml json mrk'");
    expect((await commandIn("/", "completion", "zsh")).out).toMatch(/^#compdef MARC_import\n/);
  });

  it("is refused for another shell by name", async () => {
    const { status, error } = await commandIn("/", "completion", "csh");
    expect(status).toBe(2);
    expect(error).toContain("bash, zsh, fish");
  });
});
