import type { QueueFilter, QueuePage } from "../approvals/queue.ts";
import type { QueueQuery } from "../approvals/read-queue.ts";
import type { SailPointInbox } from "./inbox.ts";

/** Under a page of our own of at most so many rows there are a few of SailPoint's, and their blocks take the place of some of those rows. */
const SHORT = { page: 15, rows: 4, instead: 6 } as const;
const LONG = { rows: 10, instead: 12 } as const;

const FILTERS: Readonly<Partial<Record<QueueFilter, "ALL" | "DUE_SOON" | "HIGH">>> = {
  ALL: "ALL",
  MINE: "ALL",
  DUE_SOON: "DUE_SOON",
  HIGH: "HIGH",
};

/** A person's queue with what waits for them in SailPoint, on its first page. Our own part is read whatever becomes of SailPoint's. */
export const joinQueue =
  (own: (query: QueueQuery) => Promise<QueuePage>, sailpoint: SailPointInbox["queue"]) =>
  async (query: QueueQuery): Promise<QueuePage> => {
    const { by, place, limit } = query;
    const filter = FILTERS[place.filter];
    if (place.from !== null || filter === undefined) return own(query);
    const { rows, instead } = limit <= SHORT.page ? SHORT : LONG;
    const theirs = await sailpoint({ by, words: place.words, filter, limit: rows, offset: 0 });
    const isShown = theirs.waiting > 0 || theirs.isOld;
    const page = await own(isShown ? { ...query, limit: limit - instead } : query);
    return { ...page, sailpoint: theirs };
  };
