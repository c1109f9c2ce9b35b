/** Harvests of a repository on the loopback: fetching alone, and what imports the pages. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIG, HARVESTER, Place } from "../command.mjs";
import { interleaved, measure, median, pairedRatio } from "../measure.mjs";
import { atLeast, atMost } from "../report.mjs";

const SERVER = join(import.meta.dirname, "..", "oai-server.mjs");
/** Records of the repository, all of whose pages the server holds in memory. */
const MOST = 50_000;
const FIELD_MAP = `field_map_section = map
[map]
dc:title = title
dc:creator = creators
dc:subject = subjects
dc:description = description
dc:publisher = publisher
dc:date = publication_date
dc:type = resource_types
dc:identifier = url
dc:language = language
`;
const RULES = {
  oai_dc: FIELD_MAP,
  marc21: `mapping = "${CONFIG}"\n[Database]\nextra_fields = "original_title"\n`,
};

/** A configuration, a database and a spool of one measurement's own. */
class Harvests {
  constructor(url, prefix, size) {
    this.place = new Place(`harvest-${prefix}-${size}`);
    this.config = join(this.place.directory, "bench.conf");
    this.text = `[Repositories]
harvest_list = "Bench"
[Bench]
base_url = "${url}/${prefix}/${size}"
metadata_prefix = ${prefix}
foreign_source = "bench"
${RULES[prefix]}`;
  }

  clear() {
    this.place.clear();
    writeFileSync(this.config, this.text);
    return this;
  }

  run(...options) {
    return measure([HARVESTER, ...options, this.config]);
  }

  /** Imports pages that are there, so that importing alone is measured. */
  async importFetched() {
    await this.run("--full", "--fetch-only");
    return await this.run("--full", "--import-only");
  }
}

export const harvest = {
  name: "harvest",
  title: "harvests of a repository on the loopback",

  /** @param {import("../run.mjs").Settings} settings */
  async run({ records: wanted, rounds }) {
    const records = Math.min(wanted, MOST);
    const server = spawn(process.execPath, [SERVER, String(records)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = await once(server.stdout, "data");
      return await measured(String(line).trim(), records, rounds);
    } finally {
      server.kill();
    }
  },
};

async function measured(url, records, rounds) {
  const dc = new Harvests(url, "oai_dc", 1000);
  const small = new Harvests(url, "oai_dc", 100);
  const marc = new Harvests(url, "marc21", 1000);
  const series = await interleaved(rounds, [
    { name: "fetch, 1,000 a page", run: () => dc.clear().run("--fetch-only") },
    { name: "fetch, 100 a page", run: () => small.clear().run("--fetch-only") },
    { name: "oai_dc, fetched and imported", run: () => dc.clear().run() },
    { name: "marc21, fetched and imported", run: () => marc.clear().run() },
    { name: "oai_dc, imported", run: () => dc.clear().importFetched() },
    { name: "oai_dc, unchanged", run: () => dc.importFetched() },
    { name: "marc21, imported", run: () => marc.clear().importFetched() },
    { name: "marc21, unchanged", run: () => marc.importFetched() },
  ]);
  const rate = (name) => records / median(series[name].map(({ seconds }) => seconds));
  const peak = Math.max(...Object.values(series).flatMap((list) => list.map((one) => one.peak)));
  const shows = [
    atLeast("fetched records/s", rate("fetch, 1,000 a page"), 30_000),
    atLeast("oai_dc: fetched and imported records/s", rate("oai_dc, fetched and imported"), 12_000),
    atLeast("marc21: fetched and imported records/s", rate("marc21, fetched and imported"), 10_000),
    atLeast(
      "oai_dc, unchanged: rate / first",
      pairedRatio(series, "oai_dc, imported", "oai_dc, unchanged"),
      2.5,
    ),
    atLeast(
      "marc21, unchanged: rate / first",
      pairedRatio(series, "marc21, imported", "marc21, unchanged"),
      2.5,
    ),
    atLeast(
      "100 a page: rate / 1,000 a page",
      pairedRatio(series, "fetch, 1,000 a page", "fetch, 100 a page"),
      0.5,
    ),
    atMost("peak MiB", peak / 2 ** 20, 250e6 / 2 ** 20),
  ];
  return { records, series, shows };
}
