import { z } from "zod";
import { SCOPES } from "../services/policy/rules.ts";

/** What Approve, Reject and Reassign carry: which approval, as it stood on the card. Never who. */
export const DecisionValue = z.object({ approvalId: z.string().min(1), version: z.number().int().nonnegative() });
export type DecisionValue = z.infer<typeof DecisionValue>;

/** What Withdraw and Try again carry. */
export const RequestValue = z.object({ requestId: z.string().min(1) });
export type RequestValue = z.infer<typeof RequestValue>;

/** What Confirm, Decline and Take back of a change of rules carry. */
export const ChangeValue = z.object({ changeId: z.string().min(1) });
export type ChangeValue = z.infer<typeof ChangeValue>;

/** What Edit and Delete of rules carry, and the forms after them: the scope, and the revision that was looked at. */
export const RulesScopeValue = z.object({ scope: z.enum(SCOPES), scopeId: z.string() });
export type RulesScopeValue = z.infer<typeof RulesScopeValue>;
export const RulesFormMemory = RulesScopeValue.extend({ revision: z.number().int().nonnegative() });
export type RulesFormMemory = z.infer<typeof RulesFormMemory>;

/** What the last page before a change carries: the rules as they will be, as YAML; null takes them away. */
export const RulesReviewMemory = RulesFormMemory.extend({ yaml: z.string().nullable() });
export type RulesReviewMemory = z.infer<typeof RulesReviewMemory>;

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
