/**
 * Runs an import with the built program, and at its steps either kills itself or keeps what a kill
 * would leave: a copy of the folder as it stands. What the process has not handed over yet is in
 * neither; what it has, is in both.
 *
 *   node crash-child.mjs FOLDER kill STEP OPTIONS FILE…
 *   node crash-child.mjs FOLDER keep COPIES OPTIONS FILE…
 *
 * STEP is the one-based number of a step, COPIES a folder that gets one named by its number for each
 * step; OPTIONS a JSON object of run options.
 */

import { cpSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_RUN_OPTIONS } from "../../dist/config/job/run-options.js";
import { loadConfig } from "../../dist/config/load-config.js";
import { openInputs } from "../../dist/reading/open-inputs.js";
import { localFeed } from "../../dist/reading/record-feed.js";
import { runImport } from "../../dist/running/run-import.js";

const [folder, what, at, options, ...files] = process.argv.slice(2);
const { config } = loadConfig(join(folder, "job.conf"), { cwd: folder, sets: [], overrides: {} });
let steps = 0;
const asked = { ...DEFAULT_RUN_OPTIONS, ...JSON.parse(options) };
const paths = files.map((file) => join(folder, file));
await runImport({
  config,
  command: "import",
  inputs: () => openInputs(config, paths, asked, localFeed),
  options: asked,
  hooks: {
    step: () => {
      steps++;
      if (what === "keep") cpSync(folder, join(at, String(steps)), { recursive: true });
      else if (steps === Number(at)) process.kill(process.pid, "SIGKILL");
    },
  },
});
