import { type AccessRequest, requestLabel } from "../services/access/request.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, type Message, plain, section } from "./blocks.ts";
import { escapeMrkdwn } from "./literal.ts";

/** What somebody reads who ended, changed or renewed access, where they did it. */
const accessAnswer = (sentence: string): Message => ({
  text: escapeMrkdwn(sentence),
  blocks: [section(plain(sentence, LIMIT.section))],
});

export const doneAnswer = (request: AccessRequest, { life: { answers } }: Texts): Message =>
  accessAnswer(request.status === "ENDED" ? answers.ended(requestLabel(request)) : answers.done(requestLabel(request)));

export const revokedAnswer = (request: AccessRequest, { life: { answers } }: Texts): Message =>
  accessAnswer(request.status === "ENDED" ? answers.ended(requestLabel(request)) : answers.revoked(requestLabel(request)));

export const changedAnswer = (request: AccessRequest, { life: { answers } }: Texts): Message =>
  accessAnswer(answers.changed(requestLabel(request)));

/** Which request goes on with the access, and where that stands. */
export const renewedAnswer = (renewed: string, renewals: readonly AccessRequest[], { life: { answers }, status }: Texts): Message =>
  accessAnswer(
    answers.renewed(renewed, renewals.map(requestLabel).join(", "), [...new Set(renewals.map((each) => status[each.status]))].join(", ")),
  );
