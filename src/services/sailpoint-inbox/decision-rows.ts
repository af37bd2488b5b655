import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import { ERROR_CODES } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { SailPointDecisionTable } from "../../store/tables/sailpoint.ts";
import { DECISION_STATES, type DecisionState, type SailPointDecisionRecord, SailPointDeed, type SailPointFailure } from "./inbox.ts";

const actor = z.object({ teamId: z.string(), userId: z.string() });
const place = z.object({ channelId: z.string().nullable(), messageTs: z.string().nullable() });
const failure = z.object({ code: z.enum(ERROR_CODES), params: z.record(z.string(), z.union([z.string(), z.number()])) });
const state = z.enum(DECISION_STATES);

/** While one stands in these for an approval, no other is sent. */
export const ON_ITS_WAY = ["TAKING", "TAKEN", "SENDING", "SENT"] as const satisfies readonly DecisionState[];

const SHOWN = 5;

const decisionFromRow = (row: Selectable<SailPointDecisionTable>): SailPointDecisionRecord => ({
  id: row.id,
  approvalId: row.approval_id,
  version: row.version,
  deed: SailPointDeed.parse(row.deed),
  by: actor.parse(row.by_actor),
  place: place.parse(row.place),
  state: state.parse(row.state),
  seatId: row.seat_id,
  looks: row.looks,
  failure: failure.nullable().parse(row.failure),
  sentAt: row.sent_at,
  createdAt: row.created_at,
  settledAt: row.settled_at,
});

export async function readDecision(db: Kysely<Database>, id: string): Promise<SailPointDecisionRecord> {
  return decisionFromRow(await db.selectFrom("sailpoint_decision").selectAll().where("id", "=", id).executeTakeFirstOrThrow());
}

/** The latest first. */
export async function decisionsOf(db: Kysely<Database>, approvalId: string): Promise<readonly SailPointDecisionRecord[]> {
  const rows = await db
    .selectFrom("sailpoint_decision")
    .selectAll()
    .where("approval_id", "=", approvalId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(SHOWN)
    .execute();
  return rows.map(decisionFromRow);
}

/** @returns false when this person has one on its way for the approval already */
export async function insertDecision(
  trx: Transaction<Database>,
  {
    id,
    approvalId,
    version,
    deed,
    by,
    place: where,
    createdAt,
  }: Omit<SailPointDecisionRecord, "state" | "seatId" | "looks" | "failure" | "sentAt" | "settledAt">,
): Promise<boolean> {
  const row = await trx
    .insertInto("sailpoint_decision")
    .values({
      ...{ id, approval_id: approvalId, version, deed: JSON.stringify(SailPointDeed.parse(deed)), state: "RECORDED" },
      ...{ by_actor: JSON.stringify(actor.parse(by)), by_user_id: by.userId, place: JSON.stringify(place.parse(where)) },
      ...{ seat_id: null, failure: null, sent_at: null, created_at: createdAt, settled_at: null, told_at: null },
    })
    .onConflict((conflict) => conflict.columns(["approval_id", "by_user_id"]).where("settled_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

interface Step {
  readonly from: DecisionState;
  readonly to: DecisionState;
  readonly seatId?: string;
  readonly sentAt?: Date;
  readonly settledAt?: Date;
  readonly failure?: SailPointFailure;
}

/** One step of one decision, if it still stands where it is taken from: of two workers one takes it. */
export async function step(
  db: Kysely<Database>,
  id: string,
  { from, to, seatId, sentAt, settledAt, failure: why }: Step,
): Promise<boolean> {
  const taken = await db
    .updateTable("sailpoint_decision")
    .set({
      state: to,
      ...(seatId === undefined ? {} : { seat_id: seatId }),
      ...(sentAt === undefined ? {} : { sent_at: sentAt }),
      ...(settledAt === undefined ? {} : { settled_at: settledAt }),
      ...(why === undefined ? {} : { failure: JSON.stringify(why) }),
    })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}
