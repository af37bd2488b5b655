import type { ActionsBlockElement, KnownBlock, ModalView, RichTextElement } from "@slack/types";
import type { CredentialDetails } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, context, LIMIT, plain, section } from "../blocks.ts";
import type { CredentialMemory, CredentialsPlace } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named, typed } from "../literal.ts";
import { modal } from "../modal.ts";
import { bullets, code, line, moment, richText, strong, words } from "../rich-text.ts";
import { ageSentence, placeOptions, typeName } from "./credential-lines.ts";

/** All that ZPA tells of a credential, which is never its secret; and what can be done with it. @param place of the list behind it */
export function credentialDetails(details: CredentialDetails, place: CredentialsPlace, texts: Texts): ModalView {
  const { credentials: say, common } = texts;
  const { credential, maxAgeDays, canRotate, elsewhere } = details;
  const memory: CredentialMemory = { place, credential: { credentialId: credential.id, microtenantId: credential.microtenantId } };
  const rest = elsewhere.length - LIMIT.options;
  return modal({
    callbackId: CALLBACK.credential,
    title: say.detailsTitle,
    close: common.close,
    memory,
    blocks: [
      richText(line(strong(named(credential.name, 150))), bullets(factsOf(details, texts))),
      section(plain(ageSentence(credential, maxAgeDays, texts), LIMIT.section)),
      ...descriptionOf(credential.description),
      actions(BLOCK.credential, buttonsOf(details, texts)),
      ...(canRotate ? [] : [context(plain(say.cannotRotate, LIMIT.context))]),
      ...(rest > 0 ? [context(plain(say.moveMore(rest), LIMIT.context))] : []),
    ],
  });
}

const descriptionOf = (description: string | null): KnownBlock[] =>
  description === null || description.trim() === "" ? [] : [context(plain(typed(description, 1000), LIMIT.context))];

function buttonsOf({ credential, canRotate, elsewhere }: CredentialDetails, { credentials: say }: Texts): ActionsBlockElement[] {
  const value = { credentialId: credential.id, microtenantId: credential.microtenantId };
  const short = named(credential.name, 30);
  return [
    ...(canRotate
      ? [button({ actionId: ACTION.credentialRotate, text: say.rotate, label: say.rotateLabel(short), value, style: "primary" })]
      : []),
    ...(elsewhere.length === 0
      ? []
      : [
          {
            type: "static_select" as const,
            action_id: ACTION.credentialTo,
            placeholder: plain(say.moveTo, LIMIT.placeholder),
            options: placeOptions(elsewhere),
          },
        ]),
    button({ actionId: ACTION.credentialDelete, text: say.remove, label: say.removeLabel(short), value, style: "danger" }),
  ];
}

function factsOf({ credential }: CredentialDetails, texts: Texts): RichTextElement[][] {
  const { facts } = texts.credentials;
  const { id, type, userName, userDomain, microtenantName, lastResetAt, createdAt } = credential;
  const fact = (term: string, value: RichTextElement | null): RichTextElement[][] => (value === null ? [] : [[strong(`${term}: `), value]]);
  const text = (value: string | null) => (value === null || value.trim() === "" ? null : words(named(value, 150)));
  return [
    ...fact(facts.type, words(typeName(type, texts))),
    ...fact(facts.userName, text(userName)),
    ...fact(facts.userDomain, text(userDomain)),
    ...fact(facts.microtenant, text(microtenantName)),
    ...fact(facts.reset, lastResetAt === null ? null : moment(lastResetAt)),
    ...fact(facts.made, createdAt === null ? null : moment(createdAt)),
    ...fact(facts.id, code(named(id, 60))),
  ];
}
