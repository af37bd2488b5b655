import type { Approval, Comment } from "./approval.ts";

/** Comments that came neither with a decision nor with a reassignment: those are told with what they came with. */
export function freeComments({ seats, comments, reassignmentHistory }: Approval): Comment[] {
  const reasons = new Set(reassignmentHistory.map(({ commentId }) => commentId));
  const spoken = new Set(seats.flatMap(({ decision }) => (decision === null ? [] : [`${decision.by.userId} ${decision.at.getTime()}`])));
  return comments.filter(({ id, by, at }) => !reasons.has(id) && !spoken.has(`${by.userId} ${at.getTime()}`));
}
