import type { InputBlock, ModalView } from "@slack/types";
import type { Holder } from "../services/approvals/approval.ts";
import { holderKey } from "../services/approvals/seats.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain, section } from "./blocks.ts";
import { SEAT_MORE } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { named } from "./literal.ts";
import { modal } from "./modal.ts";
import type { DecisionFormModel } from "./reject-form.ts";

export interface ReassignFormModel extends DecisionFormModel {
  /** The user groups that may take a seat. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** For an administrator: whose seat it can be, their own, and whether one can be added. Null for others. */
  readonly from: {
    readonly holders: readonly { readonly holder: Holder; readonly name: string }[];
    readonly own: Holder | null;
    readonly canAdd: boolean;
  } | null;
}

/** Asks to whom a seat goes, and why. Person and group are both optional fields; that exactly one is chosen is checked when it is sent. */
export const reassignForm = ({ label, memory, groups, from }: ReassignFormModel, texts: Texts): ModalView => {
  const { reassign, common } = texts;
  return modal({
    callbackId: CALLBACK.reassignForm,
    title: reassign.title,
    submit: reassign.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(`${from === null ? reassign.intro(label) : reassign.introAdmin(label)} ${chooseHolder(groups, texts)}`, LIMIT.section)),
      ...(from === null ? [] : fromInput(from, texts)),
      ...assigneeFields(groups, texts),
      input({ blockId: BLOCK.comment, label: reassign.comment, hint: reassign.commentHint }, longText(ACTION.comment, "")),
    ],
  });
};

function fromInput({ holders, own, canAdd }: NonNullable<ReassignFormModel["from"]>, { reassign }: Texts): InputBlock[] {
  const seats = holders
    .slice(0, LIMIT.options - 1)
    .map(({ holder, name }) => ({ key: holderKey(holder), shown: option(holderKey(holder), named(name, LIMIT.option)) }));
  const options = [...seats.map(({ shown }) => shown), ...(canAdd ? [option(SEAT_MORE, reassign.addSeat)] : [])];
  const first = seats.find(({ key }) => own !== null && key === holderKey(own))?.shown ?? options[0];
  if (first === undefined) return [];
  return [
    input(
      { blockId: BLOCK.assigneeFrom, label: reassign.from },
      { type: "static_select", action_id: ACTION.assigneeFrom, options, initial_option: first },
    ),
  ];
}

/** What there is to choose from. */
export const chooseHolder = (groups: ReassignFormModel["groups"], { reassign }: Texts): string =>
  groups.length === 0 ? reassign.choosePerson : reassign.choosePersonOrGroup;

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
