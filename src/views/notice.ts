import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Notice } from "../services/notify/notify-port.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import type { Message } from "./blocks.ts";
import { escapeMrkdwn, typed } from "./literal.ts";
import { line, quote, richText, strong, words } from "./rich-text.ts";

/** One step of a request, told once in the thread of its card: in the card is how it stands, here is what just happened. */
export function noticeMessage(notice: Notice, overview: RequestOverview, texts: Texts): Message {
  const label = requestLabel(overview.request);
  const detail = detailOf(notice, overview, texts);
  return {
    text: escapeMrkdwn(`${label}: ${texts.notices[notice]}`),
    blocks: [
      richText(line(strong(label), words(`: ${texts.notices[notice]}`)), ...(detail === null ? [] : [quote(typed(detail, 1000), 1000)])),
    ],
  };
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
    case "stranded":
      return approval.timers.stranded === null ? null : texts.common.reference(approval.timers.stranded.reference);
    case "submitted":
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
