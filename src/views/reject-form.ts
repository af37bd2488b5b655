import type { ModalView } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, plain, section } from "./blocks.ts";
import type { DecisionFormMemory } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { modal } from "./modal.ts";

export interface DecisionFormModel {
  /** `PRA-1042`. */
  readonly label: string;
  readonly memory: DecisionFormMemory;
}

/** Asks why, before a request is rejected. */
export const rejectForm = ({ label, memory }: DecisionFormModel, { reject, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.rejectForm,
    title: reject.title,
    submit: reject.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(reject.intro(label), LIMIT.section)),
      input({ blockId: BLOCK.comment, label: reject.comment, hint: reject.commentHint }, longText(ACTION.comment, "")),
    ],
  });
