/** The same text in MARC-8 and in UTF-8, and yaz-marcdump, which only converts. */

import { Place } from "../command.mjs";
import { dataFile } from "../make-data.mjs";
import { interleaved, isInstalled, measure, pairedRatio } from "../measure.mjs";
import { atLeast } from "../report.mjs";

export const charsets = {
  name: "charsets",
  title: "first import of texts rich in ANSEL and in EACC characters, in MARC-8 and in UTF-8",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records, rounds }) {
    const place = new Place("charsets");
    const importOf = (set) => ({
      name: set,
      run: () => place.clear().import(dataFile(set, records)),
    });
    const kinds = ["ansel", "eacc"];
    const hasYaz = isInstalled("yaz-marcdump", "-V");
    for (const kind of kinds)
      dataFile(`${kind}-marc8`, records) && dataFile(`${kind}-utf8`, records);
    const contenders = kinds.flatMap((kind) => [
      importOf(`${kind}-marc8`),
      importOf(`${kind}-utf8`),
      ...(hasYaz ? [converterOf(kind, records)] : []),
    ]);
    const series = await interleaved(rounds, contenders);
    return { records, series, shows: kinds.flatMap((kind) => showsOf(kind, series, hasYaz)) };
  },
};

function converterOf(kind, records) {
  const file = dataFile(`${kind}-marc8`, records);
  const command = ["yaz-marcdump", "-f", "marc8", "-t", "utf8", "-o", "json", file];
  return { name: `${kind} yaz-json`, run: () => measure(command) };
}

function showsOf(kind, series, hasYaz) {
  const [marc8, utf8, yaz] = [`${kind}-marc8`, `${kind}-utf8`, `${kind} yaz-json`];
  const shows = [atLeast(`${kind}: rate / UTF-8`, pairedRatio(series, utf8, marc8), 0.8)];
  if (hasYaz)
    shows.push(atLeast(`${kind}: rate / yaz-marcdump`, pairedRatio(series, yaz, marc8), 1));
  return shows;
}
