import { standInsOf } from "./apply-command.ts";
import type { Approval, Holder } from "./approval.ts";
import type { ApprovalEvent } from "./approval-events.ts";
import type { Upcoming } from "./explanation.ts";
import { nextDue, passTime } from "./timers.ts";

/** More than the timers of one approval can ring before it is settled: SailPoint's limits are 20 reminders and 90 days. */
const MOST_RINGS = 500;

/**
 * The next reminder, the next escalation and the deadline, if nobody acts until then. Rehearsed with the timers themselves, so that what
 * is foretold is what will be done.
 */
export function comesNext(approval: Approval, now: Date, admins: readonly Holder[]): Upcoming[] {
  const foretold = new Map<"REMINDER" | "ESCALATION" | "DEADLINE", Upcoming>();
  let state = approval;
  for (let ring = 0, due = nextDue(state); due !== null && ring < MOST_RINGS; ring++) {
    const at = due < now ? now : due; // what is late comes at once
    const { approval: later, events } = passTime(state, at, standInsOf(state, admins));
    for (const event of events) {
      const upcoming = foretell(event, at);
      const kind = upcoming?.kind === "ESCALATION_EXHAUSTED" ? "ESCALATION" : upcoming?.kind;
      if (upcoming !== null && kind !== undefined && !foretold.has(kind)) foretold.set(kind, upcoming);
    }
    state = later;
    due = nextDue(state);
  }
  return [...foretold.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function foretell(event: ApprovalEvent, at: Date): Upcoming | null {
  switch (event.kind) {
    case "approval.reminded":
      return { kind: "REMINDER", at };
    case "approval.escalation_exhausted":
      return { kind: "ESCALATION_EXHAUSTED", at };
    case "approval.reassigned":
      return event.move.from === null ? null : { kind: "ESCALATION", at, from: event.move.from, to: event.move.to };
    case "approval.settled":
      return event.status === "EXPIRED" || event.status === "APPROVED" ? { kind: "DEADLINE", at, result: event.status } : null;
    default:
      return null;
  }
}
