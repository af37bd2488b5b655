import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 45_000,
    hookTimeout: 60_000,
    // One browser at a time: two cores draw one page quickly, and two pages slowly.
    fileParallelism: false,
  },
});
