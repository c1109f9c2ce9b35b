/** The first harvest of docs/harvesting.md, carried out against a repository on the loopback. */

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runHarvestCommandLine } from "../../src/cli/harvest-program.js";
import { dcItem, OaiRepository } from "../support/oai-repository.js";
import { otherProgram } from "../support/other-program.js";

const PAGE = readFileSync(new URL("../../docs/harvesting.md", import.meta.url), "utf8");
const [, CONFIG] = /```ini\n([\s\S]*?)```/.exec(PAGE) ?? [];
const [, COMMANDS] = /```sh\n([\s\S]*?)```/.exec(PAGE) ?? [];

const BIN = resolve(import.meta.dirname, "../../bin");
const run = promisify(execFile);

let repository: OaiRepository;
let folder: string;

beforeEach(async () => {
  repository = await OaiRepository.start();
  folder = mkdtempSync(join(tmpdir(), "harvesting-"));
});
afterEach(async () => {
  await repository.stop();
  rmSync(folder, { recursive: true });
});

it("does what the page says, silently", async () => {
  repository.items = Array.from({ length: 12 }, (_, i) => dcItem(i + 1, "2026-11-01T00:00:00Z"));
  writeFileSync(
    join(folder, "library.conf"),
    CONFIG.replace("http://127.0.0.1:8080/oai", repository.url),
  );
  const out: string[] = [];
  const errors: string[] = [];
  for (const line of COMMANDS.trim().split("\n")) {
    // The program as it is installed, in a process of its own.
    const [program, ...words] = line.split(" ");
    const { stdout, stderr } = await run(join(BIN, program), words, { cwd: folder });
    out.push(stdout);
    // What check tells of the configuration is no trouble.
    if (words[0] === "check") expect(stderr).toContain("No finding");
    else errors.push(stderr);
  }
  expect(errors.join("")).toBe("");
  expect(out.join("\n")).toMatch(
    /repositoryName +Test[\s\S]*oai_dc[\s\S]*Library: up to 2026-11-28T03:00:00Z/,
  );
  const rows = otherProgram(join(folder, "ivia.sqlite"), (db) =>
    db.prepare<[], string>("SELECT title FROM record_info").pluck().all(),
  );
  expect(rows).toHaveLength(12);
});

it("checks the configuration without asking anybody", async () => {
  writeFileSync(join(folder, "library.conf"), CONFIG);
  const out: string[] = [];
  const to = {
    cwd: folder,
    errorIsTerminal: false,
    out: (text: string) => out.push(text),
    write: () => undefined,
    error: () => undefined,
  };
  expect(await runHarvestCommandLine(["check", "library.conf"], to)).toBe(0);
  expect(out.join("\n")).toMatch(/\[Library\][\s\S]*base_url/);
  expect(await runHarvestCommandLine(["--repository", "Libary", "library.conf"], to)).toBe(2);
  expect(repository.asked).toEqual([]);
});
