import { badRequest, forbidden } from "./refusal.ts";
import {
  type Criterion,
  type Holder,
  holds,
  newId,
  type StoredApproval,
  type StoredIdentity,
  type StoredSeat,
  seatsInTurn,
  type Tenant,
} from "./tenant.ts";

export interface Verdict {
  readonly verdict: "APPROVED" | "REJECTED";
  readonly comment?: string | undefined;
  readonly additionalAttributes?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Records the caller's decision. An administrator who is not assigned takes somebody's place first.
 * @throws SailPointRefusal 400 when it is decided or wants a comment, 403 for who may not
 */
export function decide(tenant: Tenant, approval: StoredApproval, { by, ...said }: Verdict & { readonly by: StoredIdentity }): void {
  refuseDecided(approval);
  const inTurn = seatsInTurn(approval);
  const own = inTurn.find(({ holder }) => holds(tenant, holder, by.id));
  if (own === undefined && by.level !== "ORG_ADMIN") throw forbidden();
  refuseSilence(approval, said);
  const seat = own ?? takePlace(tenant, approval, by);
  for (const [key, value] of Object.entries(said.additionalAttributes ?? {})) approval.attributes.set(key, value);
  addComment(tenant, approval, { by, text: said.comment });
  seat.decision = { verdict: said.verdict, byId: by.id, at: tenant.now() };
  approval.modified = tenant.now();
  const outcome = outcomeOf(approval);
  if (outcome !== "PENDING") settle(tenant, approval, outcome);
}

function takePlace(tenant: Tenant, approval: StoredApproval, by: StoredIdentity): StoredSeat {
  const inTurn = seatsInTurn(approval);
  const seat = inTurn[Math.floor(tenant.random() * inTurn.length)];
  if (seat === undefined) throw badRequest("There is nobody to decide instead of.");
  move(tenant, approval, { seat, to: { type: "IDENTITY", id: by.id }, by, comment: undefined });
  return seat;
}

export interface Move {
  readonly by: StoredIdentity;
  readonly to: string;
  readonly from?: string | undefined;
  readonly comment?: string | undefined;
}

/**
 * Hands a place on. Without `from` it is the caller's own; for an administrator without one it is a place more.
 * @throws SailPointRefusal 400 | 403
 */
export function reassign(tenant: Tenant, approval: StoredApproval, { by, to: toId, from, comment }: Move): void {
  refuseDecided(approval);
  const to = holderOf(tenant, toId);
  const isAdmin = by.level === "ORG_ADMIN";
  const open = approval.seats.filter(({ decision }) => decision === null);
  const seat = open.find(({ holder }) => (from === undefined ? holds(tenant, holder, by.id) : holder.id === from));
  if (from !== undefined && seat === undefined) throw badRequest(`${from} is no approver who is waited for`);
  if (seat !== undefined ? !isAdmin && !holds(tenant, seat.holder, by.id) : !isAdmin) throw forbidden();
  move(tenant, approval, { seat: seat ?? null, to, by, comment });
}

function move(
  tenant: Tenant,
  approval: StoredApproval,
  {
    seat,
    to,
    by,
    comment,
  }: { readonly seat: StoredSeat | null; readonly to: Holder; readonly by: StoredIdentity; readonly comment: string | undefined },
): void {
  const commentId = addComment(tenant, approval, { by, text: comment });
  approval.reassignments.push({ from: seat?.holder ?? null, to, byId: by.id, at: tenant.now(), commentId });
  if (seat === null) approval.seats.push({ holder: to, decision: null });
  else seat.holder = to;
  approval.modified = tenant.now();
}

/** @throws SailPointRefusal 400 for nobody's id */
export function holderOf({ identities, groups }: Tenant, id: string): Holder {
  if (identities.has(id)) return { type: "IDENTITY", id };
  if (groups.has(id)) return { type: "GOVERNANCE_GROUP", id };
  throw badRequest(`${id} is neither an identity nor a governance group`);
}

/** @returns the comment's id; null when nothing was said */
export function addComment(
  tenant: Tenant,
  approval: StoredApproval,
  { by, text }: { readonly by: StoredIdentity; readonly text: string | undefined },
): string | null {
  if (text === undefined || text === "") return null;
  const id = newId(tenant);
  approval.comments.push({ id, authorId: by.id, text, at: tenant.now() });
  approval.modified = tenant.now();
  return id;
}

/** @throws SailPointRefusal 400 for an access request, which has its own way, and for what is decided */
export function cancel(
  tenant: Tenant,
  approval: StoredApproval,
  said: { readonly by: StoredIdentity; readonly comment?: string | undefined },
): void {
  refuseDecided(approval);
  if (approval.type === "ACCESS_REQUEST_APPROVAL") throw badRequest("Access requests are cancelled by their own API");
  addComment(tenant, approval, { by: said.by, text: said.comment });
  settle(tenant, approval, "CANCELLED");
}

/** What a deadline that has passed made of it, at its own instant. */
export function expire(tenant: Tenant, approval: StoredApproval): void {
  if (approval.status !== "PENDING" || approval.due === null || approval.due > tenant.now()) return;
  const { timeoutResult } = (approval.config.timeoutConfig ?? {}) as { readonly timeoutResult?: unknown };
  settle(tenant, approval, timeoutResult === "APPROVED" ? "APPROVED" : "EXPIRED", approval.due);
}

function settle(tenant: Tenant, approval: StoredApproval, status: StoredApproval["status"], at = tenant.now()): void {
  approval.status = status;
  approval.completed = at;
  approval.modified = at;
}

function refuseDecided({ status }: StoredApproval): void {
  if (status !== "PENDING") throw badRequest(`The approval is not in a state that allows this: ${status}`);
}

function refuseSilence({ config }: StoredApproval, { verdict, comment }: Verdict): void {
  const wanted = config.requiresComment;
  const isWanted = wanted === "ALL" || wanted === (verdict === "APPROVED" ? "APPROVAL" : "REJECTION");
  if (isWanted && (comment ?? "").trim() === "") throw badRequest("A comment is required");
}

/** A group is one seat. A quorum fails once it cannot be reached any more. */
function outcomeOf({ seats, criteria }: StoredApproval): "PENDING" | "APPROVED" | "REJECTED" {
  const given = (verdict: "APPROVED" | "REJECTED"): number => seats.filter(({ decision }) => decision?.verdict === verdict).length;
  const needed = (criterion: Criterion): number => {
    const { calculationType, value } = criterion;
    const seatsAsked = calculationType === "PERCENT" ? Math.ceil((value * seats.length) / 100) : value;
    return Math.min(Math.max(1, seatsAsked), seats.length);
  };
  if (given("APPROVED") >= needed(criteria.approval)) return "APPROVED";
  if (given("REJECTED") >= needed(criteria.rejection)) return "REJECTED";
  return seats.length - given("REJECTED") < needed(criteria.approval) ? "REJECTED" : "PENDING";
}
