/** The bundles that bin/ loads, and V8's form of them. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const FLAGS = /^#!.* -S node (.*)$/m.exec(readFileSync(join(ROOT, "bin/MARC_import"), "utf8"));

/** Loads the program's bundle, and says whether it had to be compiled. */
const ASK = `import { loadBundle } from ${JSON.stringify(join(ROOT, "bin/load-bundle.mjs"))};
  const { exports, script } = loadBundle("program");
  console.log(typeof exports.main, script.cachedDataRejected);`;

function asked(flags: readonly string[]): string {
  const args = [...flags, "--input-type=module", "-e", ASK];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stdout.trim();
}

describe("the program's bundle", () => {
  const copy = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  afterAll(() => rmSync(copy, { recursive: true }));

  it("need not be compiled under the flags that the program has", () => {
    expect(asked(FLAGS?.[1].split(" ") ?? [])).toBe("function false");
  });

  it("is compiled under others", () => {
    expect(asked(["--max-semi-space-size=16"])).toBe("function true");
  });

  it("works where V8's form of it is missing or damaged", () => {
    for (const folder of ["bin", "dist/bundle"]) {
      cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
    }
    cpSync(join(ROOT, "package.json"), join(copy, "package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const policies = () =>
      spawnSync(join(copy, "bin/MARC_import"), ["policies"], { encoding: "utf8" });
    const whole = policies();
    expect(whole.status).toBe(0);
    const cache = join(copy, "dist/bundle/program.cache");
    const damages = [
      (bytes: Buffer) => bytes.fill(0x55, bytes.length / 2),
      (bytes: Buffer) => bytes.subarray(0, 20),
      () => readFileSync(join(ROOT, "dist/bundle/reader-thread.cache")),
    ];
    for (const damage of damages) {
      writeFileSync(cache, damage(readFileSync(join(ROOT, "dist/bundle/program.cache"))));
      expect(policies()).toMatchObject({ status: 0, stdout: whole.stdout });
    }
    rmSync(cache);
    expect(policies()).toMatchObject({ status: 0, stdout: whole.stdout });
  });

  it.each([
    ["dist/bundle/program.cjs", (bytes: Buffer) => bytes.subarray(0, 500_000)],
    ["bin/load-bundle.mjs", () => Buffer.from('import { missing } from "node:vm";')],
  ])("is not mistaken for an import with rejects where it is damaged: %s", (name, damage) => {
    const damaged = mkdtempSync(join(tmpdir(), "marc-import-test-"));
    for (const folder of ["bin", "dist/bundle"]) {
      cpSync(join(ROOT, folder), join(damaged, folder), { recursive: true });
    }
    writeFileSync(join(damaged, name), damage(readFileSync(join(ROOT, name))));
    const { status, stderr } = spawnSync(join(damaged, "bin/MARC_import"), ["--version"], {
      encoding: "utf8",
    });
    rmSync(damaged, { recursive: true });
    expect(status).toBe(70);
    expect(stderr).toMatch(
      /^MARC_import: this copy of the program is not whole[^\n]*\n {2}Run[^\n]*\n$/,
    );
  });

  it("says what to do where the program is not built", () => {
    const unbuilt = join(copy, "unbuilt");
    cpSync(join(ROOT, "bin"), join(unbuilt, "bin"), { recursive: true });
    const { status, stderr } = spawnSync(join(unbuilt, "bin/MARC_import"), { encoding: "utf8" });
    expect(status).toBe(70);
    expect(stderr).toBe(
      `MARC_import: this copy of the program is not built: ${join(unbuilt, "dist/bundle/program.cjs")} is missing.\n` +
        `  Run \`npm ci\` in ${unbuilt}/, or install it again.\n`,
    );
  });
});
