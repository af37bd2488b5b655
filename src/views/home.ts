import type { HomeView, KnownBlock } from "@slack/types";
import type { QueuePage } from "../services/approvals/queue.ts";
import type { CatalogAge, HomeLists } from "../services/services.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, divider, header, LIMIT, markup, plain } from "./blocks.ts";
import type { HomeMoreValue, QueueMemory } from "./button-value.ts";
import { catalogAgeBlocks } from "./catalog-age.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { readersInstant } from "./instants.ts";
import { queueBlocks } from "./queue-blocks.ts";
import { accessRow, type ListViewer, nudgeRow, requestRow } from "./request-row.ts";

/** Rows of each list beside the queue: at first, with each Show more, and at most (a view holds 100 blocks). */
export const HOME_ROWS = { first: 5, step: 5, most: 20 } as const;

/** So many more blocks fit beside full lists; the others can be reminded of from their cards. */
const NUDGES_SHOWN = 10;

export interface HomeModel {
  readonly queue: QueuePage;
  readonly lists: HomeLists;
  /** Rows of each list that were asked for: {@link HOME_ROWS}. */
  readonly limit: number;
  readonly asOf: Date;
  readonly catalogAge: CatalogAge | null;
}

/** The App Home of one person: what waits for them, what they hold, what they asked for. */
export function homeView({ queue, lists, limit, asOf, catalogAge }: HomeModel, viewer: ListViewer, texts: Texts): HomeView {
  const { home } = texts;
  const shown = Math.min(limit, HOME_ROWS.most);
  const access = lists.myAccess.slice(0, shown).flatMap((row) => accessRow(row, texts));
  const waiting = lists.myRequests.filter(({ status }) => status === "PENDING").slice(0, NUDGES_SHOWN);
  const requests = lists.myRequests
    .slice(0, shown)
    .flatMap((row) => [...requestRow(row, viewer, texts), ...(waiting.includes(row) ? nudgeRow(row, viewer, texts) : [])]);
  const memory: QueueMemory = { place: queue.place, limit: shown };
  return {
    type: "home",
    private_metadata: JSON.stringify(memory),
    blocks: [
      header(home.welcome),
      actions(BLOCK.homeActions, [
        button({ actionId: ACTION.homeRequest, text: home.request, label: home.requestLabel, style: "primary" }),
        button({ actionId: ACTION.homeRefresh, text: home.refresh, label: home.refreshLabel }),
      ]),
      divider(),
      header(home.waiting),
      ...queueBlocks(queue, texts),
      ...list(home.access, access, home.accessNone),
      ...list(home.requests, requests, home.requestsNone),
      ...severalWithdrawable(lists, viewer, texts),
      ...more(lists, shown, texts),
      ...catalogAgeBlocks(catalogAge, texts),
      context(markup(home.updated(readersInstant(asOf)))),
    ],
  };
}

const list = (title: string, rows: readonly KnownBlock[], none: string): KnownBlock[] => [
  divider(),
  header(title),
  ...(rows.length === 0 ? [context(plain(none, LIMIT.context))] : rows),
];

/** For one there is a button beside it. */
function severalWithdrawable({ myRequests }: HomeLists, { userId }: ListViewer, { queue }: Texts): KnownBlock[] {
  const mine = myRequests.filter(({ status, requesterUserId }) => status === "PENDING" && requesterUserId === userId);
  const several = button({ actionId: ACTION.withdrawSeveral, text: queue.withdrawSeveral, label: queue.withdrawSeveralLabel });
  return mine.length < 2 ? [] : [actions(BLOCK.requestActions, [several])];
}

function more({ myAccess, myRequests }: HomeLists, shown: number, { home }: Texts): KnownBlock[] {
  const full = [myAccess, myRequests].some((rows) => rows.length >= shown);
  if (!full) return [];
  if (shown >= HOME_ROWS.most) return [context(plain(home.all, LIMIT.context))];
  const value: HomeMoreValue = { limit: Math.min(shown + HOME_ROWS.step, HOME_ROWS.most) };
  return [actions(BLOCK.homeMore, [button({ actionId: ACTION.homeMore, text: home.more, label: home.moreLabel, value })])];
}
