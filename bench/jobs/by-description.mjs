/** Duplicates by all that records tell, beside duplicates by title: first imports of one catalogue. */

import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

const METHODS = ["FUZZY_TITLE", "DESCRIPTION"];
/** What the comparison of descriptions may cost beside that of titles. */
const BAR = 2;

export const byDescription = {
  name: "description",
  title: "first import, duplicates by DESCRIPTION beside FUZZY_TITLE",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const file = dataFile("mixed", records);
    const place = new Place("description");
    const series = await interleaved(
      rounds,
      METHODS.map((method) => ({
        name: method,
        run: () => place.clear().import(file, "--set", `Duplicates.match_method=${method}`),
      })),
    );
    const ratio = pairedRatio(series, "DESCRIPTION", "FUZZY_TITLE", "seconds");
    return {
      records,
      series,
      shows: [atMost("wall time of DESCRIPTION / FUZZY_TITLE", ratio, BAR)],
    };
  },
};
