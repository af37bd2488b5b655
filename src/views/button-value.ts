import { z } from "zod";
import { BULK_VERDICTS, BulkItem } from "../services/approvals/bulk.ts";
import { QueuePlace } from "../services/approvals/queue.ts";

/** What Approve, Reject and Reassign carry: which approval, as it stood on the card. Never who. */
export const DecisionValue = z.object({ approvalId: z.string().min(1), version: z.number().int().nonnegative() });
export type DecisionValue = z.infer<typeof DecisionValue>;

/** What Withdraw and Try again carry. */
export const RequestValue = z.object({ requestId: z.string().min(1) });
export type RequestValue = z.infer<typeof RequestValue>;

/** What Show more carries: rows of each list to show next. */
export const HomeMoreValue = z.object({ limit: z.number().int().positive() });
export type HomeMoreValue = z.infer<typeof HomeMoreValue>;

/** `private_metadata` of the forms that a card's Reject and Reassign open: the decision, and where the person clicked. */
export const DecisionFormMemory = DecisionValue.extend({
  place: z.object({ channelId: z.string().nullable(), messageTs: z.string().nullable() }),
});
export type DecisionFormMemory = z.infer<typeof DecisionFormMemory>;

/** `private_metadata` of the App Home and of the queue's modal: where the person stands. `limit` is for the App Home's other lists. */
export const QueueMemory = z.object({ place: QueuePlace, limit: z.number().int().positive().optional() });
export type QueueMemory = z.infer<typeof QueueMemory>;

/** What Next page and Previous page carry: the row that the page begins after, or ends before. */
export const QueueMove = z.object({ from: QueuePlace.shape.from });
export type QueueMove = z.infer<typeof QueueMove>;

/** What Select all and Select none carry. */
export const QueueTick = z.object({ ticked: z.boolean() });
export type QueueTick = z.infer<typeof QueueTick>;

/** The value of a row's checkbox: the approval, as it stood there. Slack takes 75 characters, so it is shorter than JSON. */
export const tickValue = ({ approvalId, version }: BulkItem): string => `${approvalId}:${version}`;
export const TickValue = z
  .templateLiteral([z.uuid(), ":", z.number().int().nonnegative()])
  .transform((value): BulkItem => BulkItem.parse({ approvalId: value.slice(0, 36), version: Number(value.slice(37)) }));

/** `private_metadata` of the form that decides a selection. */
export const BulkMemory = z.object({ verdict: z.enum(BULK_VERDICTS), items: z.array(TickValue) });
export type BulkMemory = z.infer<typeof BulkMemory>;

const asJson = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
});

/**
 * The schema of a button's `value` or a view's `private_metadata` that holds one of the objects above as JSON.
 * @example carried(DecisionValue).parse('{"approvalId":"a1","version":3}')
 */
export const carried = <T extends z.ZodType>(schema: T) => asJson.pipe(schema);
