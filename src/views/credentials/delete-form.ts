import type { ModalView } from "@slack/types";
import type { CredentialUse, CredentialView } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { button, type Message, sentences } from "../blocks.ts";
import type { CredentialMemory } from "../button-value.ts";
import { ACTION, CALLBACK } from "../ids.ts";
import { named } from "../literal.ts";
import { noticePage } from "../notice-page.ts";
import { usesForm } from "./uses-form.ts";

interface Removal {
  readonly credential: CredentialView;
  readonly uses: readonly CredentialUse[];
}

/** Which rules lose a credential, before the click that deletes it. */
export function deleteForm({ credential, uses }: Removal, memory: CredentialMemory, texts: Texts): ModalView {
  const { credentials: say } = texts;
  const { name, microtenantName } = credential;
  const yes = button({
    actionId: ACTION.credentialDeleteNow,
    text: say.deleteYes,
    label: say.deleteYesLabel(named(name, 30)),
    value: memory.credential,
    style: "danger",
    confirm: {
      title: say.deleteAsk,
      text: say.deleteIntro(named(name, 40), named(microtenantName, 40)),
      yes: say.deleteYes,
      no: say.keep,
    },
  });
  const intro = say.deleteIntro(named(name, 150), named(microtenantName, 80));
  const { credentialDelete: callbackId } = CALLBACK;
  return usesForm({ callbackId, title: say.deleteTitle, intro, uses, meaning: say.deleteUses, memory, yes }, texts);
}

/** That it is gone, as ZPA says. */
export const deletedCredential = ({ name }: CredentialView, { credentials: say }: Texts): Message =>
  sentences(say.deleted(named(name, 150)));

/** The same as a page. */
export const deletedPage = (deleted: CredentialView, texts: Texts): ModalView =>
  noticePage(texts.credentials.deleteTitle, deletedCredential(deleted, texts).blocks, texts);
