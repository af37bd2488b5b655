import { z } from "zod";
import type { RequestRow } from "../access/overview.ts";
import type { SailPointQueue } from "../sailpoint-inbox/inbox.ts";

/** Which part of the queue is looked at. EVERYONE is for administrators: all that waits, whoever it waits for. */
export const QUEUE_FILTERS = ["ALL", "DUE_SOON", "MINE", "GROUPS", "HIGH", "EVERYONE"] as const;
export type QueueFilter = (typeof QUEUE_FILTERS)[number];

/** Longest text to look for, in UTF-16 units. */
export const QUEUE_WORDS_MAX_LENGTH = 100;

/** What lies less than so many hours before its deadline is due soon. */
export const DUE_SOON_HOURS = 24;

/**
 * Where a person stands in their queue. A page is counted from an approval, not from a number of rows: what others decide meanwhile
 * neither repeats nor skips any.
 */
export const QueuePlace = z.object({
  filter: z.enum(QUEUE_FILTERS),
  words: z.string().max(QUEUE_WORDS_MAX_LENGTH),
  from: z.union([z.strictObject({ after: z.uuid() }), z.strictObject({ before: z.uuid() }), z.null()]),
  /** Rows are drawn ticked. */
  ticked: z.boolean(),
  /** Rises when fields are to forget what Slack keeps of them: Slack keeps what was put into a field for as long as it has its id. */
  round: z.number().int().nonnegative(),
});
export type QueuePlace = z.infer<typeof QueuePlace>;

export const QUEUE_START: QueuePlace = { filter: "ALL", words: "", from: null, ticked: false, round: 0 };

/** One approval that waits. */
export interface QueueRow extends RequestRow {
  /** When it times out; null when it waits for ever. */
  readonly dueAt: Date | null;
  readonly isDueSoon: boolean;
  readonly priority: "HIGH" | "MEDIUM" | "LOW";
  /** Whether the rules want a comment with a yes. */
  readonly needsComment: boolean;
  /** OTHERS: an administrator looks at what waits for somebody else. */
  readonly asks: { readonly kind: "YOU" | "OTHERS" } | { readonly kind: "GROUP"; readonly groupId: string };
}

export interface QueuePage {
  /** As asked for; at the start where the page that was asked for is gone. */
  readonly place: QueuePlace;
  readonly rows: readonly QueueRow[];
  /** All that wait for the person. */
  readonly waiting: number;
  /** Of those, what filter and words leave. */
  readonly matching: number;
  /** Of those, what comes before the first row. */
  readonly before: number;
  readonly isAdmin: boolean;
  /** What waits for the person in SailPoint, beside the first page; left out where no tenant is set up. */
  readonly sailpoint?: SailPointQueue;
}
