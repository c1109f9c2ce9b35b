/** Bytes that look like structure and are none: reading must stay linear in their number. */

import { Place } from "../command.mjs";
import { JUNK_KINDS, junkFile } from "../make-data.mjs";
import { interleaved, pairedRatio } from "../measure.mjs";
import { atMost } from "../report.mjs";

const [SMALL, LARGE] = [16, 64];

export const junk = {
  name: "junk",
  title: `${SMALL} and ${LARGE} MiB of delimiters and digits behind one record`,

  /** @param {import("../run.mjs").Settings} settings */
  async run({ rounds }) {
    const place = new Place("junk");
    const contenders = JUNK_KINDS.flatMap((kind) =>
      [SMALL, LARGE].map((size) => ({
        name: `${kind} ${size} MiB`,
        run: () => place.clear().import(junkFile(kind, size)),
      })),
    );
    const series = await interleaved(rounds, contenders);
    // Start-up is part of both, so that a linear reader stays below the ratio of the sizes.
    const shows = JUNK_KINDS.map((kind) =>
      atMost(
        `${kind}: wall time of ${LARGE} / ${SMALL} MiB`,
        pairedRatio(series, `${kind} ${LARGE} MiB`, `${kind} ${SMALL} MiB`),
        (LARGE / SMALL) * 1.25,
      ),
    );
    return { records: null, series, shows };
  },
};
