import type { GovernedRefusal } from "../services/governed/governed.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { context, LIMIT, type Message, plain } from "./blocks.ts";
import { approvalName } from "./governed-card.ts";
import { escapeMrkdwn, named, typed } from "./literal.ts";
import { line, quote, richText, strong, user, words } from "./rich-text.ts";

const REASON_SHOWN = 1500;

/** Why no access came of an approval in SailPoint, for the administrators and whom it was for. */
export function governedRefusalMessage({ sailpointId, name, requesteeUserId, refusal }: GovernedRefusal, texts: Texts): Message {
  const { refused } = texts.governed;
  const called = approvalName({ approvalName: name }, texts);
  const why = failureSentence(refusal, texts);
  return {
    text: escapeMrkdwn(refused.text(called, typed(why, REASON_SHOWN))),
    blocks: [
      richText(
        line(strong(refused.lead(called))),
        ...(requesteeUserId === null ? [] : [line(words(refused.whom), user(requesteeUserId))]),
        quote(why, REASON_SHOWN),
        line(words(refused.once)),
      ),
      context(plain(refused.source(named(sailpointId, 80), texts.common.reference(refusal.reference)), LIMIT.context)),
    ],
  };
}
