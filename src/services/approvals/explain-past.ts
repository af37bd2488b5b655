import type { Approval } from "./approval.ts";
import type { Happened } from "./explanation.ts";
import { freeComments } from "./free-comments.ts";

/** What has happened to an approval, the oldest first; of what happened at one instant the opening comes first and the end last. */
export function happenedSoFar(approval: Approval): Happened[] {
  const { createdAt, completedAt, status, timers, seats, reassignmentHistory, requesterUserId } = approval;
  const between: Happened[] = [
    ...seats.flatMap(({ decision, holder }): Happened[] =>
      decision === null
        ? []
        : [
            {
              kind: "DECIDED",
              at: decision.at,
              byUserId: decision.by.userId,
              verdict: decision.verdict,
              capacity: decision.capacity,
              as: holder,
            },
          ],
    ),
    ...reassignmentHistory.map(
      ({ at, by, from, to, kind }): Happened => ({ kind: "REASSIGNED", at, byUserId: by?.userId ?? null, from, to, how: kind }),
    ),
    // A comment that came with a decision or a reassignment is told with it.
    ...freeComments(approval).map(({ at, by }): Happened => ({ kind: "COMMENTED", at, byUserId: by.userId })),
    ...(timers.lastReminderTick === null
      ? []
      : [{ kind: "REMINDED", at: timers.lastReminderTick, times: timers.remindersSent } satisfies Happened]),
    ...(timers.isChainExhausted && timers.lastEscalationTick !== null
      ? [{ kind: "ESCALATION_EXHAUSTED", at: timers.lastEscalationTick } satisfies Happened]
      : []),
  ];
  return [
    { kind: "OPENED", at: createdAt, byUserId: requesterUserId },
    ...between.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    ...(status === "PENDING" || completedAt === null ? [] : [{ kind: "SETTLED", at: completedAt, status } satisfies Happened]),
  ];
}
