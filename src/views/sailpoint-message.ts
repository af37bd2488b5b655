import type { SailPointMessage } from "../services/sailpoint-inbox/messages.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, header, LIMIT, type Message, plain, section } from "./blocks.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { clamp, escapeMrkdwn, named } from "./literal.ts";
import { foldedBullets } from "./name-list.ts";
import { line, richText, strong, words } from "./rich-text.ts";
import { FALLBACK_SHOWN, sailpointCard } from "./sailpoint-card.ts";

const LISTED = 25;

/** A direct message about approvals of SailPoint's: a card, one for many, or what administrators are told. */
export function sailpointMessage(message: SailPointMessage, texts: Texts): Message {
  switch (message.kind) {
    case "card":
      return sailpointCard(message.card, texts);
    case "digest":
      return digest(message, texts);
    case "unmapped":
      return unmapped(message, texts);
  }
}

function digest({ count, isFirst, names }: Extract<SailPointMessage, { kind: "digest" }>, texts: Texts): Message {
  const { sailpoint: say, common } = texts;
  const title = say.digestTitle(count);
  const rest = count - names.length;
  const bullets = [...names.map((name) => [words(named(name, 100))]), ...(rest > 0 ? [[words(common.andMore(rest))]] : [])];
  return {
    text: escapeMrkdwn(`SailPoint: ${title}`),
    blocks: [
      header(`SailPoint: ${title}`),
      section(plain(isFirst ? say.digestFirst : say.digestMany, LIMIT.section)),
      richText(foldedBullets(bullets, bullets.length, texts)),
      actions(BLOCK.sailpointActions, [listButton(say.showList, texts)]),
    ],
  };
}

/** Opens the list of what waits for whoever presses it. */
export const listButton = (text: string, { sailpoint: say }: Texts) =>
  button({ actionId: ACTION.sailpointList, text, label: say.showListLabel });

function unmapped({ identities }: Extract<SailPointMessage, { kind: "unmapped" }>, texts: Texts): Message {
  const { sailpoint: say } = texts;
  return {
    text: clamp(
      escapeMrkdwn(`${say.unmappedTitle}: ${identities.map(({ name, email, id }) => named(name ?? email ?? id, 80)).join(", ")}`),
      FALLBACK_SHOWN,
    ),
    blocks: [
      header(say.unmappedTitle),
      richText(
        line(words(say.unmapped)),
        foldedBullets(
          identities.map(({ id, name, email, problem }) => [
            strong(named(name ?? id, 80)),
            words(` (${named(email ?? id, 100)}): ${say.problems[problem]}`),
          ]),
          LISTED,
          texts,
        ),
      ),
    ],
  };
}
