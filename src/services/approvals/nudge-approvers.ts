import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Nudged } from "../services.ts";
import type { decideApproval } from "./decide-approval.ts";
import { nextNudgeAt } from "./nudge.ts";
import { heardAt } from "./timers.ts";

/**
 * Has everybody reminded whose turn it is to decide on a request, for its requester or beneficiary.
 * @throws PortcullisError `request_unknown` | `not_allowed` | `nudge_too_soon` | `already_decided`
 */
export const nudgeApprovers =
  ({ db, decide }: { readonly db: Kysely<Database>; readonly decide: ReturnType<typeof decideApproval> }) =>
  async ({ requestId, by }: { readonly requestId: string; readonly by: SlackActor }): Promise<Nudged> => {
    const row = await db.selectFrom("approval").select("id").where("request_id", "=", requestId).executeTakeFirst();
    if (row === undefined) throw new PortcullisError("request_unknown");
    const approval = await decide(row.id, { kind: "nudge", by });
    const nudgedAt = approval.timers.lastNudge?.at ?? approval.modifiedAt;
    const heard = heardAt(approval, nudgedAt);
    return { heardAt: heard > nudgedAt ? heard : null, nextAt: nextNudgeAt(approval) ?? nudgedAt };
  };
