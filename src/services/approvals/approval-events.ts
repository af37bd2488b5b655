import type { SlackActor } from "../directory/person.ts";
import type { Approval, ApprovalStatus, Comment, Decision, Holder, Proposal, Reassignment, Seat, TermsChange } from "./approval.ts";

/**
 * What happened to an approval. The state is nothing but these, one after the other: the ledger keeps them, and {@link evolve}
 * makes the same approval of them again.
 */
export type ApprovalEvent =
  | { readonly kind: "approval.opened"; readonly at: Date; readonly approval: Approval }
  | {
      readonly kind: "approval.seat_decided";
      readonly at: Date;
      readonly seatId: string;
      readonly decision: Decision;
      readonly comment: Comment | null;
    }
  | {
      readonly kind: "approval.reassigned";
      readonly at: Date;
      readonly move: Reassignment;
      readonly insteadOf: Holder | null;
      readonly comment: Comment | null;
      /** Where the escalation chain did it: the tick, and the link's place in the chain, counted from 1. */
      readonly escalation: { readonly tick: Date; readonly step: number } | null;
    }
  | { readonly kind: "approval.commented"; readonly at: Date; readonly comment: Comment }
  | {
      readonly kind: "approval.attributes_changed";
      readonly at: Date;
      readonly by: SlackActor;
      readonly set: Readonly<Record<string, string>>;
      readonly removed: readonly string[];
      readonly comment: Comment | null;
    }
  | (TermsChange & { readonly kind: "request.changed" })
  | { readonly kind: "approval.change_proposed"; readonly at: Date; readonly proposal: Proposal }
  | {
      readonly kind: "approval.proposal_ended";
      readonly at: Date;
      /** Who answered. */
      readonly by: SlackActor;
      readonly proposal: Proposal;
      /** LAPSED: there was consent, and the proposer may no longer decide. */
      readonly outcome: "ACCEPTED" | "DECLINED" | "LAPSED";
    }
  | { readonly kind: "approval.reminded"; readonly at: Date; readonly tick: Date }
  | { readonly kind: "approval.escalation_exhausted"; readonly at: Date; readonly tick: Date }
  | { readonly kind: "approval.nudged"; readonly at: Date; readonly by: SlackActor }
  /** Those who could decide have left, and nobody is there to hand their seats to. */
  | { readonly kind: "approval.stranded"; readonly at: Date; readonly reference: string }
  | {
      readonly kind: "approval.settled";
      readonly at: Date;
      readonly status: Exclude<ApprovalStatus, "PENDING">;
      /** Null where no person settled it: the clock did, or it was closed because requester or beneficiary had left. */
      readonly by: SlackActor | null;
      readonly comment: Comment | null;
    };

/** The approval after one more event. Every other event needs the opening before it. */
export function evolve(before: Approval | null, event: ApprovalEvent): Approval {
  if (event.kind === "approval.opened") return event.approval;
  if (before === null) throw new Error(`${event.kind} before the approval was opened`);
  const approval = { ...before, modifiedAt: event.at };
  switch (event.kind) {
    case "approval.seat_decided":
      return {
        ...withComment(approval, event.comment),
        seats: approval.seats.map((seat) => (seat.id === event.seatId ? { ...seat, decision: event.decision } : seat)),
        timers: { ...approval.timers, isEscalated: false, stranded: null },
        proposal: null,
        version: approval.version + 1,
      };
    case "approval.reassigned":
      return moved(withComment(approval, event.comment), event);
    case "approval.commented":
      return withComment(approval, event.comment);
    case "approval.attributes_changed": {
      const kept = Object.entries(approval.additionalAttributes).filter(([key]) => !event.removed.includes(key));
      return { ...withComment(approval, event.comment), additionalAttributes: { ...Object.fromEntries(kept), ...event.set } };
    }
    case "request.changed": {
      const { by, at, before: asked, after } = event;
      const changes = [...approval.changes, { by, at, before: asked, after }];
      return { ...approval, changes, proposal: null, version: approval.version + 1 };
    }
    case "approval.change_proposed":
      return { ...approval, proposal: event.proposal };
    case "approval.proposal_ended":
      return { ...approval, proposal: null };
    case "approval.reminded":
      return {
        ...approval,
        timers: { ...approval.timers, remindersSent: approval.timers.remindersSent + 1, lastReminderTick: event.tick },
      };
    case "approval.escalation_exhausted":
      return { ...approval, timers: { ...approval.timers, isChainExhausted: true, lastEscalationTick: event.tick } };
    case "approval.nudged":
      return { ...approval, timers: { ...approval.timers, nudges: approval.timers.nudges + 1, lastNudge: { at: event.at, by: event.by } } };
    case "approval.stranded":
      return { ...approval, timers: { ...approval.timers, stranded: { since: event.at, reference: event.reference } } };
    case "approval.settled":
      return {
        ...withComment(approval, event.comment),
        status: event.status,
        completedAt: event.at,
        settledBy: event.by,
        proposal: null,
      };
  }
}

const withComment = (approval: Approval, comment: Comment | null): Approval =>
  comment === null ? approval : { ...approval, comments: [...approval.comments, comment] };

function moved(
  approval: Approval,
  { move, insteadOf, escalation }: Extract<ApprovalEvent, { readonly kind: "approval.reassigned" }>,
): Approval {
  const taken = { holder: move.to, insteadOf, autoApproveFor: null };
  const added: Seat = { ...taken, id: move.seatId, decision: null };
  return {
    ...approval,
    seats:
      move.from === null
        ? [...approval.seats, added]
        : approval.seats.map((seat) => (seat.id === move.seatId ? { ...seat, ...taken } : seat)),
    reassignmentHistory: [...approval.reassignmentHistory, move],
    timers: {
      ...approval.timers,
      stranded: null,
      ...(escalation === null ? {} : { isEscalated: true, escalationStep: escalation.step, lastEscalationTick: escalation.tick }),
    },
    version: approval.version + 1,
  };
}
