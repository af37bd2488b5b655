import { fromUnknown } from "../../errors.ts";
import type { Person } from "../directory/person.ts";
import { markOf } from "./decide.ts";
import { readDecision } from "./decision-rows.ts";
import type { SailPointDecisionRecord, SailPointDeedKind } from "./inbox.ts";
import type { InboxPorts } from "./inbox-ports.ts";

type SendPorts = Pick<InboxPorts, "sailpoint">;

/** SailPoint sees the token's owner decide: so each comment says who did, and why if they said so. Read in SailPoint, where one language has to do. */
const DONE: Readonly<Record<SailPointDeedKind, string>> = {
  approve: "Approved",
  reject: "Rejected",
  reassign: "Reassigned",
  comment: "Commented on",
  attributes: "Attributes changed",
};

/** @example "Too late for this. – Rejected, decided in Slack by Ben Okafor (ben@harbour.example) [Portcullis 0c1f…]" */
function commentOf({ id, deed }: Pick<SailPointDecisionRecord, "id" | "deed">, { name, email }: Pick<Person, "name" | "email">): string {
  const said = (deed.comment ?? "").trim();
  return `${said === "" ? "" : `${said} – `}${DONE[deed.kind]}, decided in Slack by ${name} (${email}) ${markOf(id)}`;
}

/** Sends what was decided. @throws PortcullisError `sailpoint_timeout` when its effect is unknown */
export async function sendDeed({ sailpoint }: SendPorts, decision: SailPointDecisionRecord, by: Person): Promise<void> {
  const { approvalId, deed, seatId } = decision;
  const comment = commentOf(decision, by);
  const { approvals } = sailpoint;
  switch (deed.kind) {
    case "approve":
      return approvals.approve(approvalId, { comment });
    case "reject":
      return approvals.reject(approvalId, { comment });
    case "reassign":
      return approvals.reassign(approvalId, { to: deed.toIdentityId, ...(seatId === null ? {} : { from: seatId }), comment });
    case "comment":
      return approvals.comment(approvalId, comment);
    case "attributes":
      return approvals.changeAttributes(approvalId, { set: deed.set, remove: deed.remove, comment });
  }
}

/** Has the token's owner take the person's place, and nobody else's, before the decision. */
export async function takeSeat(
  { sailpoint }: SendPorts,
  { id, approvalId }: SailPointDecisionRecord,
  { by, from, to }: { readonly by: Person; readonly from: string; readonly to: string },
): Promise<void> {
  const comment = `Taken over to decide as ${by.name} (${by.email}) says in Slack ${markOf(id)}`;
  await sailpoint.approvals.reassign(approvalId, { from, to, comment });
}

/** A decision will not be sent after all: whoever was asked is asked again. Where SailPoint will not have that, the log says who is to be asked. */
export async function returnSeat({ db, sailpoint, log }: SendPorts & Pick<InboxPorts, "db" | "log">, decisionId: string): Promise<void> {
  const { approvalId, seatId } = await readDecision(db, decisionId);
  const ownerId = await sailpoint.ownerId();
  if (seatId === null || ownerId === null) return;
  try {
    await sailpoint.approvals.reassign(approvalId, {
      from: ownerId,
      to: seatId,
      comment: "Given back: the decision in Slack was not made",
    });
  } catch (thrown) {
    log.error({ err: fromUnknown(thrown), approvalId, decisionId, seatId }, "sailpoint.seat-not-returned");
  }
}
