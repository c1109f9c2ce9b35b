import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { iso } from "../support/marc-builder.js";
import { RunFolder } from "../support/run-harness.js";
import { elementsOf, textOf } from "../support/well-formed.js";

const record = (id: string) =>
  iso({
    fields: [
      ["001", id],
      ["245", "10", `aTitle <${id}>`],
    ],
  });

describe("MARC_import report", () => {
  let folder: RunFolder;
  beforeEach(() => {
    folder = new RunFolder('[Settings]\nforeign_source = "vendor"\n[title]\nmain = "245 * * a"\n');
    folder.write("in.mrc", Buffer.concat([record("a"), record("b"), Buffer.from("garbage")]));
  });
  afterEach(() => folder.remove());

  const command = (...args: string[]) => commandIn(folder.path, ...args);

  it("writes the page of a stored run to a file or to standard output", async () => {
    const { summary } = await folder.import(["in.mrc"]);
    const printed = await command("report", "job.conf", summary.run);
    expect(printed).toMatchObject({ status: 0, error: "" });
    elementsOf(printed.out);
    const text = textOf(printed.out);
    expect(text).toContain(`Import run ${summary.run}`);
    expect(text).toContain("[title] main");
    expect(text).toContain("exit status 1: some records were rejected, all others were handled.");
    expect(text).toContain(summary.rejectsFile ?? "?");
    const written = await command("report", "job.conf", "last", "--html", "page.html");
    expect(written).toEqual({ status: 0, out: "", error: "" });
    expect(readFileSync(join(folder.path, "page.html"), "utf8").trimEnd()).toBe(printed.out);
  });

  it("takes the last import for `last`, also after an undo", async () => {
    await folder.import(["in.mrc"]);
    folder.write("more.mrc", record("c"));
    const { summary } = await folder.import(["more.mrc"]);
    await command("undo", "job.conf", summary.run);
    const { out } = await command("report", "job.conf", "last");
    expect(textOf(out)).toContain(`Import run ${summary.run}`);
    expect(textOf(out)).toContain("Its work has been taken back by run");
  });

  it("names the runs that there are", async () => {
    await folder.import(["in.mrc"]);
    const { summary } = await folder.import(["in.mrc"]);
    const none = await command("report", "job.conf");
    expect(none.status).toBe(2);
    expect(none.error).toContain(summary.run);
    const unknown = await command("report", "job.conf", summary.run.slice(0, 15));
    expect(unknown.status).toBe(2);
    expect(unknown.error).toContain("Did you mean");
  });

  it("refuses a place that cannot be written before anything is touched", async () => {
    for (const option of ["--report", "--summary"]) {
      for (const place of ["nowhere/page.html", "."]) {
        const { status, error } = await command("job.conf", "in.mrc", option, place);
        expect(status).toBe(2);
        expect(error).toContain("cannot be written");
      }
    }
    expect(existsSync(join(folder.path, "ivia.sqlite"))).toBe(false);
  });

  it("says so when there is none", async () => {
    await folder.import(["in.mrc"], { dryRun: true });
    const other = await command("report", "job.conf", "last");
    expect(other.status).toBe(4);
    expect(existsSync(join(folder.path, "ivia.sqlite"))).toBe(false);
  });
});
