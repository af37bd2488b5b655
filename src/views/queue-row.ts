import type { Checkboxes, KnownBlock, MrkdwnElement } from "@slack/types";
import type { QueuePlace, QueueRow } from "../services/approvals/queue.ts";
import type { Texts } from "../texts/texts.ts";
import { decisionButtons } from "./approval-card.ts";
import { actions, LIMIT, markup, mentionGroup, mentionUser, option, plain } from "./blocks.ts";
import { tickValue } from "./button-value.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { readersInstant } from "./instants.ts";
import { typed } from "./literal.ts";
import { nameList } from "./name-list.ts";

const CONSOLES_NAMED = 4;
const REASON_SHOWN = 300;

/**
 * A request that waits: why it is urgent, enough of it to decide, a checkbox, and the same buttons as on its card. A row that has
 * changed has another id, so that a tick which Slack remembers never counts for what the person has not seen.
 */
export function queueRow(row: QueueRow, { ticked, round }: QueuePlace, texts: Texts): KnownBlock[] {
  const item = { approvalId: row.approvalId, version: row.approvalVersion };
  const place = `${round}_${row.approvalId}_${row.approvalVersion}`;
  const choice = option(tickValue(item), texts.queue.select(row.label));
  const tick: Checkboxes = {
    type: "checkboxes",
    action_id: ACTION.queueSelect,
    options: [choice],
    ...(ticked ? { initial_options: [choice] } : {}),
  };
  const text = `${row.label} · ${nameList(row.consoleNames, CONSOLES_NAMED, texts)}\n${typed(row.reason, REASON_SHOWN)}`;
  return [
    {
      type: "section",
      block_id: `${BLOCK.queueSelect}_${place}`,
      text: plain(text, LIMIT.section),
      fields: fields(row, texts).map((words) => markup(words, LIMIT.field)),
      accessory: tick,
    },
    actions(`${BLOCK.decision}_${row.approvalId}`, decisionButtons({ ...item, needsComment: row.needsComment }, row.label, texts)),
  ];
}

function fields(row: QueueRow, texts: Texts): readonly MrkdwnElement["text"][] {
  const { home, queue } = texts;
  const { window, requesterUserId, beneficiaryUserId } = row;
  return [
    `${deadline(row, texts)} ${queue.priority[row.priority]}`,
    ...(window === null ? [] : [home.window(`${readersInstant(window.start)} – ${readersInstant(window.end)}`)]),
    requesterUserId === beneficiaryUserId
      ? home.by(mentionUser(requesterUserId))
      : `${home.by(mentionUser(requesterUserId))}\n${home.forWhom(mentionUser(beneficiaryUserId))}`,
    `${asked(row, texts)} ${queue.since(readersInstant(row.createdAt))}`,
  ];
}

function deadline({ dueAt, isDueSoon }: QueueRow, { queue }: Texts): string {
  if (dueAt === null) return queue.noDeadline;
  const at = readersInstant(dueAt);
  return isDueSoon ? `*${queue.dueSoon(at)}*` : queue.due(at);
}

function asked({ asks }: QueueRow, { queue }: Texts): string {
  switch (asks.kind) {
    case "YOU":
      return queue.asksYou;
    case "GROUP":
      return queue.asksGroup(mentionGroup(asks.groupId));
    case "OTHERS":
      return queue.asksOthers;
  }
}
