import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { decideApproval } from "../approvals/decide-approval.ts";
import type { SlackActor } from "../directory/person.ts";

/**
 * The requester takes a pending request back.
 * @throws PortcullisError `request_unknown` | `not_allowed` | `already_decided`
 */
export const withdrawRequest =
  ({ db, decide }: { readonly db: Kysely<Database>; readonly decide: ReturnType<typeof decideApproval> }) =>
  async ({ requestId, by }: { readonly requestId: string; readonly by: SlackActor }): Promise<void> => {
    const row = await db.selectFrom("approval").select("id").where("request_id", "=", requestId).executeTakeFirst();
    if (row === undefined) throw new PortcullisError("request_unknown");
    await decide(row.id, { kind: "cancel", by, comment: null });
  };
