import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { FaultPointName } from "../../src/fault-points.ts";
import { createLog } from "../../src/log.ts";

/**
 * The real bot. Armed with a labelled point it stops there once, says so, and goes on when it is told; in between its parent kills it,
 * breaks ZPA, or has it lose every connection to its database.
 */
const actor = z.object({ teamId: z.string(), userId: z.string() });
const Order = z.discriminatedUnion("do", [
  z.object({ do: z.literal("arm"), point: z.string().nullable() }),
  z.object({ do: z.literal("go") }),
  z.object({ do: z.literal("cut") }),
  z.object({ do: z.literal("ask"), id: z.number(), by: actor, console: z.string(), reason: z.string(), end: z.coerce.date() }),
  z.object({ do: z.literal("change"), id: z.number(), by: actor, requestId: z.string(), end: z.coerce.date() }),
  z.object({ do: z.literal("finish"), id: z.number(), by: actor, requestId: z.string() }),
  z.object({ do: z.literal("look"), id: z.number(), requestId: z.string() }),
]);

let armed: string | null = null;
let goOn: (() => void) | null = null;
const clients = new Set<pg.Client>();
const { connect } = pg.Client.prototype;
pg.Client.prototype.connect = function (this: pg.Client, ...rest: never[]) {
  clients.add(this);
  return Reflect.apply(connect, this, rest);
} as typeof connect;

const portcullis = await startPortcullis({
  config: readConfig(process.env, (path) => {
    throw new Error(`no file was expected: ${path}`);
  }),
  log: createLog(process.env.LOG_LEVEL === "debug" ? "debug" : "error"),
  onFatal: () => process.exit(1),
  faultPoint: async (name: FaultPointName) => {
    if (name !== armed) return;
    armed = null;
    process.send?.({ reached: name });
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  },
});
const { access, catalog } = portcullis.services;

process.on("message", (message) => {
  const order = Order.parse(message);
  switch (order.do) {
    case "arm":
      armed = order.point;
      return;
    case "go":
      goOn?.();
      return;
    case "cut":
      for (const client of clients) streamOf(client)?.destroy();
      clients.clear();
      return;
    default:
      void perform(order).then(
        (answer) => process.send?.({ answers: order.id, answer }),
        (thrown: unknown) => process.send?.({ answers: order.id, refused: String(thrown) }),
      );
  }
});
process.send?.("ready");

/** What pg keeps to itself: the socket, or the message port, under a client. */
const streamOf = (client: pg.Client): { destroy(): void } | undefined =>
  z.object({ connection: z.object({ stream: z.custom<{ destroy(): void }>() }) }).safeParse(client).data?.connection.stream;

async function perform(order: Exclude<z.infer<typeof Order>, { do: "arm" | "go" | "cut" }>): Promise<unknown> {
  switch (order.do) {
    case "ask": {
      while (catalog.search(order.console, 1).length === 0) await pause(20);
      const [made] = await access.submit({
        by: order.by,
        beneficiaryUserId: null,
        consoleIds: catalog.search(order.console, 1).map(({ id }) => id),
        time: { start: { kind: "onApproval" }, end: { kind: "at", at: order.end }, workingHours: null },
        reason: order.reason,
        submissionKey: order.reason,
      });
      return { requestId: made?.id };
    }
    case "change":
      await access.change({ requestId: order.requestId, by: order.by, end: order.end, reason: "bench" });
      return null;
    case "finish":
      await access.finish({ requestId: order.requestId, by: order.by });
      return null;
    case "look": {
      const { request, grants } = await access.overview(order.requestId);
      return {
        status: request.status,
        end: request.window?.end.toISOString() ?? null,
        isSettled: request.amendments.every(({ outcome }) => outcome === "WRITTEN"),
        grants: grants.map(({ status, zpaId, end, changingFrom }) => ({
          status,
          zpaId,
          end: end.toISOString(),
          isChanging: changingFrom !== null,
        })),
      };
    }
  }
}
