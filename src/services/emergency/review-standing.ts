import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { ReviewStanding } from "../access/overview.ts";
import { isOver, isOwed, reviewOfRequest } from "./review-rows.ts";

/** How the review of a use of break-glass stands, as its cards show it. Null for a request that has none, or owes none. */
export async function reviewStanding(db: Kysely<Database>, requestId: string): Promise<ReviewStanding | null> {
  const review = await reviewOfRequest(db, requestId);
  if (review === null) return null;
  const owed = await isOwed(db, review);
  const { id, userId, answer, answeredBy, answeredAt, asks } = review;
  if (answer === null && !owed) return null;
  return { id, userId, answer, answeredBy, answeredAt, isDue: owed && asks === 0 && (await isOver(db, review)) };
}
