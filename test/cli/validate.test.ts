/** `validate`: what it tells of files, to a person and to a machine. */

import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { iso } from "../support/marc-builder.js";
import { Project } from "../support/project.js";
import type { FieldOf } from "../support/record-view.js";
import { recordsOf } from "../support/samples.js";

interface FileReport {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly records: number;
  readonly record_bytes: number;
  readonly padding_bytes: number;
  readonly rejected_bytes: number;
  readonly repeated_control_numbers: number;
  readonly rejects: readonly { offset: number; length: number; code: string; message: string }[];
  readonly repairs: Readonly<Record<string, number>>;
  readonly encodings: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
}

describe("validate", () => {
  const project = new Project();
  afterAll(() => project.remove());

  function report(file: string): { status: number | null; file: FileReport } {
    const { status, stdout } = project.shell(`bin/MARC_import validate --json ${file}`);
    const { schema_version, files } = JSON.parse(stdout) as {
      schema_version: number;
      files: FileReport[];
    };
    expect(schema_version).toBe(1);
    return { status, file: files[0] };
  }

  it("accounts for every byte of the sample, and names its damaged record", () => {
    const { status, file } = report("samples/catalog.mrc");
    expect(status).toBe(1);
    expect(file.record_bytes + file.padding_bytes + file.rejected_bytes).toBe(file.bytes);
    expect(file.records).toBe(65);
    expect(file.rejects.map(({ code }) => code)).toEqual(["M203"]);
    expect(file.types).toEqual({ bibliographic: 64, authority: 1 });
    expect(file.encodings["marc-8"]).toBe(4);
    expect(file.repeated_control_numbers).toBe(2);
  });

  it("counts padding and repairs, and rejects them with --strict", () => {
    const [first, second] = recordsOf("catalog");
    const wrong = Buffer.from(second);
    wrong.write("00031", 0, "latin1");
    writeFileSync(project.path("mended.mrc"), Buffer.concat([first, Buffer.from("\r\n"), wrong]));
    const { status, file } = report("mended.mrc");
    expect(status).toBe(0);
    expect(file).toMatchObject({ records: 2, padding_bytes: 2, rejected_bytes: 0 });
    expect(file.repairs).toEqual({ M101: 1 });
    const strict = report("--strict mended.mrc");
    expect(strict.status).toBe(1);
    expect(strict.file).toMatchObject({ records: 1, rejected_bytes: wrong.length });
  });

  it("says what a file is that holds no records, with exit status 3", () => {
    writeFileSync(project.path("page.mrc"), "<!DOCTYPE html><html><body>404</body></html>");
    const { status, stdout, stderr } = project.shell("bin/MARC_import validate page.mrc");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(/page\.mrc.*HTML/);
  });

  it("goes on behind a file that cannot be read, and ends with its status", () => {
    writeFileSync(project.path("page.mrc"), "<!DOCTYPE html><html><body>404</body></html>");
    const args = "page.mrc samples/package.mrc nowhere.mrc";
    const { status, stdout, stderr } = project.shell(`bin/MARC_import validate ${args}`);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^samples\/package\.mrc \(iso2709\)/);
    expect(stderr).toMatch(/M003 page\.mrc[\s\S]*M006 nowhere\.mrc/);
    const json = JSON.parse(project.shell(`bin/MARC_import validate --json ${args}`).stdout);
    expect(json.files.map(({ path }: FileReport) => path)).toEqual(["samples/package.mrc"]);
    expect(json.unread).toEqual([
      { message: expect.stringContaining("page.mrc"), advice: expect.any(String) },
      { message: expect.stringContaining("nowhere.mrc"), advice: expect.any(String) },
    ]);
  });

  it("tells a person the first places of each code and what to do", () => {
    const { stdout } = project.shell("bin/MARC_import validate samples/catalog.mrc");
    expect(stdout).toMatch(/1 × M203 .+\n.+Mend the record.+\n.+record 65 at byte 33915/);
  });

  it("counts the fields of the records, with an example of each", () => {
    const { file } = report("--fields samples/package.mrc");
    const { fields } = file as FileReport & { fields: { tag: string }[] };
    expect(fields.find(({ tag }) => tag === "245")).toEqual({
      tag: "245",
      records: 5,
      fields: 5,
      indicators: ["1", "04"],
      subfields: { "6": 2, a: 5, b: 1, c: 5 },
      example: "Code [electronic resource] :",
    });
    expect(fields.find(({ tag }) => tag === "001")).toMatchObject({
      indicators: ["", ""],
      records: 5,
    });
    const { stdout } = project.shell("bin/MARC_import validate --fields samples/package.mrc");
    expect(stdout).toMatch(
      /\n +tag +records .*\n(.*\n)* +245 +5 +5 +1 +04 +6abc +Code \[electronic/,
    );
    expect(report("samples/package.mrc").file).not.toHaveProperty("fields");
  });

  it("shows text as the example of a field, not the links and numbers before it", () => {
    const fields: FieldOf[] = [
      ["245", "10", "6880-01", "aBotany"],
      ["650", " 0", "0(DE-588)1", "2gnd"],
    ];
    writeFileSync(project.path("linked.mrc"), iso({ fields: [["001", "x"], ...fields] }));
    const { fields: counted } = report("--fields linked.mrc").file as FileReport & {
      fields: unknown[];
    };
    expect(counted).toMatchObject([
      { tag: "001" },
      { tag: "245", example: "Botany" },
      { tag: "650", example: "(DE-588)1" },
    ]);
  });

  it("places what decoding finds by the subfield, never by an offset in the record", () => {
    const before = recordsOf("catalog").slice(0, 1);
    const odd = iso({
      fields: [
        ["001", "x"],
        ["500", "  ", "aone\u0002 two"],
      ],
    });
    writeFileSync(project.path("control.mrc"), Buffer.concat([...before, odd]));
    const { stdout } = project.shell("bin/MARC_import validate control.mrc");
    expect(stdout).toContain(
      `M411 control.mrc record 2 at byte ${before[0].length} 001=x field 500[1]$a: `,
    );
  });
});
