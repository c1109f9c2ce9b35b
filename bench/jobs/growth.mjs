/** How the rate, the memory and the size of the database grow in one long first import. */

import { statSync } from "node:fs";
import { SqliteDatabase } from "../../dist/store/sqlite/file/engine.js";
import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { atLeast } from "../report.mjs";

/** Records in the default size; a catalogue of a union of libraries. */
const RECORDS = 5_000_000;
/** Records that the rate at the beginning and at the end is taken over, and that come before. */
const WINDOW = 100_000;
const WARM_UP = 50_000;
const POLL_MS = 50;

export const growth = {
  name: "growth",
  title: "one long first import",
  /** Takes long and much disk, so that it is only run by name. */
  onlyByName: true,

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, isDefaultSize }) {
    const count = isDefaultSize ? RECORDS : records;
    const file = dataFile("mixed", count);
    const place = new Place("growth").clear();
    const watch = watchProgress(place.database);
    const measured = await place.import(file);
    const points = watch.stop();
    const early = rateBetween(points, WARM_UP, WARM_UP + WINDOW);
    const late = rateBetween(points, count - WINDOW, count);
    const shows = [atLeast("rate over the last / the first 100,000 records", late / early, 0.5)];
    const notes = [
      `records/s at the beginning ${Math.round(early)}, at the end ${Math.round(late)}`,
      `database: ${Math.round(statSync(place.database).size / rows(place.database))} bytes a row`,
      `written to disk: ${Math.round(measured.written / count)} bytes a record`,
    ];
    return { records: count, series: { [`${count} records`]: [measured] }, shows, notes };
  },
};

/** Notes, from outside, how many records the run has committed when. */
function watchProgress(path) {
  const points = [];
  const timer = setInterval(() => {
    const read = committed(path);
    if (read !== null && read !== points.at(-1)?.read) points.push({ read, at: performance.now() });
  }, POLL_MS);
  return {
    stop() {
      clearInterval(timer);
      return points;
    },
  };
}

/** Records that the run has committed, or null while there is nothing to be read yet. */
function committed(path) {
  let db;
  try {
    db = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
    return db.prepare("SELECT records_read FROM runs").pluck().get() ?? null;
  } catch {
    return null; // the file, its tables or its first run are not there yet
  } finally {
    db?.close();
  }
}

function rateBetween(points, from, to) {
  const first = points.find(({ read }) => read >= from) ?? points[0];
  const last = points.findLast(({ read }) => read <= to);
  return ((last.read - first.read) / (last.at - first.at)) * 1000;
}

function rows(path) {
  const db = new SqliteDatabase(path, { readonly: true });
  const count = db.prepare("SELECT count(*) FROM record_info").pluck().get();
  db.close();
  return count;
}
