/** How long the program takes to be there: its version, and a file of ten records. */

import { Place, PROGRAM } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, measure, median, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

const [NODE, VERSION, TEN] = ["node -e 0", "--version", "10 records"];
/** Short enough to be measured often. */
const TIMES = 7;

export const startup = {
  name: "startup",
  title: "start-up",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ rounds }) {
    const file = dataFile("mixed", 10);
    const place = new Place("startup");
    const series = await interleaved(rounds * TIMES, [
      { name: NODE, run: () => measure([process.execPath, "-e", "0"]) },
      { name: VERSION, run: () => measure([PROGRAM, "--version"]) },
      { name: TEN, run: () => place.clear().import(file) },
    ]);
    const more = series[TEN].map((one, i) => (one.seconds - series[VERSION][i].seconds) * 1000);
    const shows = [
      atMost("--version: wall time / node -e 0", pairedRatio(series, VERSION, NODE), 2),
      atMost("10 records: ms more than --version", median(more), 150),
    ];
    return { records: null, series, shows };
  },
};
