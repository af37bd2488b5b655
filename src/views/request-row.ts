import type { KnownBlock, MrkdwnElement, Overflow, SectionBlock } from "@slack/types";
import type { RequestRow } from "../services/access/overview.ts";
import type { Texts } from "../texts/texts.ts";
import { isLink } from "./approval-card.ts";
import { actions, LIMIT, markup, mentionUser, option, plain } from "./blocks.ts";
import { accessChoice } from "./button-value.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { readersInstant, readersSpan } from "./instants.ts";
import { nameList } from "./name-list.ts";
import { nudgeButton } from "./nudge.ts";
import { withdrawButton } from "./withdraw-button.ts";

/** For whom a list is drawn. */
export interface ListViewer {
  readonly userId: string;
}

const CONSOLES_NAMED = 4;

/** Access that the viewer holds or is about to hold, with the way to its portal and what can be done with it. */
export const accessRow = (row: RequestRow, texts: Texts): KnownBlock[] => {
  const menu = accessMenu(row, texts);
  return [
    {
      ...section(row, [...openingField(row, texts), ...windowField(row, texts), ...portalField(row, texts)], texts),
      ...(menu === null ? {} : { accessory: menu }),
    },
  ];
};

/** Null for what is only ending. */
function accessMenu({ requestId, status, canRenew }: RequestRow, { life }: Texts): Overflow | null {
  if (!["GRANTED", "GRANTING", "FAILED"].includes(status)) return null;
  return {
    type: "overflow",
    action_id: ACTION.accessMenu,
    options: [
      ...(canRenew ? [option(accessChoice("renew", requestId), life.renew)] : []),
      option(accessChoice("done", requestId), life.done),
      ...(status === "FAILED" ? [] : [option(accessChoice("change", requestId), life.change)]),
    ],
  };
}

/** A request of the viewer's own, which may still be taken back while it waits. */
export const requestRow = (row: RequestRow, viewer: ListViewer, texts: Texts): KnownBlock[] => [
  {
    ...section(row, [mrkdwnFor(row, texts), ...windowField(row, texts)], texts),
    ...(row.status === "PENDING" && row.requesterUserId === viewer.userId
      ? { accessory: withdrawButton(row.requestId, row.label, texts) }
      : {}),
  },
];

/** Under a request of the viewer's own that waits: has the approvers reminded. */
export const nudgeRow = (row: RequestRow, { userId }: ListViewer, texts: Texts): KnownBlock[] =>
  row.status === "PENDING" && (row.requesterUserId === userId || row.beneficiaryUserId === userId)
    ? [actions(`${BLOCK.requestActions}_${row.requestId}`, [nudgeButton(row.requestId, row.label, texts)])]
    : [];

function section(row: RequestRow, fields: readonly MrkdwnElement[], texts: Texts): SectionBlock {
  const text = `${row.label} · ${texts.status[row.status]}\n${nameList(row.consoleNames, CONSOLES_NAMED, texts)}`;
  return { type: "section", text: plain(text, LIMIT.section), ...(fields.length === 0 ? {} : { fields: [...fields] }) };
}

const mrkdwnFor = (row: RequestRow, { home }: Texts): MrkdwnElement =>
  markup(home.forWhom(mentionUser(row.beneficiaryUserId)), LIMIT.field);
const windowField = ({ window }: RequestRow, { home }: Texts): readonly MrkdwnElement[] =>
  window === null ? [] : [markup(home.window(`${readersInstant(window.start)} – ${readersInstant(window.end)}`), LIMIT.field)];
const openingField = ({ nextOpening }: RequestRow, { home }: Texts): readonly MrkdwnElement[] =>
  nextOpening === null ? [] : [markup(home.nextOpening(readersSpan(nextOpening)), LIMIT.field)];

const portalField = ({ portalUrl, status }: RequestRow, { home }: Texts): readonly MrkdwnElement[] =>
  status === "GRANTED" && isLink(portalUrl) && portalUrl.length <= LINK_SHOWN
    ? [markup(link(portalUrl, home.openPortal), LIMIT.field)]
    : [];

/** Cut, it would be no link. */
const LINK_SHOWN = 1000;

/** A link in Slack's markup; nothing in the address ends it early. */
const link = (url: string, text: string): string =>
  `<${url.replaceAll("&", "&amp;").replaceAll("<", "%3C").replaceAll(">", "%3E").replaceAll("|", "%7C")}|${text}>`;
