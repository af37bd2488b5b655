import { addHours } from "date-fns/addHours";
import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Approval } from "./approval.ts";
import type { ApprovalEvent } from "./approval-events.ts";

/** Between two nudges of one request. */
const NUDGE_HOURS = 4;

/** From when on approvers can be nudged again; null when nobody has nudged them yet. */
export const nextNudgeAt = ({ timers: { lastNudge } }: Pick<Approval, "timers">): Date | null =>
  lastNudge === null ? null : addHours(lastNudge.at, NUDGE_HOURS);

/**
 * Requester or beneficiary has everybody reminded whose turn it is.
 * @throws PortcullisError `not_allowed` | `nudge_too_soon` (params: nextAtEpochSeconds)
 */
export function nudge(approval: Approval, by: SlackActor, now: Date): ApprovalEvent {
  if (![approval.requesterUserId, approval.beneficiaryUserId].includes(by.userId)) throw new PortcullisError("not_allowed");
  const next = nextNudgeAt(approval);
  if (next !== null && next > now)
    throw new PortcullisError("nudge_too_soon", { params: { nextAtEpochSeconds: Math.ceil(next.getTime() / 1000) } });
  return { kind: "approval.nudged", at: now, by: { teamId: by.teamId, userId: by.userId } };
}
