import { type ExpressionBuilder, type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { BreakGlassReviewTable } from "../../store/tables/emergency.ts";
import { type AccessRequest, requestLabel } from "../access/request.ts";
import { requestFromRow } from "../access/request-rows.ts";
import type { Person } from "../directory/person.ts";
import type { BreakGlassReview, ReviewAnswer, ReviewToAnswer } from "./emergency.ts";

const answer = z.object({ happened: z.string(), done: z.string(), follows: z.string() }) satisfies z.ZodType<ReviewAnswer>;

const reviewFromRow = (row: Selectable<BreakGlassReviewTable>): BreakGlassReview => ({
  id: row.id,
  userId: row.user_id,
  zpaUser: row.zpa_user,
  requestIds: z.array(z.string()).parse(row.request_ids),
  openedAt: row.opened_at,
  asks: row.asks,
  lastAskedAt: row.last_asked_at,
  answer: row.answer === null ? null : answer.parse(row.answer),
  answeredBy: row.answered_by,
  answeredAt: row.answered_at,
});

/** Of a use that failed before anything was sent there is nothing to account for. What ZPA refused had no effect. */
const somethingWasSent = sql<boolean>`exists (
  select 1 from request as r
  where break_glass_review.request_ids @> to_jsonb(array[r.id::text])
    and (r.status <> 'FAILED' or exists (
      select 1 from access_grant as g join grant_attempt as a on a.grant_id = g.id
      where g.request_id = r.id and a.outcome <> 'REFUSED')))`;

const ofPerson =
  ({ userId, zpaUser }: Pick<Person, "userId" | "zpaUser">) =>
  (where: ExpressionBuilder<Database, "break_glass_review">) =>
    where.or([where("user_id", "=", userId), where("zpa_user", "=", zpaUser)]);

/** Opens the review of a use. Null when the person, or ZPA's user, still owes another: the caller's transaction must not go on. */
export async function openReview(
  trx: Transaction<Database>,
  {
    id,
    person,
    requestIds,
    now,
  }: { readonly id: string; readonly person: Person; readonly requestIds: readonly string[]; readonly now: Date },
): Promise<string | null> {
  const row = await trx
    .insertInto("break_glass_review")
    .values({ id, user_id: person.userId, zpa_user: person.zpaUser, request_ids: JSON.stringify(requestIds), opened_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The review that a person owes, by any of their Slack accounts; null when they owe none. */
export async function dueReviewOf(db: Kysely<Database>, person: Pick<Person, "userId" | "zpaUser">): Promise<BreakGlassReview | null> {
  const row = await db
    .selectFrom("break_glass_review")
    .selectAll()
    .where("answered_at", "is", null)
    .where(ofPerson(person))
    .where(somethingWasSent)
    .orderBy("opened_at")
    .executeTakeFirst();
  return row === undefined ? null : reviewFromRow(row);
}

/** Whether an answer is waited for: not of a use that came to nothing. */
export async function isOwed(db: Kysely<Database>, { id, answeredAt }: Pick<BreakGlassReview, "id" | "answeredAt">): Promise<boolean> {
  if (answeredAt !== null) return false;
  const row = await db.selectFrom("break_glass_review").select("id").where("id", "=", id).where(somethingWasSent).executeTakeFirst();
  return row !== undefined;
}

/** Closes the reviews of a person's uses that came to nothing, so that the next use can have its own. */
export async function closeUnowed(trx: Transaction<Database>, person: Person, now: Date): Promise<readonly BreakGlassReview[]> {
  const rows = await trx
    .updateTable("break_glass_review")
    .set({ answered_at: now, answered_by: "portcullis" })
    .where("answered_at", "is", null)
    .where(ofPerson(person))
    .where((where) => where.not(somethingWasSent))
    .returningAll()
    .execute();
  return rows.map(reviewFromRow);
}

/** Requests by which a person's earlier uses open something now, or are about to; without those whose end is on its way. */
export async function openUsesOf(
  db: Kysely<Database>,
  person: Pick<Person, "userId" | "zpaUser">,
  { now, except = [] }: { readonly now: Date; readonly except?: readonly string[] },
): Promise<readonly AccessRequest[]> {
  const rows = await db
    .selectFrom("request")
    .selectAll()
    .where("status", "in", ["GRANTING", "GRANTED"])
    .where((where) => where.or([where("window_end", "is", null), where("window_end", ">", now)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("break_glass_review")
          .select("break_glass_review.id")
          .where(ofPerson(person))
          .where(sql<boolean>`break_glass_review.request_ids @> to_jsonb(array[request.id::text])`),
      ),
    )
    .orderBy("number")
    .execute();
  return rows.map(requestFromRow).filter(({ id }) => !except.includes(id));
}

/** The review that is owed, or was given, for what a request opened. */
export async function reviewOfRequest(db: Kysely<Database>, requestId: string): Promise<BreakGlassReview | null> {
  const row = await db
    .selectFrom("break_glass_review")
    .selectAll()
    .where(sql<boolean>`request_ids @> ${JSON.stringify([requestId])}::jsonb`)
    .executeTakeFirst();
  return row === undefined ? null : reviewFromRow(row);
}

/** @throws PortcullisError `review_unknown` */
export async function readReview(db: Kysely<Database>, reviewId: string): Promise<BreakGlassReview> {
  if (!z.uuid().safeParse(reviewId).success) throw new PortcullisError("review_unknown");
  const row = await db.selectFrom("break_glass_review").selectAll().where("id", "=", reviewId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("review_unknown");
  return reviewFromRow(row);
}

/**
 * Reads a review and holds its row until the transaction ends.
 * @throws PortcullisError `review_unknown`
 */
export async function lockReview(trx: Transaction<Database>, reviewId: string): Promise<BreakGlassReview> {
  const row = await trx.selectFrom("break_glass_review").selectAll().where("id", "=", reviewId).forUpdate().executeTakeFirst();
  if (row === undefined) throw new PortcullisError("review_unknown");
  return reviewFromRow(row);
}

/** With what it is about. */
export async function reviewToAnswer(db: Kysely<Database>, review: BreakGlassReview): Promise<ReviewToAnswer> {
  const rows = await db.selectFrom("request").selectAll().where("id", "in", review.requestIds).orderBy("number").execute();
  const requests = rows.map(requestFromRow);
  return {
    review,
    labels: requests.map(requestLabel),
    consoleNames: requests.flatMap(({ consoles }) => consoles.map(({ name }) => name)),
    reason: requests[0]?.reason ?? "",
  };
}

/** Whether everything that a use opened is over. */
export async function isOver(db: Kysely<Database>, { requestIds }: Pick<BreakGlassReview, "requestIds">): Promise<boolean> {
  const open = await db
    .selectFrom("request")
    .select("id")
    .where("id", "in", requestIds)
    .where("status", "not in", ["ENDED", "FAILED"])
    .executeTakeFirst();
  return open === undefined;
}

export async function noteAsked(db: Kysely<Database>, reviewId: string, now: Date): Promise<void> {
  await db
    .updateTable("break_glass_review")
    .set((eb) => ({ asks: eb("asks", "+", 1), last_asked_at: now }))
    .where("id", "=", reviewId)
    .execute();
}

export async function saveAnswer(trx: Transaction<Database>, reviewId: string, given: ReviewAnswer, by: string, now: Date): Promise<void> {
  await trx
    .updateTable("break_glass_review")
    .set({ answer: JSON.stringify(given), answered_by: by, answered_at: now })
    .where("id", "=", reviewId)
    .execute();
}
