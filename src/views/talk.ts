import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { SaidRemark, TalkAnswer } from "../services/notify/talk-port.ts";
import { REMARK_MAX_LENGTH } from "../services/policy/remark.ts";
import type { Texts } from "../texts/texts.ts";
import { type Message, mentionUser } from "./blocks.ts";
import { escapeMrkdwn } from "./literal.ts";
import { line, quote, richText, strong, user, words } from "./rich-text.ts";

/** Escaped, a character is five times as long at worst; a notification shows the beginning anyway. */
const FALLBACK_SHOWN = 600;

/** By this block the message is found again when nobody knows whether Slack took it. */
export const remarkBlockId = (key: string): string => `remark_${key}`;

/** What someone said of a request, told where others read it. Their words are quoted: nothing in them comes alive. */
export function remarkMessage({ label, by, kind, text, key }: SaidRemark, { talk }: Texts): Message {
  const says = talk.said[kind];
  const beginning = text.length > FALLBACK_SHOWN ? `${text.slice(0, FALLBACK_SHOWN).toWellFormed()}…` : text;
  return {
    text: `${escapeMrkdwn(label)}: ${mentionUser(by.userId)}${says} ${escapeMrkdwn(beginning)}`,
    blocks: [
      {
        ...richText(line(strong(label), words(": "), user(by.userId), words(says)), quote(text, REMARK_MAX_LENGTH)),
        block_id: remarkBlockId(key),
      },
      ...(kind === "question" ? [richText(line(words(talk.howToAnswer)))] : []),
    ],
  };
}

/** Why a message was not, or not wholly, recorded; seen by its writer alone. */
export function talkAnswerMessage(answer: TalkAnswer, { talk }: Texts): Message {
  const sentence = talk.answers[answer];
  return { text: escapeMrkdwn(sentence), blocks: [richText(line(words(sentence)))] };
}

/** What became of a proposal, told to its proposer. */
export function proposalEndedMessage(
  outcome: "declined" | "lapsed",
  userId: string,
  { request }: RequestOverview,
  { talk }: Texts,
): Message {
  const label = requestLabel(request);
  const sentence = talk.proposalEnded[outcome];
  return {
    text: `${mentionUser(userId)} ${escapeMrkdwn(`${label}: ${sentence}`)}`,
    blocks: [richText(line(user(userId), words(" "), strong(label), words(`: ${sentence}`)))],
  };
}
