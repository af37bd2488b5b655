import type { AccessRequest } from "../access/request.ts";
import { requestLabel } from "../access/request.ts";
import { DEFAULT_MICROTENANT } from "../catalog/join-catalog.ts";
import { holderOf } from "../policy/route.ts";
import type { Approval, Holder, Seat } from "./approval.ts";
import { comesNext } from "./explain-next.ts";
import { happenedSoFar } from "./explain-past.ts";
import type { ExplainedBar, ExplainedRules, ExplainedSeat, Explanation, SeatReason } from "./explanation.ts";
import { seatsNeeded } from "./quorum.ts";
import { person, sameHolder, seatsInTurn } from "./seats.ts";

/** What an explanation is made of. */
export interface ToExplain {
  readonly approval: Approval;
  readonly request: Pick<AccessRequest, "number" | "status" | "consoles" | "origin">;
  readonly madeTogether: readonly string[];
  /** Members of the groups that hold seats, by group id, as far as they are known now. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Who takes seats that nobody else can, and may take over any. */
  readonly admins: readonly Holder[];
}

/**
 * Why an approval stands as it stands: which rules, who may decide and why they, what has happened, and what the clock brings if nobody
 * acts. Says what the engine's own rules say of it at `now`, and decides nothing.
 */
export function explain({ approval, request, madeTogether, members, admins }: ToExplain, now: Date): Explanation {
  const { seats, criteria, status, requesterUserId, beneficiaryUserId } = approval;
  const given = (verdict: string) => seats.filter(({ decision }) => decision?.verdict === verdict).length;
  const rules = rulesOf(approval, request);
  return {
    label: requestLabel(request),
    asOf: now,
    status,
    requestStatus: request.status,
    requesterUserId,
    beneficiaryUserId,
    origin: request.origin,
    skipped: (approval.rules.skipped ?? []).map(holderOf),
    governedBy: approval.rules.governedBy ?? null,
    consoleNames: request.consoles.map(({ name }) => name),
    madeTogether,
    rules,
    criteria: {
      type: criteria.type,
      seats: seats.length,
      approvalsNeeded: seatsNeeded(criteria.approval, seats.length),
      approvals: given("APPROVED"),
      rejectionsNeeded: seatsNeeded(criteria.rejection, seats.length),
      rejections: given("REJECTED"),
    },
    seats: seats.map((seat, index) => seatOf(approval, seat, index + 1, members)),
    barred: status === "PENDING" ? barredFrom(approval) : [],
    admins: status === "PENDING" ? admins : [],
    next: comesNext(approval, now, admins),
    past: happenedSoFar(approval),
  };
}

function rulesOf({ rules: { source, approversFrom, priority } }: Approval, { consoles }: ToExplain["request"]): ExplainedRules {
  const named = consoles.flatMap((console): (string | null)[] => {
    switch (source.scope) {
      case "APPLICATION_SEGMENT":
        return console.segmentId === source.scopeId ? [console.segmentName] : [];
      case "SEGMENT_GROUP":
        return console.segmentGroupId === source.scopeId ? [console.segmentGroupName] : [];
      case "MICROTENANT":
        return (console.microtenantId ?? DEFAULT_MICROTENANT) === source.scopeId ? [console.microtenantName] : [];
      default:
        return [];
    }
  });
  return { source, name: named[0] ?? null, approversFrom, priority };
}

function seatOf(approval: Approval, seat: Seat, place: number, members: ToExplain["members"]): ExplainedSeat {
  const { holder, decision } = seat;
  return {
    place,
    holder,
    members: holder.kind === "group" ? decidingMembers(approval, members.get(holder.groupId)) : null,
    because: reasonOf(approval, seat),
    turn: turnOf(approval, seat),
    decision,
  };
}

/** Members who hold no seat of their own, have not decided, and are neither requester nor beneficiary: one person is one voice. */
function decidingMembers({ seats, config, requesterUserId, beneficiaryUserId }: Approval, members: readonly string[] | undefined) {
  if (members === undefined) return null;
  const interested = config.selfApproval === "OFF" ? [requesterUserId, beneficiaryUserId] : [];
  const elsewhere = seats.flatMap(({ holder, decision }) => [
    ...(holder.kind === "person" ? [holder.userId] : []),
    ...(decision === null ? [] : [decision.by.userId]),
  ]);
  return members.filter((userId) => !interested.includes(userId) && !elsewhere.includes(userId));
}

function reasonOf(approval: Approval, seat: Seat): SeatReason {
  const move = approval.reassignmentHistory.findLast(({ seatId }) => seatId === seat.id);
  if (move !== undefined) {
    if (move.from === null) return { kind: "ADDED", byUserId: move.by?.userId ?? null };
    if (seat.decision?.capacity === "ADMIN" && sameHolder(seat.holder, person(seat.decision.by.userId)))
      return { kind: "TAKEN_OVER", from: move.from };
    if (move.kind === "AUTO_REASSIGNMENT") return { kind: "LEFT", from: move.from };
    if (move.by === null) return { kind: "ESCALATED", from: move.from, insteadOf: seat.insteadOf };
    return { kind: "REASSIGNED", from: move.from, byUserId: move.by.userId };
  }
  if (seat.insteadOf !== null) return { kind: "INSTEAD", of: seat.insteadOf, why: whyNot(approval, seat.insteadOf) };
  return { kind: "NAMED", by: approval.rules.approversFrom };
}

function whyNot({ requesterUserId, beneficiaryUserId, config }: Approval, holder: Holder) {
  if (config.selfApproval === "OFF" && sameHolder(holder, person(requesterUserId))) return "REQUESTER";
  if (config.selfApproval === "OFF" && sameHolder(holder, person(beneficiaryUserId))) return "BENEFICIARY";
  return "NOT_AVAILABLE";
}

function turnOf(approval: Approval, seat: Seat): ExplainedSeat["turn"] {
  if (seat.decision !== null) return "DECIDED";
  if (approval.status !== "PENDING") return "OVER";
  return seatsInTurn(approval).includes(seat) ? "NOW" : "LATER";
}

function barredFrom({ config, requesterUserId, beneficiaryUserId }: Approval): ExplainedBar[] {
  if (config.selfApproval !== "OFF") return [];
  if (requesterUserId === beneficiaryUserId) return [{ userId: requesterUserId, why: "REQUESTER_AND_BENEFICIARY" }];
  return [
    { userId: requesterUserId, why: "REQUESTER" },
    { userId: beneficiaryUserId, why: "BENEFICIARY" },
  ];
}
