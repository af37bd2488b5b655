import type { KnownBlock, ModalView } from "@slack/types";
import { BULK_LIMIT, type BulkPreview, type BulkPreviewRow, type Withdrawable } from "../services/approvals/bulk.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain, section } from "./blocks.ts";
import { type BulkMemory, tickValue } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { clamp } from "./literal.ts";
import { modal } from "./modal.ts";
import { nameList } from "./name-list.ts";
import { assigneeFields, chooseHolder } from "./reassign-form.ts";
import { bullets, richText, strong, user, words } from "./rich-text.ts";

/** Fifty of these stay far from what a view holds. */
const CONSOLES_NAMED = 2;

export interface BulkFormModel extends BulkPreview {
  /** The user groups that may take a seat; asked for where seats are handed over. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

/** Before many are decided: what is selected, why, and to whom where they are handed over. */
export function bulkForm({ verdict, rows, commentRequired, groups }: BulkFormModel, texts: Texts): ModalView {
  const { bulk, common } = texts;
  const intro = bulk.intros[verdict](rows.length);
  const memory = { verdict, items: rows.map(({ item }) => tickValue(item)) } satisfies Record<keyof BulkMemory, unknown>;
  return modal({
    callbackId: CALLBACK.bulkForm,
    title: bulk.titles[verdict],
    submit: bulk.submits[verdict],
    close: common.cancel,
    memory,
    blocks: [
      section(plain(verdict === "reassign" ? `${intro} ${chooseHolder(groups, texts)}` : intro, LIMIT.section)),
      richText(bullets(rows.map((row) => selectedRow(row, texts)))),
      ...(verdict === "reassign" ? assigneeFields(groups, texts) : []),
      commentField({ verdict, commentRequired }, texts),
    ],
  });
}

/** The requester chooses among requests of their own: the choice itself lists them. */
export const withdrawForm = ({ rows, waiting }: Withdrawable, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.withdrawSeveral,
    title: texts.bulk.titles.cancel,
    submit: texts.bulk.submits.cancel,
    close: texts.common.cancel,
    blocks: [
      ...(waiting > rows.length ? [section(plain(texts.bulk.newestListed(rows.length, waiting), LIMIT.section))] : []),
      input(
        {
          ...{ blockId: BLOCK.bulkRequests, label: texts.bulk.requests },
          ...(rows.length > BULK_LIMIT ? { hint: texts.bulk.atOnce(BULK_LIMIT) } : {}),
        },
        {
          type: "multi_static_select",
          action_id: ACTION.bulkRequests,
          placeholder: plain(texts.bulk.requestsPlaceholder, LIMIT.placeholder),
          max_selected_items: BULK_LIMIT,
          options: rows.map(({ item, label, consoleNames }) =>
            option(tickValue(item), clamp(`${label} · ${nameList(consoleNames, CONSOLES_NAMED, texts)}`, LIMIT.option)),
          ),
        },
      ),
      commentField({ verdict: "cancel", commentRequired: false }, texts),
    ],
  });

const commentField = ({ verdict, commentRequired }: Pick<BulkPreview, "verdict" | "commentRequired">, { bulk }: Texts): KnownBlock =>
  input(
    {
      blockId: BLOCK.comment,
      label: commentRequired ? bulk.commentRequired : bulk.comment,
      hint: bulk.hints[verdict],
      ...(commentRequired ? {} : { optional: true }),
    },
    longText(ACTION.comment, ""),
  );

const selectedRow = ({ label, consoleNames, beneficiaryUserId }: BulkPreviewRow, texts: Texts) => [
  strong(label),
  words(` · ${nameList(consoleNames, CONSOLES_NAMED, texts)}${texts.bulk.forWhom}`),
  user(beneficiaryUserId),
];
