/** What the log costs at the levels in use. */

import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

const [NONE, NORMAL, DETAILED] = ["level 0", "level 3", "level 4"];

export const logging = {
  name: "logging",
  title: "first import at log levels 0, 3 and 4",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const file = dataFile("mixed", records);
    const place = new Place("logging");
    const series = await interleaved(
      rounds,
      [NONE, NORMAL, DETAILED].map((name) => ({
        name,
        run: () => place.clear().import(file, "--verbosity", name.slice(-1)),
      })),
    );
    const shows = [
      atMost("level 3: wall time / level 0", pairedRatio(series, NORMAL, NONE), 1.05),
      atMost("level 4: wall time / level 0", pairedRatio(series, DETAILED, NONE), 1.5),
      atMost("level 4: peak memory / level 0", pairedRatio(series, DETAILED, NONE, "peak"), 1.15),
    ];
    return { records, series, shows };
  },
};
