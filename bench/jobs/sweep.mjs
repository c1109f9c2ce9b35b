/** A whole table compared with itself: what a row costs, in how much memory, and that nothing is changed. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { CONFIG, Place, PROGRAM } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, measure, median } from "../measure.mjs";
import { atMost } from "../report.mjs";

const MIB = 1 << 20;
/** Descriptions and their keys are kept; nothing is compared before the sweep. */
const KEPT = [
  ["--set", "Duplicates.match_method=NONE"],
  ["--set", "Database.keep_keys=DESCRIPTION"],
].flat();

export const sweep = {
  name: "sweep",
  title: "sweep: the whole table compared with itself",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const place = new Place("sweep").clear();
    await place.import(dataFile("mixed", records), ...KEPT);
    const before = await digestOf(place.database);
    const name = `${records} rows`;
    const run = () => measure([PROGRAM, "sweep", "--database", place.database, CONFIG]);
    const series = await interleaved(rounds, [{ name, run }]);
    if ((await digestOf(place.database)) !== before) throw new Error("the sweep changed the file");
    const shows = [
      atMost("peak MiB", median(series[name].map(({ peak }) => peak)) / MIB, 250e6 / MIB),
    ];
    const { cpu } = series[name][0];
    if (cpu !== null) {
      const perRow = median(series[name].map((one) => (one.cpu / records) * 1000));
      shows.push(atMost("milliseconds of processor time a row", perRow, 0.2));
    }
    return { records, series, shows };
  },
};

async function digestOf(path) {
  const hash = createHash("sha256");
  for await (const block of createReadStream(path)) hash.update(block);
  return hash.digest("hex");
}
