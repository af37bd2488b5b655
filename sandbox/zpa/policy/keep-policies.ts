import { z } from "zod";
import type { PolicyStore, StoredRule } from "./policy-store.ts";

const condition = z.object({
  operator: z.enum(["AND", "OR"]),
  negated: z.boolean(),
  operands: z.array(z.object({ objectType: z.string(), lhs: z.string(), rhs: z.string() })),
});
const rule: z.ZodType<StoredRule> = z.object({
  id: z.string(),
  setId: z.string(),
  microtenantId: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  action: z.string(),
  customMsg: z.string().nullable(),
  disabled: z.boolean(),
  isDefault: z.boolean(),
  isRestricted: z.boolean(),
  conditions: z.array(condition),
  conditionsFrom: z.number(),
  fields: z.record(z.string(), z.unknown()),
  creationTime: z.number(),
  modifiedTime: z.number(),
});
const kept = z.object({ rules: z.array(rule), nextRuleId: z.string(), nextConditionId: z.number() });

/** The policies as JSON can hold them. */
export const policiesAsKept = ({ rules, nextRuleId, nextConditionId }: PolicyStore): z.infer<typeof kept> => ({
  rules: [...rules],
  nextRuleId: String(nextRuleId),
  nextConditionId,
});

export function keptPolicies(json: unknown): PolicyStore {
  const { nextRuleId, ...same } = kept.parse(json);
  return { ...same, nextRuleId: BigInt(nextRuleId), isWriting: false };
}
