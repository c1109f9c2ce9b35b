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
import { openInputs } from "../../dist/reading/open-inputs.js";
import { localFeed } from "../../dist/reading/record-feed.js";
import { runImport } from "../../dist/running/run-import.js";

const [folder, at, options, ...files] = process.argv.slice(2);
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
      if (++steps === Number(at)) process.kill(process.pid, "SIGKILL");
    },
  },
});
