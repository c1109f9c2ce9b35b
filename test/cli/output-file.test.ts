import { once } from "node:events";
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";

const CONFIGURATION = '[Database]\npath = ivia.sqlite\n[Settings]\nforeign_source = "vendor"\n';
const RECORDS = '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"x1"}]}\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  writeFileSync(join(folder, "job.conf"), CONFIGURATION);
  writeFileSync(join(folder, "in.json"), RECORDS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => commandIn(folder, ...args);

describe("files that a run writes", () => {
  it.each(["--summary", "--report"])(
    "%s never overwrites what the run works on",
    async (option) => {
      linkSync(join(folder, "in.json"), join(folder, "link.json"));
      for (const file of ["in.json", "./in.json", "link.json", "job.conf", "ivia.sqlite"]) {
        const { status, error } = await command("job.conf", join(folder, "in.json"), option, file);
        expect(status).toBe(2);
        expect(error).toContain("would overwrite");
        expect(error).toContain("Name another file");
      }
      expect(readFileSync(join(folder, "in.json"), "utf8")).toBe(RECORDS);
      expect(readFileSync(join(folder, "job.conf"), "utf8")).toBe(CONFIGURATION);
    },
  );

  it.each(["in.json/out", "circle", "no/out", "socket"])(
    "are refused before the run: %s",
    async (file) => {
      symlinkSync("circle", join(folder, "circle"));
      const server = createServer().listen(join(folder, "socket"));
      await once(server, "listening");
      try {
        const { status, error } = await command(
          "job.conf",
          join(folder, "in.json"),
          "--summary",
          file,
        );
        expect(status).toBe(2);
        expect(error).toContain("cannot be written");
        expect(existsSync(join(folder, "ivia.sqlite"))).toBe(false);
      } finally {
        server.close();
      }
    },
  );

  it("never are what the configuration includes, a map that it names, or the log", async () => {
    writeFileSync(
      join(folder, "all.conf"),
      "include job.conf\n[language]\ntranslation_map = a.map\nl = 041 * * a\n",
    );
    writeFileSync(join(folder, "a.map"), "eng = English\n");
    const log = join("log", "MARC_import", "MARC_importer.log");
    for (const file of ["job.conf", "a.map", log, "ivia.sqlite-wal"]) {
      const { status, error } = await command(
        "all.conf",
        join(folder, "in.json"),
        "--summary",
        file,
      );
      expect([file, status]).toEqual([file, 2]);
      expect(error).toContain("would overwrite");
    }
  });

  it("are two, not one over the other", async () => {
    const input = join(folder, "in.json");
    const both = ["--summary", "out", "--report", "out"];
    expect(await command("job.conf", input, ...both)).toMatchObject({ status: 2 });
  });
});

describe("a log directory that cannot be made", () => {
  it("is a mistake of the configuration, whether a file or a link to nowhere stands there", async () => {
    symlinkSync(join(folder, "not-mounted", "log"), join(folder, "link"));
    for (const directory of ["in.json", "link"]) {
      const input = join(folder, "in.json");
      const { status, error } = await command("job.conf", input, "--log-dir", directory);
      expect(status).toBe(2);
      expect(error).toContain("the log cannot be written");
      expect(error).toContain("--log-dir");
    }
  });
});
