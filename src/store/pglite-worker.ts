import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { z } from "zod";
import { DurableFolder, durableStartParams } from "./durable-folder.ts";
import { shareSession } from "./wire-turns.ts";

/**
 * The thread that PGlite lives in: on the main thread its synchronous work would delay every acknowledgement to Slack.
 * Each port handed over is one client that speaks the PostgreSQL protocol.
 */
const { folder, idleMilliseconds } = z.object({ folder: z.string(), idleMilliseconds: z.number() }).parse(workerData);

const db = await PGlite.create({ fs: new DurableFolder(folder), startParams: durableStartParams });

const session = shareSession((messages) => db.execProtocolRawSync(messages), { idleMilliseconds });

parentPort?.on("message", (message: MessagePort | "close") => {
  if (message === "close") {
    void db.close().then(() => parentPort?.close());
    return;
  }
  const client = session.join(
    (bytes) => message.postMessage(bytes),
    () => message.close(),
  );
  message.on("message", client.receive);
  message.once("close", client.leave);
});

parentPort?.postMessage("ready");
