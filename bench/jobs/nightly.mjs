/** The same file night after night: nothing changed, two in a hundred changed, everything changed. */

import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, pairedRatio } from "../measure.mjs";
import { atLeast } from "../report.mjs";

const UNCHANGED = "unchanged";
const SOME = "2 % changed";
const ALL = "all changed";
const FIRST = "first import";

export const nightly = {
  name: "nightly",
  title: "imports into a database that holds the records, one after another",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const place = new Place("nightly");
    const before = dataFile("mixed", records);
    const some = dataFile("mixed-changed-2-percent", records);
    const all = dataFile("mixed-changed-all", records);
    // The order matters: each import finds what the one before it left.
    const series = await interleaved(rounds, [
      { name: FIRST, run: () => place.clear().import(before) },
      { name: UNCHANGED, run: () => place.import(before) },
      { name: SOME, run: () => place.import(some) },
      { name: ALL, run: () => place.import(all) },
    ]);
    const shows = [
      atLeast("unchanged: rate / first import", pairedRatio(series, FIRST, UNCHANGED), 2.5),
      atLeast("2 % changed: rate / first import", pairedRatio(series, FIRST, SOME), 2),
      atLeast("all changed: rate / first import", pairedRatio(series, FIRST, ALL), 0.6),
    ];
    return { records, series, shows };
  },
};
