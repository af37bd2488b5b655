import type { ModalView } from "@slack/types";
import type { FindingView } from "../services/access/reconcile/finding.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, plain, section } from "./blocks.ts";
import type { FindingFormMemory } from "./button-value.ts";
import { aboutOf } from "./finding-card.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { modal } from "./modal.ts";

/** Asks why something is adopted or revoked, and who answers for a foreign one. */
export function findingForm(finding: FindingView, memory: FindingFormMemory, texts: Texts): ModalView {
  const { findings: say, common } = texts;
  const isForeign = finding.kind === "FOREIGN";
  const isAdopted = memory.verdict === "adopt";
  const intro = isAdopted ? (isForeign ? say.adoptForeign : say.adoptChanged) : isForeign ? say.revokeForeign : say.revokeOurs;
  return modal({
    callbackId: CALLBACK.findingForm,
    title: isAdopted ? say.adoptTitle : say.revokeForm,
    submit: isAdopted ? say.adoptTitle : say.revokeSubmit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(`${finding.label === null ? "" : `${finding.label}, `}${aboutOf(finding, texts)}`, LIMIT.section)),
      section(plain(intro, LIMIT.section)),
      ...(isForeign && isAdopted
        ? [input({ blockId: BLOCK.owner, label: say.owner }, { type: "users_select", action_id: ACTION.owner })]
        : []),
      input({ blockId: BLOCK.comment, label: say.reason, hint: say.reasonHint }, longText(ACTION.comment, "")),
    ],
  });
}
