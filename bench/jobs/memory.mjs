/** Peak memory of a first import, and of one ten times its size. */

import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, median, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

const MIB = 1 << 20;

export const memory = {
  name: "memory",
  title: "peak memory of a first import and of one ten times as large",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records }) {
    const place = new Place("memory");
    const [small, large] = [`${records}`, `${records * 10}`];
    const series = await interleaved(
      1,
      [small, large].map((name) => ({
        name,
        run: () => place.clear().import(dataFile("mixed", Number(name))),
      })),
    );
    const peak = median(series[large].map((one) => one.peak));
    const shows = [
      atMost(`${large} records: peak MiB`, peak / MIB, 250e6 / MIB),
      atMost(`${large} / ${small} records: peak`, pairedRatio(series, large, small, "peak"), 1.15),
    ];
    return { records: null, series, shows };
  },
};
