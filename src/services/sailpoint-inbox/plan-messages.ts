import { sql, type Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { planMessage } from "./plan-message.ts";

/** More approvals than these, new for a person at once, are told by one message. */
const CARDS_AT_ONCE = 5;

interface New {
  readonly userId: string;
  readonly approvalIds: readonly string[];
  /** One of them was there when the tenant was connected. */
  readonly hasOld: boolean;
}

/**
 * Plans who is told of which approvals, and by what: one message for all that was there when the tenant was connected, later a card each,
 * or one message where many come at once. Each person's part is one transaction, and nobody is told of an approval twice.
 */
export async function planMessages(ports: InboxPorts): Promise<void> {
  for (const each of await untold(ports)) await ports.db.transaction().execute((trx) => planFor(ports, trx, each));
}

async function untold({ db }: InboxPorts): Promise<readonly New[]> {
  const { rows } = await sql<New>`
    select identity.user_id as "userId", array_agg(distinct approval.id) as "approvalIds", bool_or(approval.was_there) as "hasOld"
    from sailpoint_approval approval
    join sailpoint_identity identity on identity.id = any(approval.assignee_ids) and identity.user_id is not null
    where approval.status = 'PENDING'
    and not exists (select from sailpoint_told told where told.approval_id = approval.id and told.user_id = identity.user_id)
    group by identity.user_id order by identity.user_id`.execute(db);
  return rows;
}

async function planFor(ports: InboxPorts, trx: Transaction<Database>, { userId, approvalIds, hasOld }: New): Promise<void> {
  // Another poll may be planning for the same person.
  await sql`select pg_advisory_xact_lock(hashtext(${`sailpoint_told.${userId}`}))`.execute(trx);
  const told = await trx
    .selectFrom("sailpoint_told")
    .select("approval_id")
    .where("user_id", "=", userId)
    .where("approval_id", "in", [...approvalIds])
    .execute();
  const fresh = approvalIds.filter((id) => !told.some(({ approval_id }) => approval_id === id));
  if (fresh.length === 0) return;
  const isFirst = hasOld && (await hadNoFirst(trx, userId));
  if (isFirst || fresh.length > CARDS_AT_ONCE) await plan(ports, trx, { userId, approvalIds: fresh, kind: isFirst ? "FIRST" : "DIGEST" });
  else for (const id of fresh) await plan(ports, trx, { userId, approvalIds: [id], kind: "CARD" });
  const reads = await trx.selectFrom("queue_view").select("user_id").where("user_id", "=", userId).executeTakeFirst();
  if (reads !== undefined) await ports.jobs.enqueue(trx, "publish-home", { userId });
}

async function hadNoFirst(trx: Transaction<Database>, userId: string): Promise<boolean> {
  const first = await trx
    .selectFrom("sailpoint_message")
    .select("id")
    .where("kind", "=", "FIRST")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return first === undefined;
}

async function plan(
  ports: InboxPorts,
  trx: Transaction<Database>,
  {
    userId,
    approvalIds,
    kind,
  }: { readonly userId: string; readonly approvalIds: readonly string[]; readonly kind: "CARD" | "DIGEST" | "FIRST" },
): Promise<void> {
  const about =
    kind === "CARD"
      ? { approvalId: approvalIds[0] ?? null, body: {} }
      : { approvalId: null, body: { count: approvalIds.length, approvalIds } };
  const messageId = await planMessage(ports, trx, { kind, userId, ...about });
  await trx
    .insertInto("sailpoint_told")
    .values(approvalIds.map((approvalId) => ({ approval_id: approvalId, user_id: userId, message_id: messageId })))
    .execute();
}
