import { isDeepStrictEqual } from "node:util";
import { sql, type Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import { approvalOnWire } from "../sailpoint/approval-wire.ts";
import { assigneesOf, fingerprintOf, seenFromRow, urgencyOf, wordsOf } from "./approval-rows.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { noteIdentities } from "./note-identities.ts";

export type StorePorts = Pick<InboxPorts, "jobs" | "clock" | "onSeen">;

interface Reading {
  /** By the database's clock, before SailPoint was asked. */
  readonly askedAt: string;
  /** Read at the first poll: it was there when the tenant was connected. */
  readonly wasThere?: true;
}

/**
 * Stores what SailPoint said, has the cards of what changed drawn anew, and tells the ledger of what was decided. What was read earlier
 * than what is stored changes nothing, so that polls and decisions may overlap. In the order of the ids: two replicas wait for each other,
 * and never both ways.
 */
export async function storeApprovals(
  ports: StorePorts,
  trx: Transaction<Database>,
  read: readonly SailPointApproval[],
  { askedAt, wasThere }: Reading,
): Promise<void> {
  const approvals = read.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const known = await lockKnown(trx, approvals);
  const fresh = approvals.filter(({ id }) => !known.has(id));
  const inserted = new Set(await insertAll(ports, trx, fresh, { askedAt, isOld: wasThere === true }));
  for (const approval of fresh) if (inserted.has(approval.id)) await ports.onSeen(trx, approval, null);
  for (const approval of approvals) {
    const row = known.get(approval.id);
    if (row?.isEarlier) await storeOne(ports, trx, approval, { before: row, askedAt });
  }
  await noteIdentities(
    trx,
    approvals.filter(({ id }) => known.get(id)?.isEarlier !== false),
  );

  async function lockKnown(within: Transaction<Database>, those: readonly SailPointApproval[]) {
    if (those.length === 0) return new Map<string, KnownRow>();
    const rows = await within
      .selectFrom("sailpoint_approval")
      .select(["id", "body", "version", "fingerprint", sql<boolean>`read_at <= ${askedAt}::timestamptz`.as("isEarlier")])
      .where(
        "id",
        "in",
        those.map(({ id }) => id),
      )
      .orderBy("id")
      .forUpdate()
      .execute();
    return new Map<string, KnownRow>(rows.map((row) => [row.id, row]));
  }
}

interface KnownRow {
  readonly id: string;
  readonly body: object;
  readonly version: number;
  readonly fingerprint: string;
  readonly isEarlier: boolean;
}

/** @returns those that were not there; another replica may be storing the same */
async function insertAll(
  { clock }: StorePorts,
  trx: Transaction<Database>,
  approvals: readonly SailPointApproval[],
  { askedAt, isOld }: { readonly askedAt: string; readonly isOld: boolean },
): Promise<readonly string[]> {
  if (approvals.length === 0) return [];
  const rows = await trx
    .insertInto("sailpoint_approval")
    .values(approvals.map((approval) => ({ id: approval.id, version: 1, was_there: isOld, ...columnsOf(approval, askedAt, clock.now()) })))
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

async function storeOne(
  { jobs, clock, onSeen }: StorePorts,
  trx: Transaction<Database>,
  read: SailPointApproval,
  { before: row, askedAt }: { readonly before: KnownRow; readonly askedAt: string },
): Promise<void> {
  const approval = filledIn(read, row.body);
  const at = trx.updateTable("sailpoint_approval").where("id", "=", approval.id);
  if (isDeepStrictEqual(approval.raw, row.body)) {
    await at.set({ read_at: askedAt, status: approval.status }).execute();
    return;
  }
  const { approval: before } = seenFromRow(row);
  const columns = columnsOf(approval, askedAt, clock.now());
  const version = columns.fingerprint === row.fingerprint ? row.version : row.version + 1;
  await at.set({ version, ...columns }).execute();
  if (before.status !== approval.status) {
    const change = { kind: "sailpoint.settled", requestId: null, actor: "portcullis", subject: subjectOf(approval.id) };
    const after = { status: approval.status, approvedBy: namesOf(approval.approvedBy), rejectedBy: namesOf(approval.rejectedBy) };
    await appendToLedger(trx, clock.now(), [{ ...change, before: { status: before.status }, after }]);
  }
  await onSeen(trx, approval, before);
  await showCardsOf(jobs, trx, approval.id);
}

/** Of the ledger's events. */
export const subjectOf = (approvalId: string): string => `sailpoint:${approvalId}`;

const namesOf = (deciders: SailPointApproval["approvedBy"]): readonly string[] =>
  (deciders ?? []).map(({ identity }) => identity.email ?? identity.id);

/** What a row of a list leaves out stays as it was read before. */
function filledIn(read: SailPointApproval, before: object): SailPointApproval {
  return approvalOnWire.parse({ ...before, ...read.raw });
}

function columnsOf(approval: SailPointApproval, askedAt: string, now: Date) {
  return {
    status: approval.status,
    fingerprint: fingerprintOf(approval),
    body: JSON.stringify(approval.raw),
    assignee_ids: [...assigneesOf(approval)],
    urgency: urgencyOf(approval),
    words: wordsOf(approval),
    created_at: approval.createdAt,
    modified_at: approval.modifiedAt,
    due_at: approval.dueAt,
    decided_at: approval.completedAt,
    read_at: askedAt,
    seen_at: now,
  };
}

/** Has the cards of an approval, and the queues that stand open with it, drawn anew once this is committed. */
export async function showCardsOf(jobs: StorePorts["jobs"], trx: Transaction<Database>, approvalId: string): Promise<void> {
  const cards = await trx
    .selectFrom("sailpoint_message")
    .select("id")
    .where("kind", "=", "CARD")
    .where("approval_id", "=", approvalId)
    .orderBy("id")
    .execute();
  for (const { id } of cards) await jobs.enqueue(trx, "show-sailpoint", { messageId: id });
  const readers = await trx
    .selectFrom("sailpoint_told")
    .innerJoin("queue_view", "queue_view.user_id", "sailpoint_told.user_id")
    .select("sailpoint_told.user_id")
    .distinct()
    .where("approval_id", "=", approvalId)
    .execute();
  for (const { user_id: userId } of readers) await jobs.enqueue(trx, "publish-home", { userId });
}
