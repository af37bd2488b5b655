import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/schema.ts";

/** A remark as the table remembers it; its words are a comment of the approval. */
export interface NotedRemark {
  readonly commentId: string;
  readonly kind: "question" | "comment" | "reply";
  /** Of a reply: where it was written. */
  readonly message: { readonly channelId: string; readonly threadTs: string } | null;
  readonly createdAt: Date;
}

/** One remark in one thread. */
export interface Saying {
  readonly approvalId: string;
  readonly commentId: string;
  readonly audience: string;
}

const KINDS = ["question", "comment", "reply"] as const;

/** In the order in which they were made. */
export async function remarksOf(db: Kysely<Database>, approvalId: string): Promise<readonly NotedRemark[]> {
  const rows = await db.selectFrom("remark").selectAll().where("approval_id", "=", approvalId).execute();
  return rows
    .map(({ comment_id: commentId, kind, channel_id: channelId, thread_ts: threadTs, created_at: createdAt }) => ({
      commentId,
      kind: KINDS.find((each) => each === kind) ?? ("comment" as const),
      message: channelId === null || threadTs === null ? null : { channelId, threadTs },
      createdAt,
    }))
    .toSorted((a, b) => Number(a.commentId) - Number(b.commentId));
}

/** Longer than one message can take, waits for Slack included. By the database's clock, which all replicas share. */
const LEASE = sql<Date>`now() - interval '90 seconds'`;

/**
 * Takes the right to say a remark in a thread.
 * @returns `first` when nobody has tried; `again` when somebody has and it is not known what came of it; `said`; `underway` elsewhere
 */
export async function claimSaying(
  db: Kysely<Database>,
  { approvalId, commentId, audience }: Saying,
): Promise<"first" | "again" | "said" | "underway"> {
  const now = sql<Date>`now()`;
  const first = await db
    .insertInto("remark_said")
    .values({ approval_id: approvalId, comment_id: commentId, audience, attempted_at: now, ts: null })
    .onConflict((conflict) => conflict.columns(["approval_id", "comment_id", "audience"]).doNothing())
    .executeTakeFirst();
  if (first.numInsertedOrUpdatedRows === 1n) return "first";
  const again = await db
    .updateTable("remark_said")
    .set({ attempted_at: now })
    .where("approval_id", "=", approvalId)
    .where("comment_id", "=", commentId)
    .where("audience", "=", audience)
    .where("ts", "is", null)
    .where("attempted_at", "<", LEASE)
    .executeTakeFirst();
  if (again.numUpdatedRows === 1n) return "again";
  const row = await db
    .selectFrom("remark_said")
    .select("ts")
    .where("approval_id", "=", approvalId)
    .where("comment_id", "=", commentId)
    .where("audience", "=", audience)
    .executeTakeFirst();
  return row?.ts == null ? "underway" : "said";
}

export async function markSaid(db: Kysely<Database>, { approvalId, commentId, audience }: Saying, ts: string): Promise<void> {
  await db
    .updateTable("remark_said")
    .set({ ts })
    .where("approval_id", "=", approvalId)
    .where("comment_id", "=", commentId)
    .where("audience", "=", audience)
    .execute();
}

/** It did not work, as far as this process knows: the next run may try at once, and looks first. */
export async function returnSaying(db: Kysely<Database>, { approvalId, commentId, audience }: Saying): Promise<void> {
  await db
    .updateTable("remark_said")
    .set({ attempted_at: new Date(0) })
    .where("approval_id", "=", approvalId)
    .where("comment_id", "=", commentId)
    .where("audience", "=", audience)
    .execute();
}

/** For the one process that owns the store, before it says anything: whatever was under way died with its predecessor. */
export async function returnEverySaying(db: Kysely<Database>): Promise<void> {
  await db
    .updateTable("remark_said")
    .set({ attempted_at: new Date(0) })
    .where("ts", "is", null)
    .execute();
}
