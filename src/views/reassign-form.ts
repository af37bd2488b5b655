import type { InputBlock, ModalView } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain, section } from "./blocks.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { modal } from "./modal.ts";
import type { DecisionFormModel } from "./reject-form.ts";

export interface ReassignFormModel extends DecisionFormModel {
  /** The user groups that may hold a seat, as configured. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

/** Asks to whom a seat goes, and why. Person and group are both optional fields; that exactly one is chosen is checked when it is sent. */
export const reassignForm = ({ label, memory, groups }: ReassignFormModel, texts: Texts): ModalView => {
  const { reassign, common } = texts;
  return modal({
    callbackId: CALLBACK.reassignForm,
    title: reassign.title,
    submit: reassign.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(reassign.intro(label), LIMIT.section)),
      ...assigneeFields(groups, texts),
      input({ blockId: BLOCK.comment, label: reassign.comment, hint: reassign.commentHint }, longText(ACTION.comment, "")),
    ],
  });
};

/** To whom: a person, or one of the groups where there are any. */
export const assigneeFields = (groups: ReassignFormModel["groups"], { reassign }: Texts): InputBlock[] => [
  input(
    { blockId: BLOCK.assignee, label: reassign.assignee, ...(groups.length === 0 ? {} : { optional: true }) },
    { type: "users_select", action_id: ACTION.assignee },
  ),
  ...(groups.length === 0
    ? []
    : [
        input(
          { blockId: BLOCK.assigneeGroup, label: reassign.group, optional: true },
          {
            type: "static_select",
            action_id: ACTION.assigneeGroup,
            placeholder: plain(reassign.groupPlaceholder, LIMIT.placeholder),
            options: groups.slice(0, LIMIT.options).map(({ id, name }) => option(id, name)),
          },
        ),
      ]),
];
