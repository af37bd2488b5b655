import type { RichTextBlock } from "@slack/types";
import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Notice } from "../services/notify/notify-port.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { context, LIMIT, type Message, plain } from "./blocks.ts";
import { changeLines, proposedLines } from "./card-talk.ts";
import { escapeMrkdwn, typed } from "./literal.ts";
import { madeTogetherLine } from "./name-list.ts";
import { line, quote, richText, strong, words } from "./rich-text.ts";

/** One step of a request, told once in the thread of its card: in the card is how it stands, here is what just happened. */
export function noticeMessage(notice: Notice, overview: RequestOverview, texts: Texts): Message {
  const label = requestLabel(overview.request);
  const detail = detailOf(notice, overview, texts);
  const change = changeOf(notice, overview, texts);
  return {
    text: escapeMrkdwn(`${label}: ${texts.notices[notice]}`),
    blocks: [
      richText(
        line(strong(label), words(`: ${texts.notices[notice]}`)),
        ...change,
        ...(detail === null ? [] : [quote(typed(detail, 1000), 1000)]),
      ),
      ...(isFirst(notice) && overview.madeTogether.length > 0
        ? [context(plain(madeTogetherLine(overview.madeTogether, texts), LIMIT.context))]
        : []),
    ],
  };
}

/** What the requester hears first says what else came of what they sent. */
const isFirst = (notice: Notice): boolean =>
  notice === "submitted" || notice === "passed" || notice === "given_on_call" || notice === "broke_glass";
/** What an approver changed, or would. */
function changeOf(notice: Notice, { approval: { changes, proposal } }: RequestOverview, texts: Texts): RichTextBlock["elements"] {
  const last = changes.at(-1);
  if (notice === "changed" && last !== undefined) return changeLines(last, texts);
  return notice === "proposed" && proposal !== null ? proposedLines(proposal, texts) : [];
}

function detailOf(notice: Notice, { request, approval }: RequestOverview, texts: Texts): string | null {
  switch (notice) {
    case "rejected":
      return approval.seats.find((seat) => seat.decision?.verdict === "REJECTED")?.decision?.comment ?? null;
    case "reassigned":
      return approval.reassignmentHistory.at(-1)?.comment ?? null;
    case "failed":
      if (request.failure === null) return null;
      return `${failureSentence(request.failure, texts)}\n${texts.common.reference(request.failure.reference)}`;
    case "passed":
      return approval.rules.passedMakesGrant ? texts.card.passedMakesGrant : texts.card.passedMakesNoGrant;
    case "changed":
    case "proposed":
    case "stranded":
      return approval.timers.stranded === null ? null : texts.common.reference(approval.timers.stranded.reference);
    case "submitted":
    case "given_on_call":
    case "broke_glass":
    case "approved":
    case "approved_by_timeout":
    case "escalated":
    case "handed_on":
    case "granted":
    case "withdrawn":
    case "closed":
    case "expired":
    case "ended":
      return null;
  }
}
