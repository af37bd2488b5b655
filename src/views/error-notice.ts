import type { ModalView, RichTextBlock, RichTextElement } from "@slack/types";
import { z } from "zod";
import type { PortcullisError } from "../errors.ts";
import type { Failure } from "../services/access/request.ts";
import { errorSentence, failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { context, LIMIT, type Message, mentionUser, plain } from "./blocks.ts";
import { readersMoment } from "./instants.ts";
import { escapeMrkdwn, typed } from "./literal.ts";
import { noticePage } from "./notice-page.ts";
import { line, moment, richText, user, words } from "./rich-text.ts";

/** Slack cuts a message's text at 4,000 characters, and an escaped one is five times as long at worst. */
const FALLBACK_SHOWN = 700;

/** Why nothing happened, for an ephemeral message or a reply in a thread. `reference` is also in the log. */
export const errorNotice = (error: PortcullisError, reference: string | null, texts: Texts): Message => ({
  text: fallback(error, texts),
  blocks: blocks(error, reference, texts),
});

/** The same for a person who stands in a modal. */
export const errorView = (error: PortcullisError, reference: string | null, texts: Texts): ModalView =>
  noticePage(texts.common.errorTitle, blocks(error, reference, texts), texts);

const blocks = (error: PortcullisError, reference: string | null, texts: Texts) => [
  sentence(error, texts),
  ...(reference === null ? [] : [context(plain(texts.common.reference(reference), LIMIT.context))]),
];

/** As `approvals/decide.ts` says it: who settled the approval, and when. */
const AlreadyDecided = z.object({
  status: z.enum(["APPROVED", "REJECTED", "CANCELLED", "EXPIRED", "PASSED"]),
  /** Missing where no person settled it. */
  byUserId: z.string().min(1).optional(),
  atEpochSeconds: z.number().int(),
});

/** As `approvals/nudge.ts` says it. */
const NudgeTooSoon = z.object({ nextAtEpochSeconds: z.number().int() });

/** A sentence in which Slack names people and instants in the reader's own way: words, and what stands between them. */
type Telling = readonly (string | { readonly userId: string } | { readonly at: Date })[];

function telling(code: string, params: unknown, texts: Texts): Telling | null {
  if (code === "nudge_too_soon") {
    const { data } = NudgeTooSoon.safeParse(params);
    if (data === undefined) return null;
    const [before, after] = texts.nudge.tooSoon;
    return [before, { at: new Date(data.nextAtEpochSeconds * 1000) }, after];
  }
  if (code !== "already_decided") return null;
  const { data } = AlreadyDecided.safeParse(params);
  if (data === undefined) return null;
  const at = new Date(data.atEpochSeconds * 1000);
  if (data.byUserId === undefined) {
    const [before, after] = texts.alreadyDecidedByNobody[data.status];
    return [before, { at }, after];
  }
  const [before, between, after] = texts.alreadyDecided[data.status];
  return [before, { userId: data.byUserId }, between, { at }, after];
}

const told = (telling: Telling): RichTextElement[] =>
  telling.map((each) => (typeof each === "string" ? words(each) : "at" in each ? moment(each.at) : user(each.userId)));

function sentence(error: PortcullisError, texts: Texts): RichTextBlock {
  const known = telling(error.code, error.details.params, texts);
  if (known === null) return richText(line(words(typed(errorSentence(error, texts), LIMIT.section))));
  return richText(line(...told(known)));
}

/** The same of a failure as it was stored, without its reference, to stand in a line with other words. */
export function failureWords(failure: Failure, limit: number, texts: Texts): RichTextElement[] {
  const known = telling(failure.code, failure.params, texts);
  return known === null ? [words(typed(failureSentence(failure, texts), limit))] : told(known);
}

function fallback(error: PortcullisError, texts: Texts): string {
  const known = telling(error.code, error.details.params, texts);
  if (known === null) return escapeMrkdwn(typed(errorSentence(error, texts), FALLBACK_SHOWN));
  return known.map((each) => (typeof each === "string" ? each : "at" in each ? readersMoment(each.at) : mentionUser(each.userId))).join("");
}
