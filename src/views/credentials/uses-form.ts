import type { Button, ModalView } from "@slack/types";
import type { CredentialUse } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, LIMIT, plain, section } from "../blocks.ts";
import type { CredentialMemory, CredentialUsesMemory } from "../button-value.ts";
import { BLOCK } from "../ids.ts";
import { modal } from "../modal.ts";
import { USES_SHOWN, usesBlocks } from "./credential-lines.ts";

interface UsesForm {
  readonly callbackId: string;
  readonly title: string;
  readonly intro: string;
  readonly uses: readonly CredentialUse[];
  /** What the rules that use the credential lose. */
  readonly meaning: string;
  readonly memory: CredentialMemory;
  /** Does it; not there when more rules use the credential than can be shown. */
  readonly yes: Button;
}

/** What is about to be done to a credential, and the rules that lose it. What was not shown is not done by it. */
export function usesForm({ callbackId, title, intro, uses, meaning, memory, yes }: UsesForm, texts: Texts): ModalView {
  const shown: CredentialUsesMemory = { ...memory, shownUses: uses.slice(0, USES_SHOWN).map(({ ruleId }) => ruleId) };
  return modal({
    callbackId,
    title,
    close: texts.common.cancel,
    memory: shown,
    blocks: [
      section(plain(intro, LIMIT.section)),
      ...usesBlocks(uses, meaning, texts),
      uses.length > USES_SHOWN
        ? section(plain(texts.credentials.usesTooMany(USES_SHOWN), LIMIT.section))
        : actions(BLOCK.credential, [yes]),
    ],
  });
}
