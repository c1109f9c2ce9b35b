/** Duplicates by all that records tell, beside duplicates by title: first imports of made records, and of real ones. */

import { existsSync } from "node:fs";
import { Place } from "../command.mjs";
import { REAL_RECORDS } from "../generator/shapes.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

const METHODS = ["FUZZY_TITLE", "DESCRIPTION"];
/** What the comparison of descriptions may cost beside that of titles, for real records. */
const BAR = 2;
/** The same for made ones: their titles are of few words, so that a record is compared with many more. */
const BAR_MADE = 5;

export const byDescription = {
  name: "description",
  title: "first import, duplicates by DESCRIPTION beside FUZZY_TITLE",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const files = [{ kind: "made", file: dataFile("mixed", records), bar: BAR_MADE }];
    if (existsSync(REAL_RECORDS)) files.push({ kind: "real", file: REAL_RECORDS, bar: BAR });
    const place = new Place("description");
    const contenders = files.flatMap(({ kind, file }) =>
      METHODS.map((method) => ({
        name: `${method}, ${kind}`,
        run: () => place.clear().import(file, "--set", `Duplicates.match_method=${method}`),
      })),
    );
    const series = await interleaved(rounds, contenders);
    const shows = files.map(({ kind, bar }) => {
      const [titles, descriptions] = METHODS.map((method) => `${method}, ${kind}`);
      const ratio = pairedRatio(series, descriptions, titles, "seconds");
      return atMost(`${kind} records: DESCRIPTION / FUZZY_TITLE`, ratio, bar);
    });
    return { records: null, series, shows };
  },
};
