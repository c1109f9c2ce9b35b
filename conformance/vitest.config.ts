import { defineConfig } from "vitest/config";

/** Comparisons with real files and with other programs; `npm test` does without both. */
export default defineConfig({
  test: {
    include: ["conformance/**/*.conformance.ts"],
    globalSetup: "test/support/temporary-home.ts",
    pool: "forks",
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
