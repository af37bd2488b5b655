import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { Approval } from "../approvals/approval.ts";
import { approvalFromRow } from "../approvals/approval-rows.ts";
import type { Decider } from "../approvals/decide.ts";
import { deciderOf } from "../approvals/decide-approval.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { isGroupId } from "../policy/route.ts";
import type { AccessRights } from "./overview.ts";

/**
 * Who acts on a request's access, and with which rights, asked of Slack now.
 * @throws PortcullisError whatever `people.trusted` refuses, `request_unknown`
 */
export async function rightsOn(
  { db, people }: { readonly db: Kysely<Database>; readonly people: People },
  requestId: string,
  actor: SlackActor,
): Promise<{ readonly by: Decider; readonly rights: AccessRights; readonly approval: Approval }> {
  const row = await db.selectFrom("approval").selectAll().where("request_id", "=", requestId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("request_unknown");
  const approval = approvalFromRow(row);
  const by = await deciderOf(db, people, approval.id, actor);
  const skipped = [...(approval.rules.skipped ?? []), ...(approval.rules.governedBy?.insteadOf ?? [])];
  const groups = skipped.filter(isGroupId);
  const inGroups = groups.length === 0 ? [] : await people.groupsOf(by.userId, groups);
  const wasSkipped = skipped.some((id) => id === by.userId || inGroups.includes(id));
  return { by, rights: rightsOf(approval, by, wasSkipped), approval };
}

/**
 * Pure.
 * @param wasSkipped they would have decided by the rules on what was given on call, taken by breaking the glass, or approved in SailPoint
 */
function rightsOf(approval: Approval, by: Decider, wasSkipped: boolean): AccessRights {
  const isHolder =
    by.userId === approval.requesterUserId || by.userId === approval.beneficiaryUserId || approval.interestedZpaUsers.includes(by.zpaUser);
  const sits = approval.seats.some(
    ({ holder, decision }) =>
      decision?.by.userId === by.userId || (holder.kind === "person" ? holder.userId === by.userId : by.groupIds.includes(holder.groupId)),
  );
  const mayDecideForSelf = approval.config.selfApproval !== "OFF" && sits;
  return { isHolder, isDecider: (by.isAdmin || sits || wasSkipped) && (!isHolder || mayDecideForSelf) };
}
