/**
 * How fast records become rows: the records of a file are parsed once, then mapped again and again.
 * Prints CPU time of the mapping alone, on one thread.
 *
 *   node bench/mapping.mjs [CONFIG [FILE.mrc]] [--seconds N] [--dist DIR]
 *
 * Without a file it is samples/catalog.mrc. Run `npm run build` first.
 */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { cpuUsage } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "5" },
    dist: { type: "string", default: resolve(ROOT, "dist") },
  },
});

const load = (module) => import(pathToFileURL(resolve(options.dist, module)).href);
const { loadConfig } = await load("config/load-config.js");
const { createMapper } = await load("mapping/marc/mapper.js");
const { Iso2709Reader } = await load("input/iso2709-reader.js");

const [configPath = resolve(ROOT, "etc/sample.conf"), file = resolve(ROOT, "samples/catalog.mrc")] =
  positionals;
const { config, problems } = loadConfig(configPath, { cwd: process.cwd() });
if (!config) {
  console.error(problems);
  process.exit(2);
}

/** Views of the file's records; like those of an import, each over bytes that it shares with others. */
function recordsOf(path) {
  const reader = new Iso2709Reader({ encoding: "auto", strict: false, maxRecordSize: 1 << 24 });
  return [...reader.push(readFileSync(path)), ...reader.end()].filter(
    ({ kind }) => kind === "record",
  );
}

const records = recordsOf(file);
const bytes = records.reduce((sum, { length }) => sum + length, 0);
const mapper = createMapper(config);

function mapAll() {
  for (const { record } of records) {
    const before = record.diagnostics.length;
    mapper.map(record);
    // The decoding adds its findings to the record's; a record is mapped once in an import.
    record.diagnostics.length = before;
  }
}

/** Microseconds of CPU time that one pass takes. */
function timePass() {
  const before = cpuUsage();
  mapAll();
  const { user, system } = cpuUsage(before);
  return user + system;
}

const end = performance.now() + Number(options.seconds) * 1000;
const passes = [];
// The first passes are the compiler's.
for (let pass = 0; pass < 3; pass++) mapAll();
do passes.push(timePass());
while (performance.now() < end);
passes.sort((a, b) => a - b);

const micros = (time) => (time / records.length).toFixed(2);
const best = passes[0] / records.length;
console.log(
  `${records.length} records of ${Math.round(bytes / records.length)} bytes, ` +
    `${mapper.rules.length} rules, ${passes.length} passes: ${micros(passes[0])} µs a record at best ` +
    `(median ${micros(passes[passes.length >> 1])}), ${Math.round(1e6 / best)} records/s`,
);
