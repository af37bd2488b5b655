import type { Approval, Comment, Decision, Holder, Seat } from "./approval.ts";
import { outcome } from "./quorum.ts";
import { seatsInTurn } from "./seats.ts";
import { dueAt } from "./timers.ts";

/** What SailPoint's answers say of a person or a group. */
export interface Named {
  readonly name: string;
  readonly email: string | null;
  /** Of a group. */
  readonly members?: readonly string[];
}

/**
 * An approval as SailPoint's generic-approvals API answers it (seeds 004; the fields of v2025 with the `status` that the API returns
 * and the page forgets). Instants are ISO strings in UTC, `additionalAttributes` is JSON in a string, `escalationStep` a number in one.
 *
 * @param named names and addresses; an id stands for itself
 */
export function toSailPointApproval(approval: Approval, named: (holder: Holder) => Named) {
  const { seats, criteria, config, timers } = approval;
  const isSerial = criteria.type === "SERIAL";
  const identity = (holder: Holder, serialOrder = 0) => ({ ...reference(holder, named), serialOrder });
  const person = (userId: string) => identity({ kind: "person", userId });
  const placeOf = (seat: Seat): number => (isSerial ? seats.indexOf(seat) + 1 : 0);
  const seated = (seat: Seat) => identity(seat.holder, placeOf(seat));
  const deciders = (verdict: Decision["verdict"]) =>
    seats.flatMap(({ decision, holder }) =>
      decision?.verdict === verdict
        ? [{ ...person(decision.by.userId), decisionDate: decision.at.toISOString(), actionedAs: [actionedAs(holder, named)] }]
        : [],
    );
  return {
    id: approval.id,
    status: approval.status,
    requester: person(approval.requesterUserId),
    requestee: person(approval.beneficiaryUserId),
    approvers: seats.map(seated),
    assignedTo: approval.status === "PENDING" ? seatsInTurn(approval).map(seated) : [],
    approvedBy: deciders("APPROVED"),
    rejectedBy: deciders("REJECTED"),
    approvalCriteria: criteria,
    approvalConfig: config,
    comments: approval.comments.map((comment) => shownComment(comment, person)),
    additionalAttributes: JSON.stringify(approval.additionalAttributes),
    reassignmentHistory: approval.reassignmentHistory.map(({ from, to, by, at, commentId, kind }) => ({
      commentID: commentId,
      reassignedFrom: from === null ? null : identity(from),
      reassignedTo: identity(to),
      reassigner: by === null ? null : person(by.userId),
      reassignmentDate: at.toISOString(),
      reassignmentType: kind,
    })),
    isEscalated: timers.isEscalated,
    escalationStep: String(timers.escalationStep),
    serialStep: isSerial ? serialStep(approval) : 0,
    createdDate: approval.createdAt.toISOString(),
    modifiedDate: approval.modifiedAt.toISOString(),
    dueDate: dueAt(approval)?.toISOString() ?? null,
    completedDate: approval.completedAt?.toISOString() ?? null,
  };
}

/** The place in the chain that it waits for, or where it ended, counted from 1. */
function serialStep({ criteria, seats }: Approval): number {
  const decided = seats.findLastIndex(({ decision }) => decision !== null) + 1;
  if (outcome(criteria, seats) !== "PENDING") return decided;
  return seats.findIndex(({ decision }) => decision === null) + 1;
}

function reference(holder: Holder, named: (holder: Holder) => Named) {
  const { name, email, members } = named(holder);
  if (holder.kind === "person") return { identityID: holder.userId, type: "IDENTITY", name, email };
  const listed = (members ?? []).map((userId) => {
    const member = named({ kind: "person", userId });
    return { id: userId, type: "IDENTITY", name: member.name, email: member.email };
  });
  return { identityID: holder.groupId, type: "GOVERNANCE_GROUP", name, email, members: listed };
}

function actionedAs(holder: Holder, named: (holder: Holder) => Named) {
  const { name } = named(holder);
  return holder.kind === "person" ? { id: holder.userId, type: "IDENTITY", name } : { id: holder.groupId, type: "GOVERNANCE_GROUP", name };
}

const shownComment = <Author>({ id, by, at, text }: Comment, person: (userId: string) => Author) => ({
  commentId: id,
  author: person(by.userId),
  comment: text,
  createdDate: at.toISOString(),
});
