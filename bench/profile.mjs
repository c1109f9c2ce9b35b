#!/usr/bin/env node
/**
 * Where the time of a first import goes, by room and by thread:
 *
 *     npm run --silent build && node bench/profile.mjs [--records N] [--functions N] [--set KEY=VALUE]…
 *
 * The shares are those of a sampling profiler; a native function (a statement of SQLite, say) counts
 * for the room that called it. The profiles stay in bench/data/work/profile/ for Chrome's DevTools.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CONFIG, Place } from "./command.mjs";
import { dataFile } from "./make-data.mjs";
import { measure } from "./measure.mjs";
import { FLAGS } from "./program-flags.mjs";

/** Rooms that hold others, each of which is worth a line of its own. */
const HOUSES = /^(?:config|mapping|marc|reading|store)\//;

/**
 * Runs the program from its modules, since a bundle's functions tell no room. Not as a module itself:
 * the reading thread would inherit the option that says so, and Node refuses it there.
 */
const START = `import(process.argv[1])
  .then(({ main }) => main(process.argv.slice(2)))
  .then((status) => { process.exitCode = status; });`;
const MAIN = resolve(import.meta.dirname, "../dist/cli/main.js");
const OF_THE_ENGINE = /^\((garbage collector|idle|program)\)$/;

/** Microseconds by room and by function of one thread's profile. */
function analyse(profile) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])),
  );
  const rooms = new Map();
  const functions = new Map();
  profile.samples.forEach((id, i) => {
    const time = profile.timeDeltas[i];
    const name = ownerOf(nodes.get(id), nodes, parents);
    add(functions, name, time);
    add(rooms, roomOf(name), time);
  });
  return { rooms, functions };
}

/** `room/file.js:function` of the nearest caller of ours, or the engine's name for what it does. */
function ownerOf(node, nodes, parents) {
  const { functionName } = node.callFrame;
  if (OF_THE_ENGINE.test(functionName)) return functionName;
  for (let at = node; at; at = nodes.get(parents.get(at.id))) {
    const file = /\/dist\/(.*)$/.exec(at.callFrame.url)?.[1];
    if (file) return `${file}:${at.callFrame.functionName}`;
  }
  return "Node";
}

/** The room of a function; commits, which write what others have gathered, stand alone. */
function roomOf(name) {
  if (/transactions\.js:commit$/.test(name)) return "commits (write-ahead log, checkpoints)";
  const [path] = name.split(":");
  if (!path.includes("/")) return name;
  const folders = path.split("/").slice(0, -1);
  return folders.slice(0, HOUSES.test(path) ? 3 : 1).join("/");
}

function add(sums, key, time) {
  sums.set(key, (sums.get(key) ?? 0) + time);
}

function table(sums, most) {
  const total = [...sums.values()].reduce((sum, time) => sum + time, 0);
  return [...sums]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name, time]) => `  ${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`)
    .join("\n");
}

async function main() {
  const { values } = parseArgs({
    options: {
      records: { type: "string", default: "200000" },
      functions: { type: "string", default: "25" },
      set: { type: "string", multiple: true, default: [] },
    },
  });
  const place = new Place("profile").clear();
  const profiler = ["--cpu-prof", `--cpu-prof-dir=${place.directory}`];
  const sets = values.set.flatMap((setting) => ["--set", setting]);
  const options = ["--database", place.database, "--log-dir", place.logs, ...sets];
  const file = dataFile("mixed", Number(values.records));
  const start = [...FLAGS, ...profiler, "-e", START, MAIN];
  const command = [process.execPath, ...start, ...options, CONFIG, file];
  const { seconds, cpu } = await measure(command, { statuses: [0, 1] });
  console.log(`${seconds.toFixed(1)} s, ${cpu?.toFixed(1)} s of processor time, profiler included`);
  const profiles = readdirSync(place.directory).filter((name) => name.endsWith(".cpuprofile"));
  for (const name of profiles.toSorted()) {
    const path = join(place.directory, name);
    const { rooms, functions } = analyse(JSON.parse(readFileSync(path, "utf8")));
    console.log(`\n${name}\n${table(rooms, rooms.size)}\n`);
    console.log(table(functions, Number(values.functions)));
  }
}

await main();
