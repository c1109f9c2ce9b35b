/** Measuring whole processes, and saying what came out. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** GNU time; without it only wall time is known. */
const TIME = "/usr/bin/time";
const canTime = existsSync(TIME);

/**
 * @typedef {object} Measurement
 * @property {number} seconds wall time
 * @property {number | null} cpu seconds of processor time, of user and system together
 * @property {number | null} peak bytes of memory resident at most
 * @property {number | null} written bytes written to disk by the process itself
 */

/**
 * Runs a command to its end, its output thrown away.
 *
 * @param {string[]} command program and arguments
 * @param {{ statuses?: number[], input?: string }} options exit statuses that are no failure
 *   (default 0), and what to give it on standard input
 * @returns {Promise<Measurement>}
 * @throws {Error} when it ends otherwise, with the end of what it wrote to standard error
 */
export async function measure(command, { statuses = [0], input = "" } = {}) {
  spawnSync("sync");
  const directory = mkdtempSync(join(tmpdir(), "marc-import-bench-"));
  const report = join(directory, "time");
  const timed = canTime ? [TIME, "-q", "-o", report, "-f", "%U %S %M %O", ...command] : command;
  try {
    const started = performance.now();
    const { status, errors } = await run(timed, input);
    const seconds = (performance.now() - started) / 1000;
    if (!statuses.includes(status)) {
      throw new Error(`${command.join(" ")}: exit status ${status}\n${errors}`);
    }
    return { seconds, ...resources(canTime ? readFileSync(report, "utf8") : null) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function run([program, ...args], input) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (data) => {
      errors = (errors + data).slice(-2000);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ status: code ?? signal, errors }));
    child.stdin.on("error", () => {}); // a program need not read its input
    child.stdin.end(input);
  });
}

function resources(report) {
  if (report === null) return { cpu: null, peak: null, written: null };
  const [user, system, kibibytes, blocks] = report.trim().split(" ").map(Number);
  return { cpu: user + system, peak: kibibytes * 1024, written: blocks * 512 };
}

/** @param {number[]} values not empty */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures contenders in turn, round after round, so that a slow minute of the machine hits all.
 *
 * @param {number} rounds
 * @param {{ name: string, run: () => Promise<Measurement> }[]} contenders
 * @returns {Promise<Record<string, Measurement[]>>} by name, one a round
 */
export async function interleaved(rounds, contenders) {
  const series = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contenders) series[name].push(await run());
  }
  return series;
}

/**
 * The median over the rounds of `above / below`, seconds unless another quantity is named.
 *
 * @param {Record<string, Measurement[]>} series
 */
export function pairedRatio(series, above, below, quantity = "seconds") {
  return median(series[above].map((one, i) => one[quantity] / series[below][i][quantity]));
}

/** Whether a program can be run at all. */
export function isInstalled(program, ...args) {
  return spawnSync(program, args, { stdio: "ignore" }).error === undefined;
}
