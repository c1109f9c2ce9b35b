/**
 * Harvests a repository with the built program and kills itself at one of its steps.
 *
 *   node harvest-child.mjs FOLDER NOW STEP TIME
 *
 * NOW is the clock in milliseconds, STEP the name of the step, TIME how often it must have come.
 */

import { loadHarvestConfig } from "../../dist/config/harvest/load-harvest.js";
import { DEFAULT_RUN_OPTIONS } from "../../dist/config/job/run-options.js";
import { threadLists } from "../../dist/harvest/list-feed.js";
import { harvestRepository } from "../../dist/running/harvest-night.js";

const [folder, now, wanted, time] = process.argv.slice(2);
const { config } = loadHarvestConfig("main.conf", { cwd: folder });
let left = Number(time);
await harvestRepository({
  repository: config.repositories[0],
  options: {
    full: false,
    fetchOnly: false,
    importOnly: false,
    restart: false,
    from: null,
    until: null,
    run: DEFAULT_RUN_OPTIONS,
  },
  lists: threadLists(),
  hooks: {
    step: (name) => {
      if (name === wanted && --left === 0) process.kill(process.pid, "SIGKILL");
    },
  },
  surroundings: { now: () => Number(now), random: () => 0.5, sleep: async () => {} },
});
