import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { ReviewStanding } from "../access/overview.ts";
import { isOver, reviewOfRequest } from "./review-rows.ts";

/** How the review of a use of break-glass stands, as its cards show it. Null for a request that has none. */
export async function reviewStanding(db: Kysely<Database>, requestId: string): Promise<ReviewStanding | null> {
  const review = await reviewOfRequest(db, requestId);
  if (review === null) return null;
  const { id, userId, answer, answeredBy, answeredAt, asks } = review;
  return { id, userId, answer, answeredBy, answeredAt, isDue: answer === null && asks === 0 && (await isOver(db, review)) };
}
