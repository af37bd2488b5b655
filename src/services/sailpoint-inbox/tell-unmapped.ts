import { everyAdmin } from "../rules/other-admins.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { planMessage } from "./plan-message.ts";

/** Has every administrator told of approvers whom nobody in Slack stands for: each once, those of one poll in one message. */
export async function tellUnmapped(ports: InboxPorts): Promise<void> {
  const { db, clock } = ports;
  const due = await db
    .selectFrom("sailpoint_identity")
    .select("id")
    .where("problem", "is not", null)
    .where("told_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  if (due === undefined) return;
  const admins = await everyAdmin(ports);
  if (admins.length === 0) return;
  await db.transaction().execute(async (trx) => {
    const told = await trx
      .updateTable("sailpoint_identity")
      .set({ told_at: clock.now() })
      .where("problem", "is not", null)
      .where("told_at", "is", null)
      .returning(["id", "type", "name", "email", "problem"])
      .execute();
    if (told.length === 0) return;
    for (const userId of admins) await planMessage(ports, trx, { kind: "UNMAPPED", userId, approvalId: null, body: { identities: told } });
  });
}
