import type { ModalView } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, plain, section } from "./blocks.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, remarkText } from "./input.ts";
import { modal } from "./modal.ts";
import type { DecisionFormModel } from "./reject-form.ts";

/** One question to whoever asked for the access. */
export const askForm = ({ label, memory }: DecisionFormModel, { ask, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.askForm,
    title: ask.title,
    submit: ask.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(ask.intro(label), LIMIT.section)),
      input({ blockId: BLOCK.comment, label: ask.question, hint: ask.questionHint }, remarkText(ACTION.comment)),
    ],
  });
