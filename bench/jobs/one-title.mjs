/** Records that all bear one title, as vendors' stubs do: what one costs must not grow with the others. */

import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

/** Under MERGE all become one row, whose text grows: fewer will do. */
const CASES = [
  ["KEEP_HIGHER", 20_000, 80_000],
  ["MERGE", 1000, 4000],
];

export const oneTitle = {
  name: "one-title",
  title: "records that all bear one title",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ rounds }) {
    const place = new Place("one-title");
    const contender = (policy, records) => ({
      name: `${policy} ${records}`,
      run: () =>
        place
          .clear()
          .import(dataFile("one-title", records), "--set", `Duplicates.duplicate_policy=${policy}`),
    });
    const series = await interleaved(
      rounds,
      CASES.flatMap(([policy, few, many]) => [contender(policy, few), contender(policy, many)]),
    );
    // Nearly linear: trees grow deeper, and the text of a row that takes all is written again and again.
    const shows = CASES.flatMap(([policy, few, many]) => {
      const bar = (many / few) * 1.25;
      const ratio = (quantity) =>
        pairedRatio(series, `${policy} ${many}`, `${policy} ${few}`, quantity);
      return [
        atMost(`${policy}: wall time of ${many} / ${few} records`, ratio("seconds"), bar),
        atMost(`${policy}: bytes written for ${many} / ${few}`, ratio("written"), bar),
      ];
    });
    return { records: null, series, shows };
  },
};
