import type { CredentialList } from "../services/credentials/credentials-service.ts";
import type { Handover, HandoverOutcome } from "../services/credentials/handover.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { header, LIMIT, type Message, plain, section } from "./blocks.ts";
import { escapeMrkdwn, named } from "./literal.ts";
import { bullets, line, quote, richText, strong, words } from "./rich-text.ts";

const STALE_SHOWN = 25;
const NAME_LENGTH = 100;

/** What became of a secret that a person handed over: the credential by its name, and nothing of the secret. */
export function outcomeMessage(
  { fields, kind, outcome, failure }: Handover & { readonly outcome: HandoverOutcome },
  texts: Texts,
): Message {
  const name = named(fields.name, NAME_LENGTH);
  const sentence = texts.credentialMessages.outcomes[outcome][kind];
  return {
    text: escapeMrkdwn(`${name}: ${sentence}`),
    blocks: [
      richText(
        line(strong(name), words(`: ${sentence}`)),
        ...(failure === null
          ? []
          : [quote(`${failureSentence(failure, texts)}\n${texts.common.reference(failure.reference)}`, LIMIT.section)]),
      ),
    ],
  };
}

/** Which secrets are old, the oldest first, and where nobody could look. */
export function staleMessage({ credentials, maxAgeDays, unread }: CredentialList, texts: Texts): Message {
  const { credentialMessages: say, common } = texts;
  const shown = credentials.slice(0, STALE_SHOWN);
  const rest = credentials.length - shown.length;
  const intro = credentials.length === 0 ? say.noneStale(maxAgeDays) : say.staleIntro(credentials.length, maxAgeDays);
  return {
    text: escapeMrkdwn(`${say.staleTitle}: ${intro}`),
    blocks: [
      header(say.staleTitle),
      section(plain(intro, LIMIT.section)),
      ...(shown.length === 0
        ? []
        : [
            richText(
              bullets([
                ...shown.map(({ name, microtenantName, ageDays }) => [
                  strong(named(name, NAME_LENGTH)),
                  words(` (${named(microtenantName, NAME_LENGTH)}): ${ageDays === null ? say.ageUnknown : say.age(ageDays)}`),
                ]),
                ...(rest > 0 ? [[words(common.andMore(rest))]] : []),
              ]),
            ),
          ]),
      ...(unread.length === 0
        ? []
        : [section(plain(say.unread(unread.map(({ microtenantName }) => microtenantName).join(", ")), LIMIT.section))]),
    ],
  };
}
