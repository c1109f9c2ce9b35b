/**
 * Repositories that other programs make, harvested beside other harvesters: the same identifiers, values
 * and deletions, in a first night, in a second one, and of sets.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listForm } from "../src/fields/list-form.js";
import { otherProgram } from "../test/support/other-program.js";
import { Project } from "../test/support/project.js";
import {
  catmanduRecords,
  httpOaiRecords,
  OAI_SERVERS,
  OTHER_HARVESTERS,
  type ReadElsewhere,
  type RunningServer,
  type ServedRecord,
} from "./support/oai-servers.js";

const COUNT = 237;
const DAY_MS = 86_400_000;

/** What is hard to carry in XML, or to a list. */
const TEXTS = [
  "Plain words",
  "A & B <not a tag> \"quoted\" 'twice'",
  "Éclair, combining e\u0301, ł, ß",
  "漢字かな 𝄞 𠮷",
  "שלום العربية",
  "&amp; written as such, ]]> and --",
  "semicolon; inside",
];

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z/, "Z");
}

function served(number: number, datestamp: string, title = `Title ${number}`): ServedRecord {
  const text = TEXTS[number % TEXTS.length];
  const sets = [["maps"], ["maps:sea", "letters"], ["letters"], []][number % 4];
  return {
    id: String(number),
    datestamp,
    deleted: number % 9 === 0,
    sets,
    dc: {
      title: [`${title} ${text}`],
      creator: [`${text} ${number}`, "Second, Creator"].slice(0, 1 + (number % 2)),
      subject: Array.from({ length: number % 4 }, (_, i) => `${text} ${i}`),
      ...(number % 3 === 0
        ? {}
        : { description: [`${text} ${"and more ".repeat(number % 50)}end`] }),
      identifier: ["hdl:10000/1", `http://www.example.org/items/${number}?a=1&b=2`],
    },
  };
}

/** What a row is to hold of a record that another harvester has read. */
function rowOf({ identifier, dc }: ReadElsewhere) {
  const list = (values: readonly string[] = []) =>
    listForm(
      values
        .map((value) => value.replaceAll(";", ","))
        .join(";")
        .normalize("NFC"),
    );
  return {
    foreign_id: identifier,
    title: dc.title.join("").normalize("NFC"),
    creators: list(dc.creator),
    subjects: list(dc.subject),
    description: (dc.description ?? []).join(" ").normalize("NFC").trim(),
    url: dc.identifier.find((value) => value.startsWith("http")),
  };
}

function rowsOf(records: readonly ReadElsewhere[]) {
  return records
    .filter(({ deleted }) => !deleted)
    .map(rowOf)
    .sort((a, b) => (a.foreign_id < b.foreign_id ? -1 : 1));
}

function byIdentifier(records: readonly ReadElsewhere[]): ReadElsewhere[] {
  return [...records].sort((a, b) => (a.identifier < b.identifier ? -1 : 1));
}

const COLUMNS = "foreign_id, title, creators, subjects, description, url";

describe.runIf(OTHER_HARVESTERS).each(OAI_SERVERS)("$name", (server) => {
  let project: Project;
  let running: RunningServer;
  let records: ServedRecord[];

  beforeEach(async () => {
    if (server.missing !== "") return;
    project = new Project();
    mkdirSync(project.path("server"));
    const then = Date.now() - 30 * DAY_MS;
    records = Array.from({ length: COUNT }, (_, i) => served(i + 1, iso(then + i * 3_600_000)));
    running = await server.start(project.path("server"), records);
  });
  afterEach(() => {
    if (server.missing !== "") return;
    running.stop();
    project.remove();
  });

  function harvest(lines = "") {
    const conf = `[Repositories]
harvest_list = "There"
[There]
base_url = "${running.url}"
metadata_prefix = oai_dc
retries = 1
foreign_source = "there"
field_map_section = "there_map"
${lines}
[there_map]
dc:title = title
dc:creator = creators
dc:subject = subjects
dc:description = description
dc:identifier = url
`;
    writeFileSync(project.path("there.conf"), conf);
    const { status, stdout, stderr } = project.shell("bin/OAI-PMH-importer there.conf");
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  }

  function query<T>(sql: string): T[] {
    return otherProgram(project.path("ivia.sqlite"), (db) => db.prepare<[], T>(sql).all());
  }
  const rows = () => query(`SELECT ${COLUMNS} FROM record_info ORDER BY foreign_id`);

  it.runIf(server.missing === "")("gives what HTTP::OAI and Catmandu read", () => {
    harvest();
    const theirs = httpOaiRecords(running.url);
    expect(theirs).toHaveLength(COUNT);
    expect(rows()).toEqual(rowsOf(theirs));
    expect(rows()).toEqual(rowsOf(catmanduRecords(running.url)));
    const deleted = theirs.filter((one) => one.deleted).length;
    expect(
      query("SELECT sum(records) AS records, sum(deleted) AS deleted FROM harvest_lists"),
    ).toEqual([{ records: COUNT, deleted }]);
  });

  it.runIf(server.missing === "")("gives in a second night what has changed", () => {
    const mode = server.knowsDates ? "" : "harvest_mode = FULL";
    harvest(mode);
    const now = iso(Date.now());
    const change = (from: number, to: number, changed: (one: ServedRecord) => ServedRecord) =>
      records.splice(from, to - from, ...records.slice(from, to).map(changed));
    change(3, 8, (one) => ({ ...one, datestamp: now, deleted: true }));
    // Deleted before, and there again.
    change(8, 9, (one) => ({ ...one, datestamp: now, deleted: false }));
    change(60, 130, ({ id }) => served(Number(id), now, "Changed"));
    records.push(served(COUNT + 1, now), served(COUNT + 2, now));
    running.serve(records);
    harvest(mode);
    expect(rows()).toEqual(rowsOf(httpOaiRecords(running.url)));
    const [list] = query<{ from_date: string; records: number }>(
      "SELECT from_date, records FROM harvest_lists ORDER BY run_id DESC LIMIT 1",
    );
    const theirs = server.knowsDates ? [`from=${list.from_date}`] : [];
    expect(list.records).toBe(httpOaiRecords(running.url, ...theirs).length);
    expect(list.records).toBe(server.knowsDates ? 78 : COUNT + 2);
    harvest(mode);
    const done = "sum(created) + sum(updated) + sum(deleted) AS done";
    expect(query(`SELECT ${done} FROM runs GROUP BY run_id LIMIT -1 OFFSET 2`)).toEqual([
      { done: 0 },
    ]);
  });

  it.runIf(server.missing === "" && server.hasSets)("gives the records of sets", () => {
    harvest('sets = "maps,letters"');
    const maps = httpOaiRecords(running.url, "set=maps");
    const letters = httpOaiRecords(running.url, "set=letters");
    const all = new Map([...maps, ...letters].map((one) => [one.identifier, one]));
    expect(rows()).toEqual(rowsOf([...all.values()]));
    expect(byIdentifier(maps).every(({ sets }) => sets.some((one) => one.startsWith("maps")))).toBe(
      true,
    );
    expect(query("SELECT set_spec, records FROM harvest_lists ORDER BY set_spec")).toEqual([
      { set_spec: "letters", records: letters.length },
      { set_spec: "maps", records: maps.length },
    ]);
  });
});
