import type { ModalView } from "@slack/types";
import type { CredentialPlace, CredentialUse, CredentialView } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { button, type Message, sentences } from "../blocks.ts";
import type { CredentialMemory, CredentialMoveValue } from "../button-value.ts";
import { ACTION, CALLBACK } from "../ids.ts";
import { named } from "../literal.ts";
import { noticePage } from "../notice-page.ts";
import { usesForm } from "./uses-form.ts";

interface Move {
  readonly credential: CredentialView;
  readonly uses: readonly CredentialUse[];
  readonly to: CredentialPlace;
}

/** What moving a credential means, before the click that does it. */
export function moveForm({ credential, uses, to }: Move, memory: CredentialMemory, texts: Texts): ModalView {
  const { credentials: say } = texts;
  const { name, microtenantName } = credential;
  const value: CredentialMoveValue = { ...memory.credential, to: to.id };
  const label = say.moveYesLabel(named(name, 25), named(to.name, 25));
  const yes = button({ actionId: ACTION.credentialMove, text: say.moveYes, label, value, style: "primary" });
  const intro = say.moveIntro(named(name, 150), named(microtenantName, 80), named(to.name, 80));
  const { credentialMove: callbackId } = CALLBACK;
  return usesForm({ callbackId, title: say.moveTitle, intro, uses, meaning: say.moveUses, memory, yes }, texts);
}

/** Where it is now, as ZPA says. */
export const movedCredential = ({ name, microtenantName }: CredentialView, { credentials: say }: Texts): Message =>
  sentences(say.moved(named(name, 150), named(microtenantName, 80)));

/** The same as a page. */
export const movedPage = (moved: CredentialView, texts: Texts): ModalView =>
  noticePage(texts.credentials.detailsTitle, movedCredential(moved, texts).blocks, texts);
