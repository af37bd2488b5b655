import type { KnownBlock, ModalView } from "@slack/types";
import type { Approval } from "../services/approvals/approval.ts";
import { ATTRIBUTE_MAX_LENGTH } from "../services/policy/remark.ts";
import type { Texts } from "../texts/texts.ts";
import { context, divider, LIMIT, option, plain } from "./blocks.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, remarkText } from "./input.ts";
import { named } from "./literal.ts";
import { modal } from "./modal.ts";
import { foldedBullets } from "./name-list.ts";
import type { DecisionFormModel } from "./reject-form.ts";
import { line, moment, quote, richText, strong, user, words } from "./rich-text.ts";

export interface DetailsFormModel extends DecisionFormModel {
  readonly approval: Pick<Approval, "comments" | "additionalAttributes">;
}

/** The newest, whole; a view holds a hundred blocks. */
const COMMENTS_SHOWN = 20;
const COMMENT_SHOWN = 2000;
const ATTRIBUTES_SHOWN = 30;

/** Everything that was said and noted down on an approval, and a form to add to it or to take attributes away. */
export function detailsForm({ label, memory, approval }: DetailsFormModel, texts: Texts): ModalView {
  const { details, common } = texts;
  const names = Object.keys(approval.additionalAttributes);
  const removable = names.filter((name) => name.trim() !== "" && name.length <= LIMIT.option).slice(0, LIMIT.options);
  return modal({
    callbackId: CALLBACK.detailsForm,
    title: details.title(label),
    submit: details.submit,
    close: common.close,
    memory,
    blocks: [
      ...commentBlocks(approval, texts),
      ...attributeBlocks(approval, texts),
      divider(),
      input({ blockId: BLOCK.comment, label: details.comment, hint: details.commentHint, optional: true }, remarkText(ACTION.comment)),
      input(
        { blockId: BLOCK.attributeName, label: details.attributeName, hint: details.attributeNameHint, optional: true },
        { type: "plain_text_input", action_id: ACTION.attributeName, max_length: ATTRIBUTE_MAX_LENGTH.name },
      ),
      input(
        { blockId: BLOCK.attributeValue, label: details.attributeValue, optional: true },
        { type: "plain_text_input", action_id: ACTION.attributeValue, max_length: ATTRIBUTE_MAX_LENGTH.value },
      ),
      ...(removable.length === 0
        ? []
        : [
            input(
              { blockId: BLOCK.attributesRemoved, label: details.attributesRemoved, optional: true },
              {
                type: "multi_static_select",
                action_id: ACTION.attributesRemoved,
                placeholder: plain(details.attributesRemovedPlaceholder, LIMIT.placeholder),
                options: removable.map((name) => option(name, name)),
              },
            ),
          ]),
    ],
  });
}

function commentBlocks({ comments }: DetailsFormModel["approval"], { details }: Texts): KnownBlock[] {
  const shown = comments.slice(-COMMENTS_SHOWN);
  const earlier = comments.length - shown.length;
  return [
    richText(line(strong(details.comments(comments.length)))),
    ...(comments.length === 0 ? [context(plain(details.noComments, LIMIT.context))] : []),
    ...(earlier > 0 ? [context(plain(details.earlier(earlier), LIMIT.context))] : []),
    ...shown.map(({ by, at, text }) => richText(line(user(by.userId), words(", "), moment(at), words(":")), quote(text, COMMENT_SHOWN))),
  ];
}

function attributeBlocks({ additionalAttributes }: DetailsFormModel["approval"], texts: Texts): KnownBlock[] {
  const { details } = texts;
  const entries = Object.entries(additionalAttributes);
  const title = richText(line(strong(details.attributes(entries.length))));
  if (entries.length === 0) return [title, context(plain(details.noAttributes, LIMIT.context))];
  const items = entries.map(([name, value]) => [
    strong(named(name, ATTRIBUTE_MAX_LENGTH.name)),
    words(`: ${named(value, ATTRIBUTE_MAX_LENGTH.value)}`),
  ]);
  return [title, richText(foldedBullets(items, ATTRIBUTES_SHOWN, texts))];
}
