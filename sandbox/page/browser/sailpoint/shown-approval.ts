import type { SailPointState } from "../../../sailpoint/control.ts";

interface Named {
  readonly identityID: string;
  readonly name: string;
  readonly type: string;
  readonly email?: string;
  readonly members?: readonly { readonly id: string; readonly name: string }[];
}

/** An approval as the simulated SailPoint prints it: the part that the page reads. */
export interface ShownApproval {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly name: readonly { readonly value: string }[];
  readonly requester: Named;
  readonly requestee: Named;
  readonly assignedTo: readonly Named[];
  readonly approvedBy: readonly (Named & { readonly decisionDate: string })[];
  readonly rejectedBy: readonly (Named & { readonly decisionDate: string })[];
  readonly comments: readonly { readonly commentId: string; readonly author: Named; readonly comment: string }[];
  readonly reassignmentHistory: readonly {
    readonly reassignedFrom: Named | null;
    readonly reassignedTo: Named;
    readonly reassigner: Named;
  }[];
  readonly additionalAttributes: string;
  readonly createdDate: string;
  readonly completedDate: string | null;
}

export const isShown = (approval: Record<string, unknown>): approval is Record<string, unknown> & ShownApproval =>
  typeof approval.id === "string" && typeof approval.additionalAttributes === "string";

export const nameOf = ({ id, name }: Pick<ShownApproval, "id" | "name">): string => name[0]?.value ?? id;

/** The attributes, one text for each: they are a text of JSON in SailPoint. */
export function attributesOf({
  additionalAttributes,
}: Pick<ShownApproval, "additionalAttributes">): readonly (readonly [string, string])[] {
  const parsed: unknown = JSON.parse(additionalAttributes);
  if (typeof parsed !== "object" || parsed === null) return [];
  return Object.entries(parsed).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const);
}

export interface Decider {
  readonly id: string;
  /** With why they may: their name alone, a group's, or that they are an administrator. */
  readonly label: string;
}

/** Who could decide in SailPoint itself: whom it waits for first, then administrators, who would take somebody's place. */
export function decidersOf({ assignedTo }: ShownApproval, { identities }: SailPointState): readonly Decider[] {
  const assigned = assignedTo.flatMap(({ identityID, name, members }) =>
    members === undefined
      ? [{ id: identityID, label: name }]
      : members.map((member) => ({ id: member.id, label: `${member.name}, for ${name}` })),
  );
  const administrators = identities
    .filter(({ level }) => level === "ORG_ADMIN")
    .map(({ id, name }) => ({ id, label: `${name}, administrator` }));
  return [...assigned, ...administrators].filter(({ id }, place, all) => all.findIndex((other) => other.id === id) === place);
}
