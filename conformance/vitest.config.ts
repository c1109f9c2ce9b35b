import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "../test/support/longest-first.js";

/** Comparisons with real files and with other programs; `npm test` does without both. */
export default defineConfig({
  test: {
    include: ["conformance/**/*.conformance.ts"],
    globalSetup: "test/support/temporary-home.ts",
    pool: "forks",
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
