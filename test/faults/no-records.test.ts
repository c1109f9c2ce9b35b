import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspect } from "../../src/looking/validate.js";
import { toXml } from "../support/plain-record.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, marc } from "./jobs.js";

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
});
afterEach(() => folder.remove());

const EMPTY_XML = '<?xml version="1.0"?>\n<collection></collection>\n';
const oai = (inner: string) =>
  `<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><request verb="ListRecords">http://x</request>${inner}</OAI-PMH>`;
const sru = (inner: string) =>
  `<zs:searchRetrieveResponse xmlns:zs="http://docs.oasis-open.org/ns/search-ws/sruResponse">${inner}</zs:searchRetrieveResponse>`;
const rows = () =>
  folder.with(({ db }) => db.prepare("SELECT count(*) FROM record_info").pluck().get());

/** The failure of an import, thrown or told. */
async function failureOf(files: readonly string[], options = {}) {
  try {
    return (await folder.import(files, options)).failure;
  } catch (error) {
    return error;
  }
}

describe("an input that holds no records", () => {
  it.each([
    ["no bytes", "", "auto"],
    ["blanks and line ends", "  \n\r\n\t \n", "auto"],
    ["blanks, zipped", gzipSync(" \n"), "auto"],
    ["a collection without records", EMPTY_XML, "auto"],
    ["a collection without records, zipped", gzipSync(EMPTY_XML), "auto"],
    ["a list without records", "[]\n", "auto"],
    ["a list without records that is said to be MARC-in-JSON", "[]", "mij"],
    ["an OAI-PMH answer that nothing matches", oai('<error code="noRecordsMatch"/>'), "auto"],
    ["an SRU answer without hits", sru("<numberOfRecords>0</numberOfRecords>"), "auto"],
  ] as const)("ends with 3, and with 0 if that is allowed: %s", async (_, bytes, format) => {
    folder.write("in", bytes);
    const failure = await failureOf(["in"], { format });
    expect(failure).toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(/M001 .*\/in: the input holds no records/),
      advice: expect.stringContaining("--allow-empty"),
    });
    expect(await failureOf(["in"], { format, allowEmpty: true })).toBeNull();
    const looks = { encoding: "auto", strict: false, maxRecordSize: 1e6, fields: false } as const;
    const path = `${folder.path}/in`;
    const refused = inspect(path, { ...looks, format, allowEmpty: false });
    await expect(refused).rejects.toMatchObject({ exitStatus: 3 });
    expect(await inspect(path, { ...looks, format, allowEmpty: true })).toMatchObject({
      records: 0,
    });
  });

  it.each([
    [
      "OAI-PMH error answer \\(badResumptionToken: expired\\)",
      oai('<error code="badResumptionToken">expired</error>'),
    ],
    [
      "OAI-PMH error answer \\(cannotDisseminateFormat\\)",
      oai("<error code='cannotDisseminateFormat'/>"),
    ],
    [
      "OAI-PMH answer without records \\(ListIdentifiers\\)",
      oai("<ListIdentifiers><header/></ListIdentifiers>"),
    ],
    ["OAI-PMH answer without records \\(ListRecords\\)", oai("<ListRecords/>")],
    [
      "SRU diagnostic \\(Unsupported index",
      sru(
        "<diagnostics><d:diagnostic><d:message>Unsupported index</d:message></d:diagnostic></diagnostics>",
      ),
    ],
    [
      "SOAP fault \\(Server busy",
      '<s:Envelope xmlns:s="x"><s:Body><s:Fault><faultstring>Server busy</faultstring></s:Fault></s:Body></s:Envelope>',
    ],
    [
      "HTML",
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><body>Login</body></html>',
    ],
    ["its elements are modsCollection, mods", "<modsCollection><mods/></modsCollection>"],
    ["its elements are collection, book", "<collection><book/></collection>"],
  ])("is no empty delivery where it is something else: %s", async (name, text) => {
    for (const [format, bytes] of [
      ["auto", text],
      ["marcxml", text],
      ["auto", gzipSync(text)],
    ] as const) {
      folder.write("in", bytes);
      const failure = await failureOf(["in"], { format, allowEmpty: true, fullLoad: true });
      expect(failure).toMatchObject({
        exitStatus: 3,
        message: expect.stringMatching(new RegExp(`M003 .*looks like .*${name}`)),
      });
    }
  });

  it("stops a run in its middle: what stood before is safe, and the rest is resumed", async () => {
    folder.write("first.mrc", marc({ id: "a", title: "A" }));
    folder.write("empty.xml", EMPTY_XML);
    folder.write("last.mrc", marc({ id: "b", title: "B" }));
    const files = ["first.mrc", "empty.xml", "last.mrc"];
    expect(await failureOf(files)).toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(/empty\.xml: .*; 1 records are done and safe/),
    });
    expect(rows()).toBe(1);
    const { summary } = await folder.import(files, { resume: true, allowEmpty: true });
    expect(summary).toMatchObject({ status: "done", totals: { recordsRead: 2 } });
  });

  it("never empties a catalogue", async () => {
    folder.write("first.mrc", marc({ id: "a", title: "A" }));
    folder.write("empty.xml", EMPTY_XML);
    await folder.import(["first.mrc"]);
    const failure = await failureOf(["empty.xml"], { fullLoad: true });
    expect(failure).toMatchObject({ exitStatus: 3 });
    expect(rows()).toBe(1);
  });

  it("is not one of which all was skipped", async () => {
    const fields = [{ tag: "001", text: "x" }];
    folder.write("in.xml", toXml({ leader: "00000nam a2200000 a 4500", fields }));
    const { summary } = await folder.import(["in.xml"], { skip: 1 });
    expect(summary).toMatchObject({ exitStatus: 0, totals: { recordsRead: 0 } });
  });
});

describe("gzip that breaks off", () => {
  const records = Array.from({ length: 3000 }, (_, i) =>
    marc({ id: `id${i}`, title: `Title ${i} ${Math.sin(i)}`, publisher: `${Math.cos(i)}` }),
  );
  const zipped = gzipSync(Buffer.concat(records));

  it.each([0.02, 0.9])("ends with 3; what stood before is safe: %f of it", async (share) => {
    folder.write("in.gz", zipped.subarray(0, zipped.length * share));
    expect(await failureOf(["in.gz"])).toMatchObject({
      exitStatus: 3,
      message: expect.stringContaining("M010"),
    });
    folder.write("whole.gz", zipped);
    const { summary } = await folder.import(["whole.gz"]);
    expect(summary).toMatchObject({ status: "done", totals: { recordsRead: 3000 } });
    expect(rows()).toBe(3000);
  });
});

describe("a part of a file", () => {
  it("is imported by its place, and a full load by it deletes nothing", async () => {
    const [first, second] = [marc({ id: "a", title: "A" }), marc({ id: "b", title: "B" })];
    folder.write("in.mrc", Buffer.concat([first, second].map((one) => Buffer.from(one))));
    await folder.import(["in.mrc"]);
    const part = `in.mrc:${first.length}:${second.length}`;
    const { summary } = await folder.import([part], { fullLoad: true });
    expect(summary.totals).toMatchObject({ recordsRead: 1, warnings: { M603: 1, M718: 1 } });
    expect(rows()).toBe(2);
  });
});
