import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { applyCommand } from "../approvals/apply-command.ts";
import type { DecidePorts } from "../approvals/decide-approval.ts";
import type { SlackActor } from "../directory/person.ts";

/**
 * The requester takes a pending request back.
 * @throws PortcullisError `request_unknown` | `not_allowed` | `already_decided`
 */
export const withdrawRequest =
  ({ db, clock, people, ...ports }: Omit<DecidePorts, "faultPoint">) =>
  async ({ requestId, by }: { readonly requestId: string; readonly by: SlackActor }): Promise<void> => {
    const person = await people.trusted(by);
    const approvalId = await approvalOf(db, requestId);
    await db.transaction().execute((trx) => applyCommand(ports, trx, approvalId, { kind: "cancel", by: person }, clock.now()));
  };

async function approvalOf(db: Kysely<Database>, requestId: string): Promise<string> {
  const row = await db.selectFrom("approval").select("id").where("request_id", "=", requestId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("request_unknown");
  return row.id;
}
