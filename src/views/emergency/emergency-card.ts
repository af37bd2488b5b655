import type { KnownBlock, RichTextElement } from "@slack/types";
import type { RequestOverview, ReviewStanding } from "../../services/access/overview.ts";
import { requestLabel } from "../../services/access/request.ts";
import type { Texts } from "../../texts/texts.ts";
import type { CardViewer } from "../approval-card.ts";
import { actions, button, mentionUser } from "../blocks.ts";
import type { ReviewValue } from "../button-value.ts";
import { ACTION, BLOCK } from "../ids.ts";
import { named } from "../literal.ts";
import { line, moment, quote, richText, strong, user, words } from "../rich-text.ts";

const ANSWER_SHOWN = 600;

/** What heads a card of access past the approvers; null for every other card. */
export function emergencyTitle({ request }: RequestOverview, texts: Texts): string | null {
  const { origin, status } = request;
  if (origin !== "ON_CALL" && origin !== "BREAK_GLASS") return null;
  return texts.emergency.card.title[origin](requestLabel(request), texts.status[status]);
}

/** The same for notifications and screen readers, not escaped yet. */
export function emergencyFallback({ request }: RequestOverview, consoles: string, texts: Texts): string | null {
  const { origin, status, requester, beneficiary } = request;
  if (origin !== "ON_CALL" && origin !== "BREAK_GLASS") return null;
  const [who, whom] = [named(requester.name, 80), named(beneficiary.name, 80)];
  return texts.emergency.card.fallback[origin](requestLabel(request), who, whom, consoles, texts.status[status]);
}

/** Who did what, in mrkdwn. */
export function emergencyWords({ request: { origin, requester, beneficiary } }: RequestOverview, { emergency }: Texts): string | null {
  if (origin === "ON_CALL") return emergency.card.gave(mentionUser(requester.userId), mentionUser(beneficiary.userId));
  return origin === "BREAK_GLASS" ? emergency.card.broke(mentionUser(requester.userId)) : null;
}

/** The review of a broken glass: what was answered, or that it is still awaited, with the button for whoever owes it. */
export function reviewBlocks({ request, review }: RequestOverview, viewer: CardViewer, texts: Texts): KnownBlock[] {
  if (review === null) return [];
  const { card } = texts.emergency;
  if (review.answer !== null) return [answered(review, review.answer, texts)];
  const [before, after] = card.reviewOpen;
  const open = richText(line(strong(card.review)), line(words(before), user(review.userId), words(after)));
  if (viewer.kind !== "requester" || viewer.userId !== review.userId) return [open];
  const value: ReviewValue = { reviewId: review.id };
  const label = card.answerLabel(requestLabel(request));
  return [open, actions(BLOCK.review, [button({ actionId: ACTION.review, text: card.answer, label, value })])];
}

function answered(
  { answeredBy, answeredAt }: ReviewStanding,
  { happened, done, follows }: NonNullable<ReviewStanding["answer"]>,
  { emergency: { card, review } }: Texts,
): KnownBlock {
  const [before, between, after] = card.reviewed;
  const at = answeredAt === null ? [] : [words(between), moment(answeredAt)];
  return richText(
    line(strong(card.review)),
    line(strong(review.happened)),
    quote(happened, ANSWER_SHOWN),
    line(strong(review.done)),
    quote(done, ANSWER_SHOWN),
    line(strong(review.follows)),
    quote(follows, ANSWER_SHOWN),
    line(words(before), whoAnswered(answeredBy), ...at, words(after)),
  );
}

/** An account of the machine is no Slack user. */
const whoAnswered = (by: string | null): RichTextElement => (by === null || by.startsWith("cli:") ? words(by ?? "") : user(by));
