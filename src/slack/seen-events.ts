import type { AnyMiddlewareArgs, Middleware } from "@slack/bolt";
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { Database } from "../store/schema.ts";

const eventCallback = z.object({ type: z.literal("event_callback"), event_id: z.string() });

/** Lets each event through once, on however many replicas: its id is claimed in the database first. */
export const onceEachEvent =
  (db: Kysely<Database>): Middleware<AnyMiddlewareArgs> =>
  async ({ body, next }) => {
    const event = eventCallback.safeParse(body);
    if (!event.success) return next();
    if (!(await claim(db, event.data.event_id))) return;
    await next();
    await forgetOld(db);
  };

const claim = async (db: Kysely<Database>, eventId: string): Promise<boolean> => {
  const claimed = await db
    .insertInto("seen_event")
    .values({ event_id: eventId })
    .onConflict((conflict) => conflict.column("event_id").doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
};

/** Slack delivers an event up to four times within six minutes; a day is ample. */
const forgetOld = async (db: Kysely<Database>): Promise<void> => {
  await db.deleteFrom("seen_event").where("seen_at", "<", sql<Date>`now() - interval '1 day'`).execute();
};
