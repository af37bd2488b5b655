import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { InboxPorts } from "./inbox-ports.ts";

/** A message that is to be sent: of whom, what it is about, and what it says beside that. */
interface PlannedMessage {
  readonly kind: "CARD" | "DIGEST" | "FIRST" | "UNMAPPED";
  readonly userId: string;
  /** Of a card. */
  readonly approvalId: string | null;
  readonly body: object;
}

/** Writes a message down that nobody has sent yet, and has it sent. Says its id. */
export async function planMessage(
  { ids, jobs, clock }: Pick<InboxPorts, "ids" | "jobs" | "clock">,
  trx: Transaction<Database>,
  { kind, userId, approvalId, body }: PlannedMessage,
): Promise<string> {
  const id = ids.uuid();
  await trx
    .insertInto("sailpoint_message")
    .values({
      id,
      kind,
      user_id: userId,
      approval_id: approvalId,
      body: JSON.stringify(body),
      channel_id: null,
      ts: null,
      shown: null,
      posting_since: null,
      claimed_by: null,
      claimed_until: null,
      created_at: clock.now(),
    })
    .execute();
  await jobs.enqueue(trx, "show-sailpoint", { messageId: id });
  return id;
}
