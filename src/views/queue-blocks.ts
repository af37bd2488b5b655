import type { Button, InputBlock, KnownBlock, StaticSelect } from "@slack/types";
import type { BulkVerdict } from "../services/approvals/bulk.ts";
import { QUEUE_FILTERS, QUEUE_WORDS_MAX_LENGTH, type QueuePage, type QueuePlace } from "../services/approvals/queue.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, LIMIT, option, plain } from "./blocks.ts";
import type { QueueMove, QueueTick } from "./button-value.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { input } from "./input.ts";
import { queueRow } from "./queue-row.ts";
import { sailpointQueueBlocks } from "./sailpoint-queue.ts";

/** Rows of a page. A view holds 100 blocks, and a row takes two; the App Home has other lists beside. */
export const QUEUE_ROWS = { home: 15, modal: 40 } as const;

export const BULK_ACTION = {
  approve: ACTION.bulkApprove,
  reject: ACTION.bulkReject,
  reassign: ACTION.bulkReassign,
  cancel: ACTION.bulkCancel,
} as const satisfies Record<BulkVerdict, string>;

/** What waits for a person: how many, which of them, the rows, and what can be done with those that are ticked. At most 2 × rows + 6 blocks. */
export function queueBlocks(page: QueuePage, texts: Texts): KnownBlock[] {
  const theirs = page.sailpoint === undefined ? [] : sailpointQueueBlocks(page.sailpoint, texts);
  return [...ownBlocks(page, texts), ...theirs];
}

function ownBlocks(page: QueuePage, texts: Texts): KnownBlock[] {
  const { place, rows, waiting, isAdmin } = page;
  const isFiltered = place.filter !== "ALL" || place.words !== "";
  if (waiting === 0 && !isFiltered && !isAdmin) return [context(plain(texts.home.waitingNone, LIMIT.context))];
  return [
    context(plain(summary(page, texts), LIMIT.context)),
    actions(`${BLOCK.queueFilter}_${place.round}`, [
      filterSelect(page, texts),
      ...(isFiltered ? [button({ actionId: ACTION.queueShowAll, text: texts.queue.showAll, label: texts.queue.showAll })] : []),
      ...(rows.length === 0 ? [] : [tickButton(place, texts)]),
    ]),
    wordsInput(place, texts),
    ...rows.flatMap((row) => queueRow(row, place, texts)),
    ...(rows.length === 0 ? [] : [actions(BLOCK.bulkActions, bulkButtons(page, texts))]),
    ...pages(page, texts),
  ];
}

function summary({ place, rows, waiting, matching, before }: QueuePage, { queue, home }: Texts): string {
  const isFiltered = matching < waiting;
  const count = place.filter === "EVERYONE" ? queue.countEveryone(waiting) : waiting === 0 ? home.waitingNone : queue.count(waiting);
  return [
    count,
    ...(isFiltered && matching > 0 ? [queue.countMatching(matching, waiting)] : []),
    ...(isFiltered && matching === 0 ? [queue.noneMatch] : []),
    ...(rows.length === 0 ? [] : [queue.range(before + 1, before + rows.length, matching)]),
  ].join(" ");
}

function filterSelect({ place, isAdmin }: QueuePage, { queue }: Texts): StaticSelect {
  const offered = QUEUE_FILTERS.filter((filter) => filter !== "EVERYONE" || isAdmin).map((filter) => option(filter, queue.filters[filter]));
  const chosen = offered.find(({ value }) => value === place.filter);
  return {
    type: "static_select",
    action_id: ACTION.queueFilter,
    placeholder: plain(queue.filter, LIMIT.placeholder),
    options: offered,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

function tickButton({ ticked }: QueuePlace, { queue }: Texts): Button {
  const value: QueueTick = { ticked: !ticked };
  const text = ticked ? queue.tickNone : queue.tickAll;
  return button({ actionId: ACTION.queueTick, text, label: text, value });
}

const wordsInput = ({ words, round }: QueuePlace, { queue }: Texts): InputBlock =>
  input(
    { blockId: `${BLOCK.queueWords}_${round}`, label: queue.words, hint: queue.wordsHint, optional: true, dispatch: true },
    {
      type: "plain_text_input",
      action_id: ACTION.queueWords,
      max_length: QUEUE_WORDS_MAX_LENGTH,
      placeholder: plain(queue.wordsPlaceholder, LIMIT.placeholder),
      dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] },
      ...(words === "" ? {} : { initial_value: words }),
    },
  );

/** Among what waits for others an administrator can only withdraw: the rest takes a seat over, which is for single cards. */
function bulkButtons({ place, isAdmin }: QueuePage, texts: Texts): Button[] {
  const decisions: readonly BulkVerdict[] = isAdmin && place.filter === "EVERYONE" ? [] : ["approve", "reject", "reassign"];
  const verdicts: readonly BulkVerdict[] = isAdmin ? [...decisions, "cancel"] : decisions;
  return verdicts.map((verdict) => {
    const text = texts.queue.selected[verdict];
    const style = verdict === "approve" ? { style: "primary" as const } : verdict === "reject" ? { style: "danger" as const } : {};
    return button({ actionId: BULK_ACTION[verdict], text, label: texts.queue.selectedLabel(text), ...style });
  });
}

function pages({ rows, before, matching }: QueuePage, { queue }: Texts): KnownBlock[] {
  const first = rows[0]?.approvalId;
  const last = rows.at(-1)?.approvalId;
  const to = (from: QueueMove["from"], suffix: string, text: string): Button => {
    const value: QueueMove = { from };
    return button({ actionId: `${ACTION.queueMove}_${suffix}`, text, label: text, value });
  };
  const buttons = [
    ...(before > 0 && first !== undefined ? [to({ before: first }, "previous", queue.previous)] : []),
    ...(before + rows.length < matching && last !== undefined ? [to({ after: last }, "next", queue.next)] : []),
  ];
  return buttons.length === 0 ? [] : [actions(BLOCK.queuePages, buttons)];
}
