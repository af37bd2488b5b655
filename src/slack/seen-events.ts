import type { AnyMiddlewareArgs, Middleware } from "@slack/bolt";
import type { Kysely } from "kysely";
import { z } from "zod";
import { claimEvent, forgetOldEvents } from "../services/notify/seen-events.ts";
import type { Database } from "../store/schema.ts";

const eventCallback = z.object({ type: z.literal("event_callback"), event_id: z.string(), event: z.object({ type: z.string() }) });

/**
 * Lets each event through once, on however many replicas: its id is claimed in the database first. Messages are let through always: their
 * id is claimed together with what is written of them, because a crash between the two would lose the message.
 */
export const onceEachEvent =
  (db: Kysely<Database>): Middleware<AnyMiddlewareArgs> =>
  async ({ body, next }) => {
    const event = eventCallback.safeParse(body);
    if (!event.success || event.data.event.type === "message") return next();
    if (!(await claimEvent(db, event.data.event_id))) return;
    await next();
    await forgetOldEvents(db);
  };
