import { type Holder, type StoredApproval, type StoredSeat, seatsInTurn, type Tenant } from "./tenant.ts";

export interface Shape {
  /** `get` tells all; a row of a list what was asked for, and less where the real tenant was seen to. */
  readonly of: "whole" | "row";
  readonly comments: boolean;
  readonly approvers: boolean;
  readonly reassignments: boolean;
  readonly batch: boolean;
}

export const whole: Shape = { of: "whole", comments: true, approvers: true, reassignments: true, batch: true };

/** An approval as the tenant answers it. */
export function printApproval(tenant: Tenant, approval: StoredApproval, shape: Shape): Record<string, unknown> {
  const isLive = tenant.quirks === "live";
  const isRow = shape.of === "row";
  const inTurn = seatsInTurn(approval);
  const isSerial = approval.criteria.type === "SERIAL";
  const place = (seat: StoredSeat): number => (isSerial ? approval.seats.indexOf(seat) + 1 : 0);
  const deciders = (verdict: "APPROVED" | "REJECTED") => approval.seats.flatMap((seat) => decider(tenant, seat, verdict));
  const hidesAssigned = isLive && isRow && shape.comments;
  const hidesDeciders = isLive && isRow;
  return {
    id: approval.id,
    tenantId: tenant.id,
    type: approval.type,
    ...(isLive ? { status: approval.status } : {}),
    name: [{ value: approval.name, locale: "en_US" }],
    description: [{ value: approval.description, locale: "en_US" }],
    priority: approval.priority,
    medium: "EMAIL",
    requester: person(tenant, approval.requesterId),
    requestee: person(tenant, approval.requesteeId),
    ...(hidesAssigned ? {} : { assignedTo: inTurn.map((seat) => identity(tenant, seat.holder, place(seat))) }),
    ...(shape.approvers ? { approvers: approval.seats.map((seat) => identity(tenant, seat.holder, place(seat))) } : {}),
    ...(hidesDeciders && !shape.approvers ? {} : { approvedBy: deciders("APPROVED") }),
    ...(hidesDeciders ? {} : { rejectedBy: deciders("REJECTED") }),
    ...(shape.comments ? { comments: printComments(tenant, approval) } : {}),
    ...(shape.reassignments ? { reassignmentHistory: printMoves(tenant, approval) } : {}),
    ...(shape.batch && approval.batch !== null ? { batchRequest: approval.batch } : {}),
    approvalCriteria: approval.criteria,
    approvalConfig: approval.config,
    additionalAttributes: JSON.stringify(Object.fromEntries(approval.attributes)),
    staticAttributes: {},
    referenceData: approval.references,
    requestedTarget: isLive && approval.targets.length === 1 ? approval.targets[0] : approval.targets,
    escalationStep: "0",
    isEscalated: false,
    serialStep: inTurn.map(place)[0] ?? 0,
    createdDate: approval.created.toISOString(),
    modifiedDate: approval.modified.toISOString(),
    dueDate: approval.due?.toISOString() ?? null,
    completedDate: approval.completed?.toISOString() ?? null,
  };
}

function identity(tenant: Tenant, holder: Holder, serialOrder = 0): Record<string, unknown> {
  const { type, id } = holder;
  if (type === "IDENTITY") return { ...person(tenant, id), serialOrder };
  const group = tenant.groups.get(id);
  const members = (group?.memberIds ?? []).map((memberId) => {
    const { name, email } = person(tenant, memberId);
    return { id: memberId, name, email, type: "IDENTITY" };
  });
  return { identityID: id, type, name: group?.name ?? id, email: "", serialOrder, members };
}

function person({ identities }: Tenant, id: string) {
  const known = identities.get(id);
  return { identityID: id, type: "IDENTITY", name: known?.name ?? id, email: known?.email ?? "" };
}

function decider(tenant: Tenant, { holder, decision }: StoredSeat, verdict: "APPROVED" | "REJECTED"): Record<string, unknown>[] {
  if (decision?.verdict !== verdict) return [];
  const capacity = { id: holder.id, type: holder.type };
  return [{ ...person(tenant, decision.byId), decisionDate: decision.at.toISOString(), actionedAs: [capacity] }];
}

const printComments = (tenant: Tenant, { comments }: StoredApproval) =>
  comments.map(({ id, authorId, text, at }) => ({
    commentId: id,
    author: person(tenant, authorId),
    comment: text,
    createdDate: at.toISOString(),
  }));

const printMoves = (tenant: Tenant, { reassignments }: StoredApproval) =>
  reassignments.map(({ from, to, byId, at, commentId }) => ({
    commentID: commentId,
    reassignedFrom: from === null ? null : identity(tenant, from),
    reassignedTo: identity(tenant, to),
    reassigner: person(tenant, byId),
    reassignmentDate: at.toISOString(),
    reassignmentType: "MANUAL_REASSIGNMENT",
  }));
