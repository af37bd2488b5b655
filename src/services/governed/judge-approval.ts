import { max } from "date-fns/max";
import { PortcullisError } from "../../errors.ts";
import type { SailPointApproval, SailPointDecision } from "../sailpoint/approval.ts";
import { attributesDigest, ownAttributes } from "./attributes.ts";

/** What of an approval was seen before it was decided, or at the first sight of it. */
export interface Sighting {
  readonly seenAt: Date;
  readonly seenPending: boolean;
  /** Of our attributes the first time that they were seen; null while they never were. */
  readonly shownDigest: string | null;
  readonly shownRequesteeId: string | null;
  /** SailPoint's instant of the change that brought them; null where they were there at the first sight. */
  readonly shownSince: Date | null;
  /** It was seen with others since, or with another requestee; whatever it carries now. */
  readonly shownOtherwise: boolean;
}

/** How an approval that was read again just now stands. */
export type Judged =
  /** @property approvedAt SailPoint's instant of the approval; null where it does not say, and we saw it undecided */
  | {
      readonly kind: "approved";
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly approvedAt: Date | null;
      readonly deciders: readonly SailPointDecision[];
    }
  /** It carries nothing of ours, and never did. */
  | { readonly kind: "not-ours" }
  /** SailPoint does not say that it is approved, nor that it never will be. */
  | { readonly kind: "undecided" }
  | { readonly kind: "refused"; readonly error: PortcullisError };

/**
 * Whether access may come of an approval. Only APPROVED counts, given by somebody whom SailPoint names, after the connection was made, and
 * on the attributes as they were shown the first time: whoever wants others raises another approval. Pure.
 *
 * @param connectedAt since when approvals of its type become access
 */
export function judgeApproval(approval: SailPointApproval, sighting: Sighting, connectedAt: Date): Judged {
  const { status, additionalAttributes: attributes, approvedBy } = approval;
  if (status === "PENDING" || status === "UNKNOWN") return { kind: "undecided" };
  if (attributes !== null && Object.keys(ownAttributes(attributes)).length === 0 && sighting.shownDigest === null)
    return { kind: "not-ours" };
  if (status !== "APPROVED") return refused("governed_not_approved", { status });
  if (attributes === null) return refused("governed_attributes_unreadable");
  const deciders = approvedBy ?? [];
  if (deciders.length === 0) return refused("governed_decider_unknown");
  const approvedAt = instantOf(approval, deciders);
  if ((approvedAt ?? sighting.seenAt) < connectedAt || (approvedAt === null && !sighting.seenPending))
    return refused("governed_before_connection");
  if (!isAsShown(approval, sighting, deciders)) return refused("governed_attributes_changed");
  return { kind: "approved", attributes, approvedAt, deciders };
}

/** The last yes is what made it an approval; SailPoint's own mark of it is later by a moment at most. */
function instantOf({ completedAt }: SailPointApproval, deciders: readonly SailPointDecision[]): Date | null {
  const decisions = deciders.flatMap(({ at }) => at ?? []);
  return completedAt ?? (decisions.length === 0 ? null : max(decisions));
}

/**
 * Attributes that came after the approval was first seen count for those decisions alone that were made after they had come.
 */
function isAsShown(
  { additionalAttributes, requestee }: SailPointApproval,
  { seenPending, shownDigest, shownRequesteeId, shownSince, shownOtherwise }: Sighting,
  deciders: readonly SailPointDecision[],
): boolean {
  if (shownOtherwise) return false;
  if (shownRequesteeId !== null && requestee !== null && requestee.id !== shownRequesteeId) return false;
  if (shownDigest === null) return !seenPending;
  if (attributesDigest(additionalAttributes) !== shownDigest) return false;
  return shownSince === null || deciders.every(({ at }) => at !== null && at > shownSince);
}

const refused = (
  code:
    | "governed_not_approved"
    | "governed_attributes_unreadable"
    | "governed_decider_unknown"
    | "governed_before_connection"
    | "governed_attributes_changed",
  params: Readonly<Record<string, string>> = {},
): Judged => ({ kind: "refused", error: new PortcullisError(code, { params }) });
