import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    env: {
      TZ: "UTC",
      TMPDIR: temporaryFolder(),
      NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/portcullis/compile", import.meta.url)),
    },
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

/**
 * Memory where there is plenty, else the disk: an embedded database is a thousand files, and its every commit waits for the disk, which
 * three workers share. What is synced when is asserted by the calls, not by the medium.
 */
function temporaryFolder(): string {
  const memory = "/dev/shm"; // of Linux
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 2 ** 31 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}
