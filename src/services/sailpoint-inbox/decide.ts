import type { SailPointApproval, SailPointIdentity } from "../sailpoint/approval.ts";
import { isAssigned } from "../sailpoint/approval.ts";
import type { SailPointDeed, SailPointFailure } from "./inbox.ts";

/** What stands when a decision is about to be sent. Pure: no I/O, no clock. */
export interface Standing {
  /** As SailPoint told it just now. */
  readonly approval: SailPointApproval;
  readonly version: number;
  readonly deed: SailPointDeed;
  /** Of the approval as the person saw it. */
  readonly shownVersion: number;
  /** The person's, confirmed in Slack. */
  readonly email: string;
  /** Whom the token acts as; null when that is not known. */
  readonly ownerId: string | null;
}

/**
 * `take`: the person's place goes to the token's owner first. SailPoint lets an administrator who is not asked decide in the place of
 * whomever it picks among those who are: with several of them that may be another's.
 */
export type Next =
  | { readonly kind: "send" }
  | { readonly kind: "take"; readonly seatId: string }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "refuse"; readonly failure: SailPointFailure };

const refuse = (code: SailPointFailure["code"], params: SailPointFailure["params"] = {}): Next => ({
  kind: "refuse",
  failure: { code, params },
});

const VERDICTS: ReadonlySet<SailPointDeed["kind"]> = new Set(["approve", "reject"]);

/** Whether a decision may be sent, and how. Whoever is not asked by SailPoint now decides nothing, whatever their card said. */
export function nextStep({ approval, version, deed, shownVersion, email, ownerId }: Standing): Next {
  if (approval.status !== "PENDING") return { kind: "elsewhere" };
  const [identityId, ...others] = identitiesWith(approval, email);
  if (identityId === undefined || others.length > 0) return refuse("sailpoint_not_assigned");
  const isVerdict = VERDICTS.has(deed.kind);
  if (isVerdict && version !== shownVersion) return refuse("card_stale");
  if (isVerdict && needsReauthentication(approval)) return refuse("sailpoint_decide_there");
  if (isSilent(approval, deed)) return refuse("comment_required");
  if (deed.kind === "reassign") return seatOf(approval, identityId) === null ? refuse("sailpoint_not_assigned") : { kind: "send" };
  if (!isVerdict || identityId === ownerId) return { kind: "send" };
  const seats = approval.assignedTo ?? [];
  const isOwnersToo = ownerId !== null && isAssigned(approval, ownerId);
  if (isOwnersToo) return refuse("sailpoint_decide_there");
  if (seats.length === 1) return { kind: "send" };
  const seat = seatOf(approval, identityId);
  return seat === null || ownerId === null ? refuse("sailpoint_decide_there") : { kind: "take", seatId: seat.id };
}

/** The place that an identity holds: its own before that of a group. */
export function seatOf({ assignedTo }: SailPointApproval, identityId: string): SailPointIdentity | null {
  const seats = assignedTo ?? [];
  return seats.find(({ id }) => id === identityId) ?? seats.find(({ members }) => members.some(({ id }) => id === identityId)) ?? null;
}

/** Identities among those who are asked that have this email. Two with one email are nobody's. */
export function identitiesWith({ assignedTo }: SailPointApproval, email: string): readonly string[] {
  const asked = (assignedTo ?? []).flatMap(({ members, ...self }) => [
    ...(self.type === null || self.type === "IDENTITY" ? [self] : []),
    ...members,
  ]);
  return [...new Set(asked.filter((each) => each.email?.trim().toLowerCase() === email).map(({ id }) => id))];
}

export const needsReauthentication = ({ targets }: SailPointApproval): boolean =>
  (targets ?? []).some((target) => target.needsReauthentication);

/** Whether SailPoint would refuse it for want of a comment: ours names who decides, which is no reason. */
function isSilent({ requiresComment }: SailPointApproval, deed: SailPointDeed): boolean {
  if ((deed.comment ?? "").trim() !== "") return false;
  if (deed.kind === "approve") return requiresComment === "ALL" || requiresComment === "APPROVAL";
  if (deed.kind === "reject") return requiresComment === "ALL" || requiresComment === "REJECTION";
  return deed.kind === "comment";
}

/** By which a comment is known again as that of one decision. */
export const markOf = (decisionId: string): string => `[Portcullis ${decisionId}]`;

const isMarked = ({ comments }: SailPointApproval, decisionId: string): boolean =>
  (comments ?? []).some(({ text }) => text.includes(markOf(decisionId)));

/** That the person's place is the owner's now: SailPoint shows both the comment and the place. */
export const isTaken = (approval: SailPointApproval, decisionId: string, ownerId: string | null): boolean =>
  ownerId !== null && isMarked(approval, decisionId) && isAssigned(approval, ownerId);

/**
 * What a re-read shows of a decision that was sent. `done` takes its own comment, and what it was to bring about. `elsewhere`: it ended without it.
 */
export function sightOf(approval: SailPointApproval, deed: SailPointDeed, decisionId: string): "done" | "elsewhere" | "not-shown" {
  if (isMarked(approval, decisionId)) return isInEffect(approval, deed) ? "done" : "not-shown";
  return approval.status === "PENDING" || approval.status === "UNKNOWN" ? "not-shown" : "elsewhere";
}

function isInEffect(approval: SailPointApproval, deed: SailPointDeed): boolean {
  switch (deed.kind) {
    case "approve":
      return approval.status === "APPROVED" || (approval.approvedBy ?? []).length > 0;
    case "reject":
      return approval.status === "REJECTED" || (approval.rejectedBy ?? []).length > 0;
    case "reassign":
      return approval.status !== "PENDING" || isAssigned(approval, deed.toIdentityId);
    case "comment":
      return true;
    case "attributes": {
      const { additionalAttributes: stand } = approval;
      if (stand === null) return false;
      return (
        Object.entries(deed.set).every(([name, value]) => String(stand[name]) === value) && deed.remove.every((name) => !(name in stand))
      );
    }
  }
}

/** Whether nothing of a write has come about, so that it may be sent again. What SailPoint refuses for good is no such thing. */
export const hadNoEffect = (code: SailPointFailure["code"]): boolean =>
  code === "sailpoint_unreachable" ||
  code === "sailpoint_rate_limited" ||
  code === "sailpoint_busy" ||
  code === "sailpoint_sign_in_failed" ||
  code === "database_unreachable";
