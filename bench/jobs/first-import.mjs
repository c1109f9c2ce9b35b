/** A first import into an empty database, beside the floor and the other programs. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { OURS, Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, isInstalled, measure, pairedRatio } from "../measure.mjs";
import { prepareFloor } from "../peers/floor.mjs";
import { atLeast, atMost } from "../report.mjs";

const PEERS = join(import.meta.dirname, "..", "peers");

export const firstImport = firstImportOf("mixed", {
  name: "first",
  title: "first import into an empty database, etc/sample.conf as it stands",
  floor: 1.15,
});

export const firstLong = firstImportOf("long", {
  name: "long",
  title: "the same of records of 2 kB and more",
  floor: 1.25,
});

/** @param {keyof typeof import("../make-data.mjs").DATA_SETS} set */
function firstImportOf(set, { name, title, floor }) {
  return {
    name,
    title,

    /** @param {import("../run.mjs").Settings} settings */
    async run({ records, rounds, peers }) {
      const file = dataFile(set, records);
      const place = new Place("first");
      // Its rows are what the floor loads.
      await place.clear().import(file);
      const contenders = [
        { name: OURS, run: () => place.clear().import(file) },
        ...peerContenders(file, place).filter(({ name }) => peers === null || peers.includes(name)),
      ];
      const series = await interleaved(rounds, contenders);
      return { records, series, shows: shows(series, floor), notes: notes(series) };
    },
  };
}

function peerContenders(file, place) {
  const contenders = [];
  if (isInstalled("sqlite3", "--version")) {
    const load = prepareFloor(place.database, new Place("floor").directory);
    contenders.push({ name: "floor", run: load });
  }
  contenders.push({ name: "marcjs", run: () => script([process.execPath, "marcjs.mjs"], file) });
  if (isInstalledForPerl()) {
    contenders.push({ name: "marc-batch", run: () => script(["perl", "marc-batch.pl"], file) });
  }
  if (isInstalled("yaz-marcdump", "-V")) {
    const command = ["yaz-marcdump", "-o", "json", file];
    // 5: some records are damaged.
    contenders.push({ name: "yaz-json", run: () => measure(command, { statuses: [0, 5] }) });
  }
  return contenders;
}

function script([interpreter, name], file) {
  const { database } = new Place(`peer-${name}`).clear();
  return measure([interpreter, join(PEERS, name), database, file]);
}

function isInstalledForPerl() {
  const check = spawnSync("perl", ["-MMARC::Batch", "-MDBD::SQLite", "-e", "1"]);
  return check.status === 0;
}

/** Processor time tells more than wall time on a machine that has other work. */
function notes(series) {
  if (!series.floor || series[OURS][0].cpu === null) return [];
  const ratio = pairedRatio(series, OURS, "floor", "cpu");
  return [`processor time / floor: ${ratio.toFixed(2)} (over two cores)`];
}

function shows(series, floor) {
  const rivals = [
    ["floor", "wall time / floor", floor, false],
    ["marcjs", "times as fast as marcjs + better-sqlite3", 2.5, true],
    ["marc-batch", "times as fast as MARC::Batch + DBD::SQLite", 25, true],
  ];
  return rivals
    .filter(([rival]) => series[rival])
    .map(([rival, what, bar, faster]) =>
      faster
        ? atLeast(what, pairedRatio(series, rival, OURS), bar)
        : atMost(what, pairedRatio(series, OURS, rival), bar),
    );
}
