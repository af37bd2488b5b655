import type { InputBlock, ModalView, PlainTextInput } from "@slack/types";
import type { CredentialPlace } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { context, LIMIT, option, plain, section } from "../blocks.ts";
import type { CredentialsMemory } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input } from "../input.ts";
import { modal } from "../modal.ts";
import { placeOptions } from "./credential-lines.ts";

/** Ours, as in `offer-handover.ts`. */
const NAME_MAX_LENGTH = 250;
const DESCRIPTION_MAX_LENGTH = 1000;

const shortText = (actionId: string): PlainTextInput => ({ type: "plain_text_input", action_id: actionId, max_length: NAME_MAX_LENGTH });

/** Everything of a new credential but its secret, which has no field in Slack. */
export function addCredentialForm(places: readonly CredentialPlace[], memory: CredentialsMemory, texts: Texts): ModalView {
  const { credentials: say, common } = texts;
  const rest = places.length - LIMIT.options;
  return modal({
    callbackId: CALLBACK.credentialForm,
    title: say.formTitle,
    submit: say.getLink,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(say.formIntro, LIMIT.section)),
      input({ blockId: BLOCK.credentialName, label: say.name, hint: say.nameHint }, shortText(ACTION.credentialName)),
      typeField(texts),
      input(
        { blockId: BLOCK.credentialUser, label: say.userName, hint: say.userNameHint, optional: true },
        shortText(ACTION.credentialUser),
      ),
      input(
        { blockId: BLOCK.credentialDomain, label: say.userDomain, hint: say.userDomainHint, optional: true },
        shortText(ACTION.credentialDomain),
      ),
      input(
        { blockId: BLOCK.credentialDescription, label: say.description, hint: say.descriptionHint, optional: true },
        { ...shortText(ACTION.credentialDescription), multiline: true, max_length: DESCRIPTION_MAX_LENGTH },
      ),
      ...(places.length < 2 ? [] : [placeField(places, texts)]),
      ...(rest > 0 ? [context(plain(say.microtenantsMore(rest), LIMIT.context))] : []),
    ],
  });
}

function typeField({ credentials: say, credentialPage: { types } }: Texts): InputBlock {
  const options = Object.entries(types).map(([type, name]) => option(type, name));
  const [first] = options;
  return input(
    { blockId: BLOCK.credentialType, label: say.type },
    { type: "static_select", action_id: ACTION.credentialType, options, ...(first === undefined ? {} : { initial_option: first }) },
  );
}

function placeField(places: readonly CredentialPlace[], { credentials: say }: Texts): InputBlock {
  const options = placeOptions(places);
  const [first] = options;
  return input(
    { blockId: BLOCK.credentialMicrotenant, label: say.microtenant },
    { type: "static_select", action_id: ACTION.credentialMicrotenant, options, ...(first === undefined ? {} : { initial_option: first }) },
  );
}
