import type { ModalView, RichTextBlock, RichTextElement } from "@slack/types";
import { z } from "zod";
import type { PortcullisError } from "../errors.ts";
import type { Failure } from "../services/access/request.ts";
import { errorSentence, failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { context, LIMIT, type Message, mentionUser, plain } from "./blocks.ts";
import { CALLBACK } from "./ids.ts";
import { readersMoment } from "./instants.ts";
import { escapeMrkdwn, typed } from "./literal.ts";
import { modal } from "./modal.ts";
import { line, moment, richText, user, words } from "./rich-text.ts";

/** Slack cuts a message's text at 4,000 characters, and an escaped one is five times as long at worst. */
const FALLBACK_SHOWN = 700;
/** One of fifty in a message. */
const FAILURE_SHOWN = 220;

/** Why nothing happened, for an ephemeral message or a reply in a thread. `reference` is also in the log. */
export const errorNotice = (error: PortcullisError, reference: string | null, texts: Texts): Message => ({
  text: fallback(error, texts),
  blocks: blocks(error, reference, texts),
});

/** The same for a person who stands in a modal. */
export const errorView = (error: PortcullisError, reference: string | null, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.notice,
    title: texts.common.errorTitle,
    close: texts.common.close,
    blocks: blocks(error, reference, texts),
  });

const blocks = (error: PortcullisError, reference: string | null, texts: Texts) => [
  sentence(error, texts),
  ...(reference === null ? [] : [context(plain(texts.common.reference(reference), LIMIT.context))]),
];

/** As `approvals/decide.ts` says it: who settled the approval, and when. */
const AlreadyDecided = z.object({
  status: z.enum(["APPROVED", "REJECTED", "CANCELLED", "EXPIRED", "PASSED"]),
  byUserId: z.string().min(1),
  atEpochSeconds: z.number().int(),
});

function settled(error: PortcullisError) {
  return error.code === "already_decided" ? settledIn(error.details.params) : null;
}

function settledIn(params: unknown) {
  const { data } = AlreadyDecided.safeParse(params);
  return data === undefined ? null : { ...data, at: new Date(data.atEpochSeconds * 1000) };
}

function sentence(error: PortcullisError, texts: Texts): RichTextBlock {
  const known = settled(error);
  if (known === null) return richText(line(words(typed(errorSentence(error, texts), LIMIT.section))));
  return richText(line(...settledWords(known, texts)));
}

function settledWords({ status, byUserId, at }: NonNullable<ReturnType<typeof settledIn>>, texts: Texts): RichTextElement[] {
  const [before, between, after] = texts.alreadyDecided[status];
  return [words(before), user(byUserId), words(between), moment(at), words(after)];
}

/** The same of a failure as it was stored, to stand in a line with other words. */
export function failureWords(failure: Failure, texts: Texts): RichTextElement[] {
  const known = failure.code === "already_decided" ? settledIn(failure.params) : null;
  if (known !== null) return settledWords(known, texts);
  const reference = failure.reference === "" ? "" : ` ${texts.common.reference(failure.reference)}`;
  return [words(`${typed(failureSentence(failure, texts), FAILURE_SHOWN)}${reference}`)];
}

function fallback(error: PortcullisError, texts: Texts): string {
  const known = settled(error);
  if (known === null) return escapeMrkdwn(typed(errorSentence(error, texts), FALLBACK_SHOWN));
  const [before, between, after] = texts.alreadyDecided[known.status];
  return `${before}${mentionUser(known.byUserId)}${between}${readersMoment(known.at)}${after}`;
}
