import type { RichTextElement } from "@slack/types";
import { notEnded } from "../services/access/grant.ts";
import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Call } from "../services/notify/notify-port.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import type { Message } from "./blocks.ts";
import { deadlineWords, holderElement } from "./card-outcome.ts";
import { escapeMrkdwn, named } from "./literal.ts";
import { line, moment, quote, richText, strong, words } from "./rich-text.ts";

const FAILURE_SHOWN = 1000;

/**
 * A call to those who can decide, in the thread of a card. They are mentioned and nobody else is: who asked stands there by name, so
 * that a channel's thread calls nobody who is not meant.
 */
export function approverCallMessage({ kind, mentions }: Call, overview: RequestOverview, texts: Texts): Message {
  const label = requestLabel(overview.request);
  const sentence = texts.calls[kind](nudgedBy(overview));
  const stuck = kind === "not_ended" ? notEnded(overview.grants) : null;
  const asked = askedBy(overview, texts);
  const [waiting, afterwards] = texts.calls.waitingSince;
  return {
    text: escapeMrkdwn(`${label}: ${sentence} ${asked}`),
    blocks: [
      richText(
        line(...mentions.flatMap((each) => [holderElement(each), words(" ")]), strong(label), words(`: ${sentence}`)),
        ...(stuck === null
          ? [line(words(`${asked} ${waiting}`), moment(overview.approval.createdAt), words(afterwards), ...until(overview, texts))]
          : [quote(`${failureSentence(stuck, texts)}\n${texts.common.reference(stuck.reference)}`, FAILURE_SHOWN)]),
      ),
    ],
  };
}

const until = (overview: RequestOverview, texts: Texts): readonly RichTextElement[] =>
  overview.deadline === null ? [] : [words(" "), ...deadlineWords(overview.deadline, texts)];

function askedBy({ request: { requester, beneficiary } }: RequestOverview, { calls }: Texts): string {
  const who = named(requester.name, 80);
  return requester.userId === beneficiary.userId ? calls.askedBy(who) : calls.askedByFor(who, named(beneficiary.name, 80));
}

const nudgedBy = ({ approval, request: { requester, beneficiary } }: RequestOverview): string =>
  named((approval.timers.lastNudge?.by.userId === beneficiary.userId ? beneficiary : requester).name, 80);
