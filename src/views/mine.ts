import type { KnownBlock } from "@slack/types";
import type { HomeLists } from "../services/services.ts";
import type { Texts } from "../texts/texts.ts";
import { context, header, LIMIT, type Message, plain } from "./blocks.ts";
import { accessRow, type ListViewer, nudgeRow, requestRow } from "./request-row.ts";

/** Rows of each list in the answer to `/pra mine`: a message holds 50 blocks. */
export const MINE_ROWS = 10;

/** The answer to `/pra mine`: the person's access and requests, newest first; the Home tab has more. */
export function mineMessage({ myAccess, myRequests }: HomeLists, viewer: ListViewer, texts: Texts): Message {
  const { home, help } = texts;
  const access = myAccess.slice(0, MINE_ROWS).flatMap((row) => accessRow(row, texts));
  const requests = myRequests.slice(0, MINE_ROWS).flatMap((row) => [...requestRow(row, viewer, texts), ...nudgeRow(row, viewer, texts)]);
  return {
    text: `${home.access}: ${myAccess.length}. ${home.requests}: ${myRequests.length}.`,
    blocks: [
      ...list(home.access, access, home.accessNone),
      ...list(home.requests, requests, home.requestsNone),
      context(plain(help.home, LIMIT.context)),
    ],
  };
}

const list = (title: string, rows: readonly KnownBlock[], none: string): KnownBlock[] => [
  header(title),
  ...(rows.length === 0 ? [context(plain(none, LIMIT.context))] : rows),
];
