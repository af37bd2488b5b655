import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "../../store/schema.ts";
import type { GovernedApprovalTable } from "../../store/tables/governed.ts";
import type { Failure } from "../access/request.ts";
import { failureShape } from "../access/request-rows.ts";
import type { Sighting } from "./judge-approval.ts";

/**
 * WATCHED waits for its decision; DUE is to be settled; GRANTED, REFUSED and NOT_OURS are settled for good; WITHDRAWING is granted, and
 * SailPoint takes it back; WITHDRAWN, too, and what it opened was ended.
 */
export type GovernedStatus = "WATCHED" | "DUE" | "GRANTED" | "REFUSED" | "NOT_OURS" | "WITHDRAWING" | "WITHDRAWN";

/** An approval of SailPoint's on its way to access. */
export interface GovernedApproval extends Sighting {
  readonly sailpointId: string;
  readonly type: string;
  readonly name: string | null;
  readonly status: GovernedStatus;
  readonly requestIds: readonly string[];
  readonly refusal: Failure | null;
  readonly requesteeUserId: string | null;
}

const status = z.enum(["WATCHED", "DUE", "GRANTED", "REFUSED", "NOT_OURS", "WITHDRAWING", "WITHDRAWN"]) satisfies z.ZodType<GovernedStatus>;

const fromRow = (row: Selectable<GovernedApprovalTable>): GovernedApproval => ({
  sailpointId: row.sailpoint_id,
  type: row.type,
  name: row.name,
  status: status.parse(row.status),
  seenAt: row.seen_at,
  seenPending: row.seen_pending,
  shownDigest: row.shown_digest,
  shownRequesteeId: row.shown_requestee_id,
  shownSince: row.shown_since,
  shownOtherwise: row.shown_otherwise,
  requestIds: z.array(z.string()).parse(row.request_ids),
  refusal: row.refusal === null ? null : failureShape.parse(row.refusal),
  requesteeUserId: row.requestee_user_id,
});

/** Null for one that was never seen. */
export async function readGoverned(db: Kysely<Database>, sailpointId: string): Promise<GovernedApproval | null> {
  const row = await db.selectFrom("governed_approval").selectAll().where("sailpoint_id", "=", sailpointId).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** The same, holding the row until the transaction ends. */
export async function lockGoverned(trx: Transaction<Database>, sailpointId: string): Promise<GovernedApproval | null> {
  const row = await trx.selectFrom("governed_approval").selectAll().where("sailpoint_id", "=", sailpointId).forUpdate().executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Notes the first sight of an approval; a second one changes nothing. */
export async function noteSight(
  trx: Transaction<Database>,
  { sailpointId, type, name }: Pick<GovernedApproval, "sailpointId" | "type" | "name">,
  sighting: Sighting,
): Promise<void> {
  await trx
    .insertInto("governed_approval")
    .values({
      sailpoint_id: sailpointId,
      type,
      name,
      status: "WATCHED",
      seen_at: sighting.seenAt,
      seen_pending: sighting.seenPending,
      shown_digest: sighting.shownDigest,
      shown_requestee_id: sighting.shownRequesteeId,
      shown_since: sighting.shownSince,
      refusal: null,
      requestee_user_id: null,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.column("sailpoint_id").doNothing())
    .execute();
}

/** Sets what is named of an approval; the rest stays. */
export async function updateGoverned(
  trx: Transaction<Database>,
  sailpointId: string,
  change: Partial<
    Pick<
      GovernedApproval,
      | "status"
      | "name"
      | "shownDigest"
      | "shownRequesteeId"
      | "shownSince"
      | "shownOtherwise"
      | "requestIds"
      | "refusal"
      | "requesteeUserId"
    >
  > & { readonly settledAt?: Date },
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await trx
    .updateTable("governed_approval")
    .set({
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.shownDigest === undefined ? {} : { shown_digest: change.shownDigest }),
      ...(change.shownRequesteeId === undefined ? {} : { shown_requestee_id: change.shownRequesteeId }),
      ...(change.shownSince === undefined ? {} : { shown_since: change.shownSince }),
      ...(change.shownOtherwise === undefined ? {} : { shown_otherwise: change.shownOtherwise }),
      ...(change.requestIds === undefined ? {} : { request_ids: JSON.stringify(change.requestIds) }),
      ...(change.refusal === undefined ? {} : { refusal: change.refusal === null ? null : JSON.stringify(change.refusal) }),
      ...(change.requesteeUserId === undefined ? {} : { requestee_user_id: change.requesteeUserId }),
      ...(change.settledAt === undefined ? {} : { settled_at: change.settledAt }),
    })
    .where("sailpoint_id", "=", sailpointId)
    .execute();
}

/** Ids of those for which something is still to be done. */
export async function unsettledGoverned(db: Kysely<Database>): Promise<readonly string[]> {
  const rows = await db.selectFrom("governed_approval").select("sailpoint_id").where("status", "in", ["DUE", "WITHDRAWING"]).execute();
  return rows.map(({ sailpoint_id: id }) => id);
}

/** Since when approvals of a type become access; null for one that is not on the list. */
export async function connectedSince(db: Kysely<Database>, type: string): Promise<Date | null> {
  const row = await db.selectFrom("governed_type").select("since").where("type", "=", type).executeTakeFirst();
  return row?.since ?? null;
}
