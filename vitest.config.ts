import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    env: { TZ: "UTC", NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/portcullis/compile", import.meta.url)) },
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The files that kill processes spend most of their time waiting for children; one worker per core but one, vitest's
    // default, leaves the machine idle.
    maxWorkers: 3,
    isolate: false,
  },
});
