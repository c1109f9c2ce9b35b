/**
 * Sweeps and applies with the built program and kills itself at one of its steps.
 *
 *   node crash-apply-child.mjs FOLDER STEP
 *
 * STEP is the one-based number of the step.
 */

import { join } from "node:path";
import { loadConfig } from "../../dist/config/load-config.js";
import { applySweep } from "../../dist/running/apply-sweep.js";

const [folder, at] = process.argv.slice(2);
const { config } = loadConfig(join(folder, "job.conf"), { cwd: folder, sets: [], overrides: {} });
let steps = 0;
await applySweep({
  config,
  dryRun: false,
  wait: 0,
  hooks: {
    step: () => {
      if (++steps === Number(at)) process.kill(process.pid, "SIGKILL");
    },
  },
});
