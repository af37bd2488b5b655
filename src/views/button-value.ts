import { z } from "zod";

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
