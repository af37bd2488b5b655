import type { InputBlock, PlainTextInput } from "@slack/types";
import { REASON_MAX_LENGTH } from "../services/policy/ask.ts";
import { REMARK_MAX_LENGTH } from "../services/policy/remark.ts";
import { LIMIT, plain } from "./blocks.ts";
import { clamp } from "./literal.ts";

interface InputOptions {
  readonly blockId: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: true;
  /** Tells the app at once when it changes, not only when the form is sent. */
  readonly dispatch?: true;
}

/** A labelled field of a form. */
export const input = ({ blockId, label, hint, optional, dispatch }: InputOptions, element: InputBlock["element"]): InputBlock => ({
  type: "input",
  block_id: blockId,
  label: plain(label, LIMIT.label),
  element,
  ...(hint === undefined ? {} : { hint: plain(hint, LIMIT.label) }),
  ...(optional === undefined ? {} : { optional }),
  ...(dispatch === undefined ? {} : { dispatch_action: true }),
});

/** Several lines of free text. */
export const longText = (actionId: string, initial: string, placeholder?: string): PlainTextInput => ({
  type: "plain_text_input",
  action_id: actionId,
  multiline: true,
  max_length: REASON_MAX_LENGTH,
  ...(initial === "" ? {} : { initial_value: clamp(initial, REASON_MAX_LENGTH) }),
  ...(placeholder === undefined ? {} : { placeholder: plain(placeholder, LIMIT.placeholder) }),
});

/** Several lines that are recorded as a comment. */
export const remarkText = (actionId: string): PlainTextInput => ({
  type: "plain_text_input",
  action_id: actionId,
  multiline: true,
  max_length: REMARK_MAX_LENGTH,
});
