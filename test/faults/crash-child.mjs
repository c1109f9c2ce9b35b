/**
 * Runs an import with the built program and kills itself at one of its steps.
 *
 *   node crash-child.mjs FOLDER STEP OPTIONS FILE…
 *
 * STEP is the one-based number of the step, OPTIONS a JSON object of run options.
 */

import { join } from "node:path";
import { DEFAULT_RUN_OPTIONS } from "../../dist/config/job/run-options.js";
import { loadConfig } from "../../dist/config/load-config.js";
import { runImport } from "../../dist/running/run-import.js";

const [folder, at, options, ...files] = process.argv.slice(2);
const { config } = loadConfig(join(folder, "job.conf"), { cwd: folder, sets: [], overrides: {} });
let steps = 0;
await runImport({
  config,
  files: files.map((file) => join(folder, file)),
  options: { ...DEFAULT_RUN_OPTIONS, ...JSON.parse(options) },
  hooks: {
    step: () => {
      if (++steps === Number(at)) process.kill(process.pid, "SIGKILL");
    },
  },
});
