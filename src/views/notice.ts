import type { RichTextBlock } from "@slack/types";
import { notEnded } from "../services/access/grant.ts";
import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Notice, Step } from "../services/notify/notify-port.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { renewButton } from "./access-buttons.ts";
import { actions, context, LIMIT, type Message, plain } from "./blocks.ts";
import { amendmentLines, endingLines } from "./card-life.ts";
import { changeLines, proposedLines } from "./card-talk.ts";
import { BLOCK } from "./ids.ts";
import { escapeMrkdwn, typed } from "./literal.ts";
import { madeTogetherLine } from "./name-list.ts";
import { line, moment, quote, richText, strong, words } from "./rich-text.ts";

/** One step of a request, told once in the thread of its card: in the card is how it stands, here is what just happened. */
export function noticeMessage(step: Step, overview: RequestOverview, texts: Texts): Message {
  const { notice } = step;
  const label = requestLabel(overview.request);
  const detail = detailOf(step, overview, texts);
  return {
    text: escapeMrkdwn(`${label}: ${texts.notices[notice]}`),
    blocks: [
      richText(
        line(strong(label), words(`: ${texts.notices[notice]}`)),
        ...changeOf(step, texts),
        ...lifeOf(notice, overview, texts),
        ...(detail === null ? [] : [quote(typed(detail, 1000), 1000)]),
      ),
      ...(isFirst(notice) && overview.madeTogether.length > 0
        ? [context(plain(madeTogetherLine(overview.madeTogether, texts), LIMIT.context))]
        : []),
      ...(notice === "ending_soon" ? [actions(BLOCK.accessActions, [renewButton(overview.request.id, label, texts)])] : []),
    ],
  };
}

/** Who changed or ended access, when and why; when it ends. */
function lifeOf(notice: Notice, overview: RequestOverview, texts: Texts): RichTextBlock["elements"] {
  const { amendments, window } = overview.request;
  const amendment = amendments.at(-1);
  switch (notice) {
    case "amending":
    case "amended":
    case "not_amended":
      return amendment === undefined ? [] : amendmentLines(amendment, texts);
    case "ending":
    case "ended":
      return [...endingLines(overview, texts), ...(notice === "ended" ? [line(words(texts.life.sessionUnknown))] : [])];
    case "ending_soon": {
      const [before, after] = texts.life.endsSoon;
      return window === null ? [] : [line(words(before), moment(window.end), words(after))];
    }
    default:
      return [];
  }
}

/** What the requester hears first says what else came of what they sent. */
const isFirst = (notice: Notice): boolean =>
  notice === "submitted" ||
  notice === "passed" ||
  notice === "given_on_call" ||
  notice === "broke_glass" ||
  notice === "approved_in_sailpoint";

/** What an approver changed, or would. */
function changeOf(step: Step, texts: Texts): RichTextBlock["elements"] {
  if (step.notice === "changed") return changeLines(step.change, texts);
  return step.notice === "proposed" ? proposedLines(step.proposal, texts) : [];
}

function detailOf(step: Step, { request, approval, grants }: RequestOverview, texts: Texts): string | null {
  switch (step.notice) {
    case "rejected":
      return approval.seats.find((seat) => seat.decision?.verdict === "REJECTED")?.decision?.comment ?? null;
    case "reassigned":
      return step.move.comment;
    case "failed":
      if (request.failure === null) return null;
      return `${failureSentence(request.failure, texts)}\n${texts.common.reference(request.failure.reference)}`;
    case "passed":
      return approval.rules.passedMakesGrant ? texts.card.passedMakesGrant : texts.card.passedMakesNoGrant;
    case "stranded":
      return approval.timers.stranded === null ? null : texts.common.reference(approval.timers.stranded.reference);
    case "submitted":
    case "given_on_call":
    case "broke_glass":
    case "approved_in_sailpoint":
    case "approved":
    case "approved_by_timeout":
    case "escalated":
    case "handed_on":
    case "changed":
    case "proposed":
    case "granted":
    case "withdrawn":
    case "closed":
    case "expired":
    case "ended":
    case "ending_soon":
    case "amending":
    case "amended":
    case "not_amended":
    case "ending":
      return null;
    case "not_ended": {
      const stuck = notEnded(grants);
      return stuck === null ? null : `${failureSentence(stuck, texts)}\n${texts.common.reference(stuck.reference)}`;
    }
  }
}
