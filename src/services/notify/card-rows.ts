import { type Kysely, sql } from "kysely";
import type { Ids } from "../../ids.ts";
import type { Database } from "../../store/schema.ts";
import { audienceKey } from "./audiences.ts";
import type { Audience } from "./notify-port.ts";

/** A card as the table remembers it; without `ts` it is still to be posted. */
export interface CardRow {
  readonly id: string;
  readonly audience: string;
  readonly channelId: string;
  readonly ts: string | null;
  readonly shown: string | null;
  readonly createdAt: Date;
}

/** By the database's clock, which all replicas share and which no sandbox moves. Renewed while the work goes on. */
const CLAIM = sql<Date>`now() + interval '15 seconds'`;

/** Notes the cards that must exist; those that are noted already stay as they are. */
export const ensureCards = async (
  db: Kysely<Database>,
  {
    requestId,
    audiences,
    ids,
    now,
  }: { readonly requestId: string; readonly audiences: readonly Audience[]; readonly ids: Ids; readonly now: Date },
): Promise<void> => {
  if (audiences.length === 0) return;
  const rows = audiences.map((audience) => ({
    id: ids.uuid(),
    request_id: requestId,
    audience: audienceKey(audience),
    channel_id: "channelId" in audience ? audience.channelId : audience.userId,
    ts: null,
    shown: null,
    posting_since: null,
    claimed_by: null,
    claimed_until: null,
    created_at: now,
  }));
  await db
    .insertInto("card")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["request_id", "audience"]).doNothing())
    .execute();
};

export const cardsOf = async (db: Kysely<Database>, requestId: string): Promise<readonly CardRow[]> => {
  const rows = await db
    .selectFrom("card")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy("created_at")
    .orderBy("audience")
    .execute();
  return rows.map(({ id, audience, channel_id, ts, shown, created_at }) => ({
    id,
    audience,
    channelId: channel_id,
    ts,
    shown,
    createdAt: created_at,
  }));
};

/**
 * Takes, or keeps, the right to project a request: the claim on its requester's card stands for the whole request. `false` while
 * another worker has it. A claim runs out by itself when its worker died.
 */
export const claimRequest = async (db: Kysely<Database>, requestId: string, leadAudience: string, worker: string): Promise<boolean> => {
  const claimed = await db
    .updateTable("card")
    .set({ claimed_by: worker, claimed_until: CLAIM })
    .where("request_id", "=", requestId)
    .where("audience", "=", leadAudience)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", worker), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
};

export const releaseRequest = async (db: Kysely<Database>, requestId: string, worker: string): Promise<void> => {
  await db
    .updateTable("card")
    .set({ claimed_by: null, claimed_until: null })
    .where("request_id", "=", requestId)
    .where("claimed_by", "=", worker)
    .execute();
};

/** For the one process that owns the store, before it projects anything: every claim is then a dead predecessor's. */
export const releaseEveryClaim = async (db: Kysely<Database>): Promise<void> => {
  await db.updateTable("card").set({ claimed_by: null, claimed_until: null }).where("claimed_by", "is not", null).execute();
};

/** Notes that the card is about to be posted. @returns since when an attempt is on record of which nobody noted what came; null when none is */
export const notePosting = async (db: Kysely<Database>, cardId: string): Promise<Date | null> => {
  const card = db.updateTable("card").where("id", "=", cardId);
  const first = await card.set({ posting_since: sql<Date>`now()` }).where("posting_since", "is", null).executeTakeFirst();
  if (first.numUpdatedRows === 1n) return null;
  const { posting_since: since } = await db.selectFrom("card").select("posting_since").where("id", "=", cardId).executeTakeFirstOrThrow();
  return since;
};

/** Where the direct messages with a person are; null for somebody who never had a card. */
export const directMessagesWith = async (db: Kysely<Database>, userId: string): Promise<string | null> => {
  const names = (["requester", "approver", "reader"] as const).map((kind) => audienceKey({ kind, userId }));
  const found = await db
    .selectFrom("card")
    .select("channel_id")
    .where("audience", "in", names)
    .where("ts", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return found?.channel_id ?? null;
};

export const markPosted = async (
  db: Kysely<Database>,
  cardId: string,
  posted: { readonly channelId: string; readonly ts: string; readonly shown: string },
): Promise<void> => {
  await db
    .updateTable("card")
    .set({ channel_id: posted.channelId, ts: posted.ts, shown: posted.shown, posting_since: null })
    .where("id", "=", cardId)
    .execute();
};

export const markShown = async (db: Kysely<Database>, cardId: string, shown: string): Promise<void> => {
  await db.updateTable("card").set({ shown }).where("id", "=", cardId).execute();
};

/** Remembers a notice as said; `false` when it was already. */
export const claimNotice = async (db: Kysely<Database>, key: string, now: Date): Promise<boolean> => {
  const claimed = await db
    .insertInto("notice")
    .values({ key, said_at: now })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
};

/** The notice that everybody concerned by a broken glass was told once: every card stood, of everybody behind every group, too. */
export const wholeKey = (requestId: string): string => `whole:${requestId}`;

/** Which of these were said before. */
export const noticesSaid = async (db: Kysely<Database>, keys: readonly string[]): Promise<ReadonlySet<string>> => {
  if (keys.length === 0) return new Set();
  const rows = await db.selectFrom("notice").select("key").where("key", "in", keys).execute();
  return new Set(rows.map(({ key }) => key));
};

export const unclaimNotice = async (db: Kysely<Database>, key: string): Promise<void> => {
  await db.deleteFrom("notice").where("key", "=", key).execute();
};
