import type { Checkboxes, KnownBlock, ModalView } from "@slack/types";
import type { SailPointQueue, SailPointRow } from "../services/sailpoint-inbox/inbox.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, LIMIT, markup, option, plain, section } from "./blocks.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { readersInstant } from "./instants.ts";
import { typed } from "./literal.ts";
import { modal } from "./modal.ts";
import { nameOf, sailpointButtons, titleOf } from "./sailpoint-card.ts";
import { governedForecastRow, governedForecastWindow } from "./sailpoint-forecast.ts";
import { listButton } from "./sailpoint-message.ts";
import { type SailPointMove, sailpointTick } from "./sailpoint-value.ts";

/** Rows of a page of the list. A view holds 100 blocks, and a row takes two; one form carries as many. */
export const SAILPOINT_ROWS = 25;
/** Slack's for an option's value. */
const TICK_LENGTH = 75;

/** What waits for a person in SailPoint, in the queue beside our own: at most 2 × rows + 3 blocks. */
export function sailpointQueueBlocks(queue: SailPointQueue, texts: Texts): KnownBlock[] {
  const { rows, waiting } = queue;
  const { sailpoint: say } = texts;
  if (waiting === 0 && !queue.isOld) return [];
  const more = waiting > rows.length ? [listButton(say.queueAll(waiting), texts)] : [];
  const buttons = [...(rows.length === 0 ? [] : bulkButtons(texts)), ...more];
  return [
    context(markup(summary(queue, texts), LIMIT.context)),
    ...rows.flatMap((row) => rowBlocks(row, queue.url, texts)),
    ...(buttons.length === 0 ? [] : [actions(BLOCK.sailpointActions, buttons)]),
  ];
}

/** The list by itself, page by page. */
export function sailpointList(queue: SailPointQueue, texts: Texts): ModalView {
  const { rows, waiting, offset } = queue;
  const { sailpoint: say, common, queue: words } = texts;
  const to = (target: number, suffix: string, text: string) => {
    const value: SailPointMove = { offset: target };
    return button({ actionId: `${ACTION.sailpointMove}_${suffix}`, text, label: text, value });
  };
  const pages = [
    ...(offset > 0 ? [to(Math.max(0, offset - SAILPOINT_ROWS), "previous", words.previous)] : []),
    ...(offset + rows.length < waiting ? [to(offset + rows.length, "next", words.next)] : []),
  ];
  return modal({
    callbackId: CALLBACK.sailpointList,
    title: say.queueTitle,
    close: common.close,
    blocks: [
      context(markup(summary(queue, texts), LIMIT.context)),
      ...rows.flatMap((row) => rowBlocks(row, queue.url, texts)),
      ...(rows.length === 0 ? [] : [actions(BLOCK.sailpointActions, bulkButtons(texts))]),
      ...(pages.length === 0 ? [] : [actions(BLOCK.sailpointPages, pages)]),
    ],
  });
}

function summary({ waiting, rows, offset, readAt, isOld }: SailPointQueue, { sailpoint: say }: Texts): string {
  return [
    waiting === 0 ? say.queueNone : say.queueCount(waiting),
    ...(rows.length === 0 ? [] : [say.queueRange(offset + 1, offset + rows.length)]),
    ...(isOld && readAt !== null ? [`*${say.queueOld[0]}${readersInstant(readAt)}${say.queueOld[1]}*`] : []),
  ].join(" ");
}

const bulkButtons = ({ queue: { selected, selectedLabel } }: Texts) => [
  button({ actionId: ACTION.sailpointBulkApprove, text: selected.approve, label: selectedLabel(selected.approve), style: "primary" }),
  button({ actionId: ACTION.sailpointBulkReject, text: selected.reject, label: selectedLabel(selected.reject), style: "danger" }),
  button({ actionId: ACTION.sailpointBulkReassign, text: selected.reassign, label: selectedLabel(selected.reassign) }),
];

function rowBlocks(row: SailPointRow, url: string | null, texts: Texts): KnownBlock[] {
  const { approval, version, isBeingDecided } = row;
  const { sailpoint: say, queue } = texts;
  const title = `${say.queueMark} · ${titleOf(approval, texts)}`;
  const opens = row.governed === null ? [] : [governedForecastRow(row.governed, texts)];
  const window = governedForecastWindow(row.governed, texts);
  const value = sailpointTick({ sailpointId: approval.id, version });
  const canTick = value.length <= TICK_LENGTH && !isBeingDecided;
  const tick: Checkboxes = {
    type: "checkboxes",
    action_id: ACTION.sailpointSelect,
    options: [option(value, queue.select(titleOf(approval, texts)))],
  };
  return [
    {
      ...section(
        plain([title, detail(row, texts), ...opens].join("\n"), LIMIT.section),
        `${BLOCK.sailpointSelect}_${version}_${approval.id}`.slice(0, 255),
      ),
      fields: [when(row, texts), ...(window === null ? [] : [window])].map((text) => markup(text, LIMIT.field)),
      ...(canTick ? { accessory: tick } : {}),
    },
    ...(isBeingDecided
      ? [context(plain(say.rowDeciding, LIMIT.context))]
      : [actions(`${BLOCK.sailpointDecision}_${approval.id}`.slice(0, 255), sailpointButtons(approval, version, url, texts))]),
  ];
}

function detail({ approval: { requester, requestee, description } }: SailPointRow, { sailpoint: say }: Texts): string {
  const isForOther = requestee !== null && requestee.id !== requester?.id;
  const who = isForOther ? say.askedByFor(nameOf(requester), nameOf(requestee)) : say.askedBy(nameOf(requester));
  return description === null ? who : `${who} ${typed(description, 300)}`;
}

function when({ dueAt, isDueSoon, priority, createdAt }: SailPointRow, { queue }: Texts): string {
  const due =
    dueAt === null ? queue.noDeadline : isDueSoon ? `*${queue.dueSoon(readersInstant(dueAt))}*` : queue.due(readersInstant(dueAt));
  return [due, queue.priority[priority], ...(createdAt === null ? [] : [queue.since(readersInstant(createdAt))])].join(" ");
}
