/**
 * Reads a file with the built program, as one of its commands does, but waits for a rule only so long.
 *
 *   node runaway-child.mjs FOLDER MILLISECONDS here|thread import|explain|compare|check
 *
 * Ends with the exit status of what stopped it, which it prints.
 */

import { join } from "node:path";
import { DEFAULT_RUN_OPTIONS } from "../../dist/config/job/run-options.js";
import { loadConfig } from "../../dist/config/load-config.js";
import { checkOverFile } from "../../dist/looking/check-over-file.js";
import { compareConfigurations } from "../../dist/looking/config-diff.js";
import { explainRecords } from "../../dist/looking/explain-file.js";
import { openInputs } from "../../dist/reading/open-inputs.js";
import { threadFeed } from "../../dist/reading/thread/worker-feed.js";
import { localWatchedFeed } from "../../dist/reading/watched-feed.js";
import { runImport } from "../../dist/running/run-import.js";

const [folder, patience, where, command] = process.argv.slice(2);
const load = (name) =>
  loadConfig(join(folder, name), {
    cwd: folder,
    sets: [],
    overrides: { database: `${where}.sqlite` },
  }).config;
const config = load("job.conf");
const file = join(folder, "in.mrc");
const feed = (where === "here" ? localWatchedFeed : threadFeed)(Number(patience));
const request = { config, file, format: "auto", selection: { by: "all" }, replay: false, feed };

/** Takes all that comes. */
async function drain(items) {
  for await (const _ of items);
}

const commands = {
  import: async () => {
    const { failure } = await runImport({
      config,
      command: "import",
      inputs: () => openInputs(config, [file], DEFAULT_RUN_OPTIONS, feed),
      options: DEFAULT_RUN_OPTIONS,
    });
    if (failure) throw failure;
  },
  explain: () => drain(explainRecords(request)),
  compare: () => drain(compareConfigurations(request, load("other.conf"))),
  check: () => checkOverFile(request),
};

try {
  await commands[command]();
} catch (error) {
  process.stdout.write(error.message);
  process.exitCode = error.exitStatus;
}
