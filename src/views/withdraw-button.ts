import type { Button } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { button } from "./blocks.ts";
import type { RequestValue } from "./button-value.ts";
import { ACTION } from "./ids.ts";

/** Takes a pending request back, after a question. */
export function withdrawButton(requestId: string, label: string, { card, common }: Texts): Button {
  const value: RequestValue = { requestId };
  const confirm = { title: card.withdrawTitle, text: card.withdrawText(label), yes: card.withdraw, no: common.cancel };
  return button({ actionId: ACTION.withdraw, text: card.withdraw, label: card.withdrawLabel(label), value, confirm });
}
