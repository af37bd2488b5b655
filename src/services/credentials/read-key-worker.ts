import { parentPort } from "node:worker_threads";
import { z } from "zod";
import { judgeKey } from "./judge-key.ts";

/**
 * The thread in which one key is read. A key says itself how long its passphrase takes to try, which on the main thread would delay every
 * acknowledgement to Slack; here it can be ended.
 */
const Asked = z.object({ privateKey: z.string(), passphrase: z.string().nullable() });

parentPort?.once("message", (message: unknown) => parentPort?.postMessage(judgeKey(Asked.parse(message))));
