import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** More than all folders and databases that stand at once take. A container's share is often 64 MB. */
const ROOM_BYTES = 2 * 1024 ** 3;

/** Where the tests' databases live: in memory where there is room, because copying and opening them is most of the work. */
function placeForFolders(): string {
  try {
    const memory = "/dev/shm";
    const { bavail, bsize } = statfsSync(memory);
    accessSync(memory, constants.W_OK);
    return bavail * bsize >= ROOM_BYTES ? memory : tmpdir();
  } catch {
    return tmpdir(); // no such place on this system
  }
}

export default defineConfig({
  test: {
    env: {
      TZ: "UTC",
      TMPDIR: placeForFolders(),
      NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/portcullis/compile", import.meta.url)),
    },
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The files that kill processes spend most of their time waiting for children; one worker per core but one, vitest's
    // default, leaves the machine idle.
    maxWorkers: 3,
    // PGlite is WebAssembly: compiling it once more to run faster costs more than such short lives give back.
    execArgv: ["--liftoff-only"],
    isolate: false,
  },
});
