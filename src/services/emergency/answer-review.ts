import { PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { REASON_MAX_LENGTH } from "../policy/ask.ts";
import type { EmergencyServices, ReviewAnswer, ReviewToAnswer } from "./emergency.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";
import { lockReview, readReview, reviewToAnswer, saveAnswer } from "./review-rows.ts";

type AnswerPorts = Pick<EmergencyPorts, "db" | "jobs" | "people" | "clock">;

/** @throws PortcullisError `review_unknown` | `review_answered` | `not_allowed`, whatever `people.trusted` refuses */
export const readReviewFor =
  ({ db, people }: Pick<AnswerPorts, "db" | "people">): EmergencyServices["readReview"] =>
  async ({ reviewId, by }): Promise<ReviewToAnswer> => {
    const { userId, zpaUser } = await people.trusted(by);
    const review = await readReview(db, reviewId);
    if (review.userId !== userId && review.zpaUser !== zpaUser) throw new PortcullisError("not_allowed");
    if (review.answeredAt !== null) throw new PortcullisError("review_answered");
    return reviewToAnswer(db, review);
  };

/** @throws PortcullisError as {@link readReviewFor}, and as {@link recordReview} */
export const answerReview = (ports: AnswerPorts): EmergencyServices["answerReview"] => {
  const read = readReviewFor(ports);
  const record = recordReview(ports);
  return async ({ reviewId, by, answer }) => {
    await read({ reviewId, by });
    await record({ reviewId, answer, actor: by.userId });
  };
};

/**
 * Writes the answers down; every card of the use shows them, to everybody who was told.
 *
 * @param actor has been found to have the right
 * @throws PortcullisError `comment_required` | `text_too_long`, each at its field, `review_unknown`, `review_answered`
 */
export const recordReview =
  ({ db, jobs, clock }: Pick<AnswerPorts, "db" | "jobs" | "clock">) =>
  async (command: { readonly reviewId: string; readonly answer: ReviewAnswer; readonly actor: string }): Promise<void> => {
    const { reviewId, actor } = command;
    const given = checked(command.answer);
    const now = clock.now();
    await db.transaction().execute(async (trx) => {
      const review = await lockReview(trx, reviewId);
      if (review.answeredAt !== null) throw new PortcullisError("review_answered");
      await saveAnswer(trx, reviewId, given, actor, now);
      for (const requestId of review.requestIds) {
        await appendToLedger(trx, now, [{ kind: "break-glass.reviewed", requestId, actor, subject: reviewId, before: null, after: given }]);
        await jobs.enqueue(trx, "project-request", { requestId });
      }
    });
  };

function checked(answer: ReviewAnswer): ReviewAnswer {
  const field = (name: keyof ReviewAnswer): string => {
    const text = answer[name].trim();
    if (text === "") throw new PortcullisError("comment_required", { field: name });
    if (text.length > REASON_MAX_LENGTH)
      throw new PortcullisError("text_too_long", { field: name, params: { length: text.length, limit: REASON_MAX_LENGTH } });
    return text;
  };
  return { happened: field("happened"), done: field("done"), follows: field("follows") };
}
