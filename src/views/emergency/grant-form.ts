import type { ModalView } from "@slack/types";
import type { CatalogConsole } from "../../services/catalog/catalog.ts";
import type { Texts } from "../../texts/texts.ts";
import { LIMIT, plain, section } from "../blocks.ts";
import { durationText } from "../durations.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input, longText } from "../input.ts";
import { modal } from "../modal.ts";
import { withoutEffectBlocks } from "../without-effect.ts";
import { consolesInput, durationInput, problemBlocks } from "./emergency-inputs.ts";

export interface GrantFormModel {
  readonly beneficiaryUserId: string | null;
  readonly consoles: readonly CatalogConsole[];
  /** Those of the consoles that an approval would not open. */
  readonly withoutEffect: readonly CatalogConsole[];
  /** Null until one is chosen: it has to be. */
  readonly seconds: number | null;
  readonly mostSeconds: number;
  readonly reason: string;
  readonly problems: readonly string[];
}

/** The form with which whoever is on call gives somebody else access. */
export const grantForm = (model: GrantFormModel, texts: Texts): ModalView => {
  const { grant } = texts.emergency;
  return modal({
    callbackId: CALLBACK.grantForm,
    title: grant.title,
    submit: grant.submit,
    close: texts.common.cancel,
    blocks: [
      ...problemBlocks(model.problems, texts),
      section(plain(grant.intro(durationText(model.mostSeconds, texts)), LIMIT.section)),
      input(
        { blockId: BLOCK.beneficiary, label: grant.beneficiary },
        {
          type: "users_select",
          action_id: ACTION.beneficiary,
          ...(model.beneficiaryUserId === null ? {} : { initial_user: model.beneficiaryUserId }),
        },
      ),
      consolesInput(model.consoles, texts, ACTION.grantConsoles),
      ...withoutEffectBlocks(model.withoutEffect, "would", texts).map((block) => ({ ...block, block_id: BLOCK.withoutEffect })),
      durationInput(grant.duration, model.seconds, model.mostSeconds, texts),
      input({ blockId: BLOCK.reason, label: grant.reason }, longText(ACTION.reason, model.reason, grant.reasonPlaceholder)),
    ],
  });
};
