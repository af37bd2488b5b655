import type { ModalView } from "@slack/types";
import type { CredentialPlace, CredentialUse, CredentialView } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, LIMIT, type Message, plain, section } from "../blocks.ts";
import type { CredentialMemory, CredentialMoveValue, CredentialUsesMemory } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { escapeMrkdwn, named } from "../literal.ts";
import { modal } from "../modal.ts";
import { USES_SHOWN, usesBlocks } from "./credential-lines.ts";

interface Move {
  readonly credential: CredentialView;
  readonly uses: readonly CredentialUse[];
  readonly to: CredentialPlace;
}

/** What moving a credential means, before the click that does it. With rules that were not shown it is not moved. */
export function moveForm({ credential, uses, to }: Move, memory: CredentialMemory, texts: Texts): ModalView {
  const { credentials: say, common } = texts;
  const value: CredentialMoveValue = { ...memory.credential, to: to.id };
  const shown: CredentialUsesMemory = { ...memory, shownUses: uses.slice(0, USES_SHOWN).map(({ ruleId }) => ruleId) };
  const target = named(to.name, 80);
  return modal({
    callbackId: CALLBACK.credentialMove,
    title: say.moveTitle,
    close: common.cancel,
    memory: shown,
    blocks: [
      section(plain(say.moveIntro(named(credential.name, 150), named(credential.microtenantName, 80), target), LIMIT.section)),
      ...usesBlocks(uses, say.moveUses, texts),
      uses.length > USES_SHOWN
        ? section(plain(say.usesTooMany(USES_SHOWN), LIMIT.section))
        : actions(BLOCK.credential, [
            button({
              actionId: ACTION.credentialMove,
              text: say.moveYes,
              label: say.moveYesLabel(named(credential.name, 25), named(to.name, 25)),
              value,
              style: "primary",
            }),
          ]),
    ],
  });
}

/** Where it is now, as ZPA says. */
export function movedCredential({ name, microtenantName }: CredentialView, { credentials: say }: Texts): Message {
  const sentence = say.moved(named(name, 150), named(microtenantName, 80));
  return { text: escapeMrkdwn(sentence), blocks: [section(plain(sentence, LIMIT.section))] };
}

/** The same as a page. */
export const movedPage = (moved: CredentialView, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.notice,
    title: texts.credentials.detailsTitle,
    close: texts.common.close,
    blocks: movedCredential(moved, texts).blocks,
  });
