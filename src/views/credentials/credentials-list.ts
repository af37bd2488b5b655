import type { KnownBlock, ModalView } from "@slack/types";
import type { CredentialList, CredentialView } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, context, divider, LIMIT, plain } from "../blocks.ts";
import type { CredentialsMemory, CredentialsPlace, CredentialValue } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named } from "../literal.ts";
import { modal } from "../modal.ts";
import { pageButtons } from "../page-buttons.ts";
import { line, richText, strong, words } from "../rich-text.ts";
import { ageSentence, typeName } from "./credential-lines.ts";

/** A modal holds 100 blocks; a credential takes three. */
export const CREDENTIALS_SHOWN = 10;
const WORDS_SHOWN = 100;

/** One page of the credentials, the oldest secret first. A page that is no longer there is the last one. */
export function credentialsList(list: CredentialList, wanted: CredentialsPlace, texts: Texts): ModalView {
  const { credentials: say, common } = texts;
  const { credentials, maxAgeDays } = list;
  const pages = Math.max(1, Math.ceil(credentials.length / CREDENTIALS_SHOWN));
  const place: CredentialsPlace = { ...wanted, page: Math.min(wanted.page, pages - 1) };
  const memory: CredentialsMemory = { place };
  const from = place.page * CREDENTIALS_SHOWN;
  const shown = credentials.slice(from, from + CREDENTIALS_SHOWN);
  return modal({
    callbackId: CALLBACK.credentials,
    title: say.title,
    close: common.close,
    memory,
    blocks: [
      actions(BLOCK.credentialsActions, [
        button({ actionId: ACTION.credentialsNew, text: say.add, label: say.addLabel, value: {}, style: "primary" }),
      ]),
      ...countBlocks(list, { place, from, to: from + shown.length }, texts),
      ...shown.flatMap((credential) => [divider(), ...rowOf(credential, maxAgeDays, texts)]),
      ...pagesOf(place, pages, texts),
    ],
  });
}

function countBlocks(
  { credentials, maxAgeDays, unread }: CredentialList,
  { place, from, to }: { readonly place: CredentialsPlace; readonly from: number; readonly to: number },
  { credentials: say }: Texts,
): KnownBlock[] {
  const sought = place.words.trim();
  const stale = credentials.filter(({ isStale }) => isStale).length;
  const none = sought === "" ? say.none : say.noneFound;
  const count =
    credentials.length === 0 ? none : `${say.found(credentials.length, from + 1, to)}${say.oldestFirst} ${say.stale(stale, maxAgeDays)}`;
  return [
    context(plain(count, LIMIT.context)),
    context(plain(sought === "" ? say.search : say.sought(named(sought, WORDS_SHOWN)), LIMIT.context)),
    ...(unread.length === 0
      ? []
      : [context(plain(say.unread(unread.map(({ microtenantName }) => named(microtenantName, 60)).join(", ")), LIMIT.context))]),
  ];
}

function rowOf(credential: CredentialView, maxAgeDays: number, texts: Texts): KnownBlock[] {
  const { credentials: say } = texts;
  const { id: credentialId, name, type, userName, microtenantId, microtenantName } = credential;
  const value: CredentialValue = { credentialId, microtenantId };
  const about = [typeName(type, texts), userName, microtenantName].filter((part) => part !== null && part !== "");
  const age = ageSentence(credential, maxAgeDays, texts);
  return [
    richText(
      line(strong(named(name, 100)), words(` · ${named(about.join(" · "), 200)}`)),
      line(credential.isStale ? strong(age) : words(age)),
    ),
    actions(`${BLOCK.credential}_${credentialId}`, [
      button({ actionId: ACTION.credentialOpen, text: say.details, label: say.detailsLabel(named(name, 30)), value }),
    ]),
  ];
}

function pagesOf({ page }: CredentialsPlace, pages: number, { credentials: words }: Texts): KnownBlock[] {
  const buttons = pageButtons({ actionId: ACTION.credentialsMove, page, pages, words });
  return buttons.length === 0 ? [] : [divider(), actions(BLOCK.credentialsPages, buttons)];
}
