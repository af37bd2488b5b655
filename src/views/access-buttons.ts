import type { Button } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { button } from "./blocks.ts";
import type { RequestValue } from "./button-value.ts";
import { ACTION } from "./ids.ts";

/** Gives one's own access up, after a question that says what happens. */
export function doneButton(requestId: string, label: string, { life, common }: Texts): Button {
  const value: RequestValue = { requestId };
  const confirm = { title: life.doneTitle, text: life.doneText(label), yes: life.doneConfirm, no: common.cancel };
  return button({ actionId: ACTION.done, text: life.done, label: life.doneLabel(label), value, confirm });
}

export const changeButton = (requestId: string, label: string, { life }: Texts): Button =>
  button({ actionId: ACTION.changeAccess, text: life.change, label: life.changeLabel(label), value: { requestId } satisfies RequestValue });

export const renewButton = (requestId: string, label: string, { life }: Texts): Button =>
  button({
    actionId: ACTION.renew,
    text: life.renew,
    label: life.renewLabel(label),
    value: { requestId } satisfies RequestValue,
    style: "primary",
  });

export const revokeButton = (requestId: string, label: string, { life }: Texts): Button =>
  button({
    actionId: ACTION.revokeAccess,
    text: life.revoke,
    label: life.revokeLabel(label),
    value: { requestId } satisfies RequestValue,
    style: "danger",
  });
