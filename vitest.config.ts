import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    env: { TZ: "UTC" },
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The files that kill processes spend most of their time waiting for children; one worker per core but one, vitest's
    // default, leaves the machine idle.
    maxWorkers: 3,
  },
});
