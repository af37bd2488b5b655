import type { Button, KnownBlock, MrkdwnElement, SectionBlock } from "@slack/types";
import type { RequestRow } from "../services/access/overview.ts";
import type { Texts } from "../texts/texts.ts";
import { isLink } from "./approval-card.ts";
import { actions, button, LIMIT, markup, mentionUser, plain } from "./blocks.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { readersInstant, readersSpan } from "./instants.ts";
import { clamp, named } from "./literal.ts";
import { nameList } from "./name-list.ts";
import { nudgeButton } from "./nudge.ts";
import { withdrawButton } from "./withdraw-button.ts";

/** For whom a list is drawn. */
export interface ListViewer {
  readonly userId: string;
}

const CONSOLES_NAMED = 4;

/** Access that the viewer holds or is about to hold. `index` keeps the portal buttons' ids apart. */
export const accessRow = (row: RequestRow, index: number, texts: Texts): KnownBlock[] => [
  {
    ...section(row, [...openingField(row, texts), ...windowField(row, texts)], texts),
    ...(isLink(row.portalUrl) ? { accessory: portalButton(row.portalUrl, row.label, index, texts) } : {}),
  },
];

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

const portalButton = (url: string, label: string, index: number, { home }: Texts): Button =>
  button({ actionId: `${ACTION.openPortal}_${index}`, text: home.openPortal, label: clamp(home.openPortalLabel(named(label)), 75), url });
