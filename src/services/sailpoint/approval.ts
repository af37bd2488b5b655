/** UNKNOWN: a status that is not published, or none at all. Nobody takes it for an approval. */
export type SailPointStatus = "PENDING" | "APPROVED" | "REJECTED" | "EXPIRED" | "CANCELLED" | "PASSED" | "UNKNOWN";

/** A person, a governance group, or one of SailPoint's dozens of relations ("MANAGER_OF", …). */
export interface SailPointIdentity {
  readonly id: string;
  readonly type: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** Place in a serial chain from 1; 0 where it is parallel. */
  readonly serialOrder: number;
  /** Of a governance group, as far as the answer names them. */
  readonly members: readonly Pick<SailPointIdentity, "id" | "name" | "email">[];
}

export interface SailPointDecision {
  readonly identity: SailPointIdentity;
  readonly at: Date | null;
}

export interface SailPointComment {
  readonly id: string | null;
  readonly author: SailPointIdentity | null;
  readonly text: string;
  readonly at: Date | null;
}

/** What the approval is about: an access request, a workflow's run, … */
export interface SailPointReference {
  readonly id: string | null;
  readonly type: string | null;
  readonly name: string | null;
}

export interface SailPointTarget extends SailPointReference {
  readonly requestType: string | null;
  /** The approver must sign in again at their identity provider: no button can do that. */
  readonly needsReauthentication: boolean;
}

export interface SailPointReassignment {
  readonly from: SailPointIdentity | null;
  readonly to: SailPointIdentity | null;
  readonly by: SailPointIdentity | null;
  readonly at: Date | null;
  /** ESCALATION, MANUAL_REASSIGNMENT, AUTO_REASSIGNMENT, or what a later version says. */
  readonly kind: string | null;
}

/**
 * A generic approval of SailPoint. A list that is null was not in the answer, which says nothing: rows of a list leave out the deciders, and the
 * assignees where comments were asked for. Only `get` tells everything.
 */
export interface SailPointApproval {
  readonly id: string;
  /** ACCESS_REQUEST_APPROVAL, ENTITLEMENT_DESCRIPTIONS, …; open-ended. */
  readonly type: string | null;
  readonly status: SailPointStatus;
  readonly name: string | null;
  readonly description: string | null;
  readonly priority: string | null;
  readonly requester: SailPointIdentity | null;
  readonly requestee: SailPointIdentity | null;
  readonly approvers: readonly SailPointIdentity[] | null;
  /** Whom it waits for now. */
  readonly assignedTo: readonly SailPointIdentity[] | null;
  readonly approvedBy: readonly SailPointDecision[] | null;
  readonly rejectedBy: readonly SailPointDecision[] | null;
  readonly comments: readonly SailPointComment[] | null;
  readonly references: readonly SailPointReference[] | null;
  readonly targets: readonly SailPointTarget[] | null;
  readonly reassignments: readonly SailPointReassignment[] | null;
  /** Null when they are there and cannot be read: that is not the same as none. */
  readonly additionalAttributes: Readonly<Record<string, unknown>> | null;
  /** ALL, APPROVAL, REJECTION or OFF, from the approval's own copy of its configuration. */
  readonly requiresComment: string | null;
  readonly createdAt: Date | null;
  readonly modifiedAt: Date | null;
  readonly dueAt: Date | null;
  readonly completedAt: Date | null;
  /** The object as SailPoint sent it, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Whether SailPoint lists this identity among those whom the approval waits for, itself or as a member of a group. */
export const isAssigned = ({ assignedTo }: SailPointApproval, identityId: string): boolean =>
  assignedTo?.some(({ id, members }) => id === identityId || members.some((member) => member.id === identityId)) ?? false;
