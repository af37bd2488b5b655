import type { Approval, Comment } from "./approval.ts";

/**
 * Comments that came neither with a decision nor with a reassignment: those are told with what they came with. A wish for more that
 * became a yes carried its reason before: that is told with the yes, too.
 */
export function freeComments({ seats, comments, reassignmentHistory }: Approval): Comment[] {
  const reasons = new Set(reassignmentHistory.map(({ commentId }) => commentId));
  const spoken = new Set(seats.flatMap(({ decision }) => (decision === null ? [] : [`${decision.by.userId} ${decision.at.getTime()}`])));
  const wishes = new Set(seats.flatMap(({ decision }) => (decision?.comment == null ? [] : [`${decision.by.userId} ${decision.comment}`])));
  return comments.filter(
    ({ id, by, at, text }) => !reasons.has(id) && !spoken.has(`${by.userId} ${at.getTime()}`) && !wishes.has(`${by.userId} ${text}`),
  );
}
