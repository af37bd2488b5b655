import { addDays } from "date-fns/addDays";
import { addHours } from "date-fns/addHours";
import { addMinutes } from "date-fns/addMinutes";
import { max } from "date-fns/max";
import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { JobAttempt, Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { claimNotice, noticesSaid, unclaimNotice, wholeKey } from "../notify/card-rows.ts";
import type { BreakGlassReview, ReviewToAnswer } from "./emergency.ts";
import { isOver, isOwed, noteAsked, readReview, reviewToAnswer } from "./review-rows.ts";

/** What `slack/` fills in: asks one person, in their direct messages. */
export type AskForReview = (asked: ReviewToAnswer) => Promise<void>;

const TELLING_DAYS = 7;

export interface AskReviewPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly ask: AskForReview;
}

/**
 * Asks whoever broke the glass for the review once everything is over, and again every day until they answer. Also has the cards of the
 * use brought up to date: what Slack did not take while it was away is told then. That goes on after the answer, which may have been given
 * at a terminal while Slack was away, until every card stands.
 *
 * @throws PortcullisError when Slack cannot be spoken to; the queue comes back to it, and in the end another visit is planned
 */
export const askForReview =
  (ports: AskReviewPorts) =>
  async ({ reviewId }: { readonly reviewId: string }, attempt: Pick<JobAttempt, "isLast">): Promise<void> => {
    const { db, clock, log } = ports;
    const review = await readReview(db, reviewId);
    const now = clock.now();
    if (review.answeredAt !== null) return keepTelling(ports, review, now);
    if (!(await isOver(db, review))) {
      await tellAgain(ports, review);
      return visitAgain(ports, review, max([await lastEnd(db, review), addMinutes(now, 1)]));
    }
    if (!(await isOwed(db, review))) return keepTelling(ports, review, now);
    const due = review.lastAskedAt === null ? now : addHours(review.lastAskedAt, 24);
    if (due > now) return visitAgain(ports, review, due);
    try {
      await askOnce(ports, review);
    } catch (thrown) {
      const error = fromUnknown(thrown);
      const isRefused = error.code === "slack_refused"; // they have left, for one: asking every few seconds does not help
      if (!attempt.isLast && !isRefused) throw thrown;
      log.error({ err: error, reviewId }, "break-glass.review-not-asked-for");
      return visitAgain(ports, review, addHours(now, isRefused ? 24 : 1));
    }
    await tellAgain(ports, review);
    await visitAgain(ports, { ...review, asks: review.asks + 1 }, addHours(now, 24));
  };

/** Claimed before it is said, so that two replicas do not both ask, and given back when it was not said. */
async function askOnce({ db, clock, ask }: AskReviewPorts, review: BreakGlassReview): Promise<void> {
  const key = `break-glass-review:${review.id}:${review.asks}`;
  if (!(await claimNotice(db, key, clock.now()))) return;
  try {
    await ask(await reviewToAnswer(db, review));
  } catch (thrown) {
    await unclaimNotice(db, key);
    throw thrown;
  }
  await noteAsked(db, review.id, clock.now());
}

/** Every hour for a week. What Slack has not taken by then it refuses: somebody who has left, a channel that is gone. */
async function keepTelling(ports: AskReviewPorts, review: BreakGlassReview, now: Date): Promise<void> {
  if (await isTold(ports.db, review)) return;
  if (now >= addDays(review.openedAt, TELLING_DAYS)) {
    ports.log.error({ reviewId: review.id, requestIds: review.requestIds }, "break-glass.not-told");
    return;
  }
  await tellAgain(ports, review);
  await visitAgain(ports, review, addHours(now, 1));
}

async function tellAgain({ jobs }: AskReviewPorts, { requestIds }: BreakGlassReview): Promise<void> {
  await Promise.all(requestIds.map((requestId) => jobs.enqueueNow("project-request", { requestId }, { singletonKey: requestId })));
}

const visitAgain = ({ jobs }: AskReviewPorts, { id: reviewId, asks }: BreakGlassReview, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("break-glass-review", { reviewId }, { startAfter, singletonKey: `${reviewId}:${asks}` });

async function lastEnd(db: Kysely<Database>, { requestIds, openedAt }: BreakGlassReview): Promise<Date> {
  const rows = await db.selectFrom("request").select("window_end").where("id", "in", requestIds).execute();
  return max([openedAt, ...rows.flatMap(({ window_end: end }) => (end === null ? [] : [addMinutes(end, 1)]))]);
}

/** Whether everybody was told, whoever took the access and everybody who was skipped. */
async function isTold(db: Kysely<Database>, { requestIds }: BreakGlassReview): Promise<boolean> {
  const keys = requestIds.map(wholeKey);
  return (await noticesSaid(db, keys)).size === keys.length;
}
