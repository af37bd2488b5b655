import { Worker } from "node:worker_threads";
import { z } from "zod";
import { doneWithin, type Timers } from "../../timers.ts";
import type { KeyReading, KeyToRead } from "./judge-key.ts";

export type ReadKey = (key: KeyToRead) => Promise<KeyReading>;

/** OpenSSH's own default takes about a second. */
const LONGEST_MILLISECONDS = 15_000;
const MEMORY_MEGABYTES = 128;

const Reading = z.enum(["fine", "public", "unreadable", "passphrase-missing", "passphrase-wrong", "passphrase-needless"]);

/** Reads a key in a thread of its own, for at most fifteen seconds; a key that takes longer is `unreadable`. */
export const createReadKey =
  (timers: Timers): ReadKey =>
  async (key) => {
    const worker = new Worker(new URL("./read-key-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES },
      // Nothing of a key may reach the log by way of a library that prints.
      stdout: true,
      stderr: true,
    });
    try {
      const answered = new Promise<unknown>((resolve) => {
        worker.once("message", resolve);
        worker.once("error", () => resolve(null));
        worker.once("exit", () => resolve(null));
      });
      worker.postMessage(key);
      if (!(await doneWithin(timers, LONGEST_MILLISECONDS, answered))) return "unreadable";
      return Reading.catch("unreadable").parse(await answered);
    } finally {
      await worker.terminate();
    }
  };
