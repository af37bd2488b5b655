import type { ModalView } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, plain, section } from "./blocks.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { modal } from "./modal.ts";
import type { DecisionFormModel } from "./reject-form.ts";

/** Asks for the comment that the rules want with a yes. */
export const approveForm = ({ label, memory }: DecisionFormModel, { approve, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.approveForm,
    title: approve.title,
    submit: approve.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(approve.intro(label), LIMIT.section)),
      input({ blockId: BLOCK.comment, label: approve.comment, hint: approve.commentHint }, longText(ACTION.comment, "")),
    ],
  });
