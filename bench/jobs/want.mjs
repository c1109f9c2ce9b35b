/** Whether books are wanted: of lists, and over HTTP; and what the keys for it cost an import. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SqliteDatabase } from "../../dist/store/sqlite/file/engine.js";
import { CONFIG, Place, PROGRAM } from "../command.mjs";
import { Random } from "../generator/random.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, measure, median, pairedRatio } from "../measure.mjs";
import { atLeast, atMost } from "../report.mjs";

const CLIENT = join(import.meta.dirname, "..", "http-client.mjs");
const KEEP_KEYS = ["--set", "Database.keep_keys=ISBN,LCCN,OCLC_NUMBER"];
const CONNECTIONS = 16;
const LINES = 100_000;
const MIB = 1 << 20;
const KIB = 1024;

export const want = {
  name: "want",
  title: "numbers asked for: lists, HTTP, and the import that keeps their keys",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const file = dataFile("mixed", records);
    const plain = new Place("want-plain");
    const keyed = new Place("want");
    const imports = await interleaved(rounds, [
      { name: "import", run: () => plain.clear().import(file) },
      { name: "import with keep_keys", run: () => keyed.clear().import(file, ...KEEP_KEYS) },
    ]);
    const lists = [LINES, 10 * LINES].map((lines) => makeList(keyed, lines));
    const asked = await interleaved(
      rounds,
      lists.map(({ name, path }) => ({ name, run: () => askList(keyed, path) })),
    );
    const http = await overHttp(keyed, lists[0].path, rounds);
    const series = { ...imports, ...asked, ...http.series };
    return { records: null, series, shows: shows(series, lists, http.peaks), notes: http.notes };
  },
};

/** A list of which half is held, a quarter is not, and a quarter is no number. */
function makeList(place, lines) {
  const db = new SqliteDatabase(place.database, { readonly: true });
  const held = db
    .prepare("SELECT substr(isbn, 2, 13) FROM record_info WHERE isbn <> '' LIMIT 500000")
    .pluck()
    .all();
  db.close();
  const random = new Random(lines);
  const line = () => {
    const digits = `978${String(random.int(1e9)).padStart(9, "0")}`;
    if (random.int(2) === 0) return held[random.int(held.length)];
    return digits + ((checkDigit(digits) + random.int(2)) % 10);
  };
  const path = join(place.directory, `list-${lines}.txt`);
  writeFileSync(path, `${Array.from({ length: lines }, line).join("\n")}\n`);
  return { name: `list of ${lines.toLocaleString("en-US")}`, lines, path };
}

function checkDigit(digits) {
  const sum = [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

function askList(place, path) {
  const command = [PROGRAM, "want", "--database", place.database, ...KEEP_KEYS, CONFIG];
  // 1: some lines are no number.
  return measure([...command, "--file", path, "--format", "tsv"], { statuses: [0, 1] });
}

/** Rounds of requests from a process of their own to one server. */
async function overHttp(place, list, rounds) {
  const args = ["serve", "--database", place.database, ...KEEP_KEYS, CONFIG, "--quiet"];
  const server = spawn(PROGRAM, [...args, "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    const address = await listening(server);
    const peaks = [];
    const series = await interleaved(rounds, [
      {
        name: "HTTP, the client's side",
        run: async () => {
          const command = [process.execPath, CLIENT, address, list, String(CONNECTIONS)];
          const measured = await measure(command);
          peaks.push(peakOf(server.pid));
          return measured;
        },
      },
    ]);
    const notes = [`${CONNECTIONS} connections are kept; the server's log is off`];
    return { series, peaks: peaks.filter((peak) => peak !== null), notes };
  } finally {
    server.kill();
    await once(server, "exit");
  }
}

async function listening(server) {
  let said = "";
  for await (const text of server.stderr) {
    said += text;
    const address = /listening at (\S+)/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`the server does not listen: ${said}`);
}

/** Bytes of memory that a process that goes on has had at most; null where the system does not tell. */
function peakOf(pid) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(status, "utf8"))?.[1]) * KIB;
}

function shows(series, lists, peaks) {
  const [small, large] = lists;
  const seconds = (name) => median(series[name].map((one) => one.seconds));
  const answers = (large.lines - small.lines) / (seconds(large.name) - seconds(small.name));
  const all = [
    atLeast("answers/s from a list", answers, 10_000),
    atMost("peak, ten times the lines", pairedRatio(series, large.name, small.name, "peak"), 1.15),
    atLeast("HTTP: requests/s", small.lines / seconds("HTTP, the client's side"), 1000),
    atMost(
      "import: processor time with keep_keys / without",
      pairedRatio(series, "import with keep_keys", "import", "cpu"),
      1.25,
    ),
    atMost(
      "import: bytes written with keep_keys / without",
      pairedRatio(series, "import with keep_keys", "import", "written"),
      1.25,
    ),
  ];
  if (peaks.length > 0)
    all.push(atMost("HTTP: the server's peak MiB", Math.max(...peaks) / MIB, 200));
  return all;
}
