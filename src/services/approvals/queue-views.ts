import { type Kysely, sql } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../store/schema.ts";
import { QueuePlace } from "./queue.ts";

/** Where a person's queue stands in Slack: in their App Home, and in the modal that they opened last. */
export type QueueSurface = { readonly kind: "home" } | { readonly kind: "modal"; readonly viewId: string };

/** Remembers how a person left their queue, so that it can be drawn anew in place whenever something in it changes. */
export interface QueueViews {
  keep(userId: string, surface: QueueSurface, place: QueuePlace): Promise<void>;
  /** Null while the App Home was never looked at. */
  home(userId: string): Promise<QueuePlace | null>;
  modal(userId: string): Promise<{ readonly viewId: string; readonly place: QueuePlace } | null>;
  /** The modal was closed. */
  forgetModal(userId: string, viewId: string): Promise<void>;
}

/** Who looks at everything that waits: each change anywhere is one of their list. Whether they may still see it is asked when it is drawn. */
export async function readersOfEverybodys(db: Kysely<Database>): Promise<readonly string[]> {
  const everyone: QueuePlace["filter"] = "EVERYONE";
  const rows = await db
    .selectFrom("queue_view")
    .select("user_id")
    .distinct()
    .where(sql<string>`place ->> 'filter'`, "=", everyone)
    .orderBy("user_id")
    .execute();
  return rows.map(({ user_id }) => user_id);
}

export const createQueueViews = ({ db, clock }: { readonly db: Kysely<Database>; readonly clock: Clock }): QueueViews => {
  const read = async (userId: string, surface: QueueSurface["kind"]) => {
    const row = await db
      .selectFrom("queue_view")
      .select(["view_id", "place"])
      .where("user_id", "=", userId)
      .where("surface", "=", surface)
      .executeTakeFirst();
    const place = QueuePlace.safeParse(row?.place).data; // one of another version is as good as none
    return row === undefined || place === undefined ? null : { viewId: row.view_id ?? "", place };
  };
  return {
    keep: async (userId, surface, place) => {
      // Drawn anew, only what the person ticked stays ticked, which Slack remembers: never a row that came since.
      const kept = JSON.stringify({ ...place, ticked: false });
      const shown = { view_id: surface.kind === "modal" ? surface.viewId : null, place: kept, drawn_at: clock.now() };
      await db
        .insertInto("queue_view")
        .values({ user_id: userId, surface: surface.kind, ...shown })
        .onConflict((conflict) => conflict.columns(["user_id", "surface"]).doUpdateSet(shown))
        .execute();
    },
    home: async (userId) => (await read(userId, "home"))?.place ?? null,
    modal: (userId) => read(userId, "modal"),
    forgetModal: async (userId, viewId) => {
      await db
        .deleteFrom("queue_view")
        .where("user_id", "=", userId)
        .where("surface", "=", "modal")
        .where("view_id", "=", viewId)
        .execute();
    },
  };
};
