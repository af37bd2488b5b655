import { addHours } from "date-fns/addHours";
import { addSeconds } from "date-fns/addSeconds";
import { sql } from "kysely";
import type { Clock } from "../../clock.ts";
import { DUE_SOON_HOURS } from "../approvals/queue.ts";
import { seenFromRow } from "./approval-rows.ts";
import type { SailPointInbox, SailPointQueue, SailPointRow } from "./inbox.ts";
import { type CardPorts, identitiesOfUser, ownPlace } from "./load-card.ts";

export interface QueuePorts extends CardPorts {
  readonly clock: Clock;
  readonly pollSeconds: number;
}

/** So many polls in vain, and what is shown is called old. */
const OLD_POLLS = 5;

/** What waits for a person in SailPoint, as it was last read: by deadline, then priority, then age, as the queue of our own. */
export const readSailPointQueue =
  ({ db, clock, pollSeconds, webUrl: url, foretell }: QueuePorts): SailPointInbox["queue"] =>
  async ({ by, words, filter, limit, offset }) => {
    const now = clock.now();
    const own = await identitiesOfUser(db, by.userId);
    const poll = await db.selectFrom("sailpoint_poll").select("good_at").where("id", "=", 1).executeTakeFirst();
    const readAt = poll?.good_at ?? null;
    const age = { url, readAt, isOld: readAt !== null && addSeconds(readAt, OLD_POLLS * pollSeconds) < now };
    if (own.length === 0) return { rows: [], waiting: 0, offset: 0, ...age } satisfies SailPointQueue;
    const soon = addHours(now, DUE_SOON_HOURS);
    const patterns = words
      .split(/\s+/u)
      .filter((word) => word !== "")
      .map((word) => `%${word.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`);
    const matching = db
      .selectFrom("sailpoint_approval as approval")
      .where("status", "=", "PENDING")
      .where(sql<boolean>`assignee_ids && ${sql.val([...own])}::text[]`)
      .where(patterns.length === 0 ? sql<boolean>`true` : sql<boolean>`words ilike all (${sql.val(patterns)}::text[])`)
      .where(filter === "DUE_SOON" ? sql<boolean>`due_at <= ${soon}` : filter === "HIGH" ? sql<boolean>`urgency = 1` : sql<boolean>`true`);
    const counted = await matching.select(sql<number>`count(*)::int`.as("waiting")).executeTakeFirstOrThrow();
    const from = offset < counted.waiting ? offset : 0;
    const rows = await matching
      .select([
        ...(["approval.body", "approval.version", "approval.due_at", "approval.created_at", "approval.urgency"] as const),
        sql<boolean>`exists (select from sailpoint_decision decision where decision.approval_id = approval.id and decision.settled_at is null)`.as(
          "isBeingDecided",
        ),
      ])
      .orderBy(sql`coalesce(due_at, 'infinity'::timestamptz)`)
      .orderBy("urgency")
      .orderBy("created_at")
      .orderBy("id")
      .limit(limit)
      .offset(from)
      .execute();
    const shown = await Promise.all(
      rows.map(async ({ due_at: dueAt, created_at: createdAt, urgency, isBeingDecided, ...row }): Promise<SailPointRow> => {
        const seen = seenFromRow(row);
        return {
          ...seen,
          ...{ dueAt, createdAt, isBeingDecided },
          isDueSoon: dueAt !== null && dueAt <= soon,
          priority: urgency === 1 ? "HIGH" : urgency === 2 ? "MEDIUM" : "LOW",
          governed: await foretell(seen.approval, ownPlace(seen.approval, own)),
        };
      }),
    );
    return { rows: shown, waiting: counted.waiting, offset: from, ...age };
  };
