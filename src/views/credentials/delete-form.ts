import type { ModalView } from "@slack/types";
import type { CredentialUse, CredentialView } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, LIMIT, type Message, plain, section } from "../blocks.ts";
import type { CredentialMemory, CredentialUsesMemory } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { escapeMrkdwn, named } from "../literal.ts";
import { modal } from "../modal.ts";
import { USES_SHOWN, usesBlocks } from "./credential-lines.ts";

interface Removal {
  readonly credential: CredentialView;
  readonly uses: readonly CredentialUse[];
}

/** Which rules lose a credential, before the click that deletes it. What was not shown is not deleted by it. */
export function deleteForm({ credential, uses }: Removal, memory: CredentialMemory, texts: Texts): ModalView {
  const { credentials: say, common } = texts;
  const shown: CredentialUsesMemory = { ...memory, shownUses: uses.slice(0, USES_SHOWN).map(({ ruleId }) => ruleId) };
  const name = named(credential.name, 150);
  return modal({
    callbackId: CALLBACK.credentialDelete,
    title: say.deleteTitle,
    close: common.cancel,
    memory: shown,
    blocks: [
      section(plain(say.deleteIntro(name, named(credential.microtenantName, 80)), LIMIT.section)),
      ...usesBlocks(uses, say.deleteUses, texts),
      uses.length > USES_SHOWN
        ? section(plain(say.usesTooMany(USES_SHOWN), LIMIT.section))
        : actions(BLOCK.credential, [
            button({
              actionId: ACTION.credentialDeleteNow,
              text: say.deleteYes,
              label: say.deleteYesLabel(named(credential.name, 30)),
              value: memory.credential,
              style: "danger",
              confirm: {
                title: say.deleteAsk,
                text: say.deleteIntro(named(credential.name, 40), named(credential.microtenantName, 40)),
                yes: say.deleteYes,
                no: say.keep,
              },
            }),
          ]),
    ],
  });
}

/** That it is gone, as ZPA says. */
export function deletedCredential({ name }: CredentialView, { credentials: say }: Texts): Message {
  const sentence = say.deleted(named(name, 150));
  return { text: escapeMrkdwn(sentence), blocks: [section(plain(sentence, LIMIT.section))] };
}

/** The same as a page. */
export const deletedPage = (deleted: CredentialView, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.notice,
    title: texts.credentials.deleteTitle,
    close: texts.common.close,
    blocks: deletedCredential(deleted, texts).blocks,
  });
