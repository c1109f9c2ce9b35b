#!/usr/bin/env node
/**
 * The measurements: whole processes, interleaved, medians and paired ratios.
 *
 *     npm run bench -- [--only a,b] [--records N] [--runs N] [--peers a,b] [--json FILE]
 *
 * docs/performance.md says how to read them.
 */

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { byDescription } from "./jobs/by-description.mjs";
import { charsets } from "./jobs/charsets.mjs";
import { firstImport, firstLong } from "./jobs/first-import.mjs";
import { growth } from "./jobs/growth.mjs";
import { harvest } from "./jobs/harvest.mjs";
import { junk } from "./jobs/junk.mjs";
import { logging } from "./jobs/logging.mjs";
import { memory } from "./jobs/memory.mjs";
import { nightly } from "./jobs/nightly.mjs";
import { oneTitle } from "./jobs/one-title.mjs";
import { startup } from "./jobs/startup.mjs";
import { sweep } from "./jobs/sweep.mjs";
import { want } from "./jobs/want.mjs";
import { jobText, machine, machineText } from "./report.mjs";

const JOBS = [
  startup,
  firstImport,
  firstLong,
  nightly,
  charsets,
  logging,
  memory,
  junk,
  oneTitle,
  byDescription,
  sweep,
  harvest,
  want,
  growth,
];
const DEFAULT_RECORDS = 200_000;
const DEFAULT_ROUNDS = 3;

const USAGE = `usage: npm run bench -- [options]
  --only JOBS     only these jobs, a,b or repeated: ${JOBS.map(({ name }) => name).join(", ")}
  --records N     size of a catalogue (default ${DEFAULT_RECORDS})
  --runs N        rounds of each job (default ${DEFAULT_ROUNDS})
  --peers LIST    of the other programs only these: floor, marcjs, marc-batch, yaz-json; "" for none
  --json FILE     write every single measurement; - is standard output, instead of the tables`;

/**
 * @typedef {object} Settings
 * @property {number} records size of the catalogue
 * @property {boolean} isDefaultSize nobody asked for that size
 * @property {number} rounds how often each contender is measured
 * @property {string[] | null} peers names of the other programs, null for all that are installed
 */

/** @throws {Error} for a command line that cannot be understood */
function readArguments() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      records: { type: "string" },
      runs: { type: "string" },
      peers: { type: "string" },
      json: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const only = values.only?.flatMap((names) => names.split(","));
  const unknown = (only ?? []).filter((name) => !JOBS.some((job) => job.name === name));
  if (unknown.length > 0) throw new Error(`no job ${unknown.join(", ")}\n${USAGE}`);
  const settings = {
    records: positive(values.records, DEFAULT_RECORDS),
    isDefaultSize: values.records === undefined,
    rounds: positive(values.runs, DEFAULT_ROUNDS),
    peers: values.peers?.split(",") ?? null,
  };
  return { ...values, only, settings };
}

/** A mistake on the command line wants no stack trace. */
function understood() {
  try {
    return readArguments();
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

function positive(text, fallback) {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`not a number: ${text}\n${USAGE}`);
  return number;
}

/** The job's result, or null after saying why there is none: the others are worth having. */
async function runJob({ name, title, run }, settings) {
  try {
    return { job: name, title, ...(await run(settings)) };
  } catch (error) {
    console.error(`job ${name} failed: ${error.message}\n`);
    process.exitCode = 1;
    return null;
  }
}

async function main() {
  const { only, json, help, settings } = understood();
  if (help) return console.log(USAGE);
  const quiet = json === "-";
  const on = machine();
  if (!quiet) console.log(`${machineText(on)}\n`);
  const results = [];
  for (const job of JOBS.filter(({ name, onlyByName }) => only?.includes(name) ?? !onlyByName)) {
    const result = await runJob(job, settings);
    if (result === null) continue;
    results.push(result);
    if (!quiet) console.log(jobText(result));
  }
  if (json === undefined) return;
  const text = `${JSON.stringify({ machine: on, settings, results }, null, 2)}\n`;
  if (quiet) process.stdout.write(text);
  else writeFileSync(json, text);
}

await main();
