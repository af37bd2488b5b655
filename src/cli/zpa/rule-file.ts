import { parse } from "yaml";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { problemsIn } from "../../services/approvals/approval-config.ts";
import type { ConditionDraft, OperandDraft, PolicyRuleChange, PolicyRuleDraft } from "../../services/zpa/policy/policy.ts";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Operand = z
  .strictObject({
    objectType: z.string().min(1),
    values: z.array(text).default([]),
    entries: z.array(z.strictObject({ lhs: text, rhs: text })).default([]),
  })
  .refine(({ values, entries }) => values.length + entries.length > 0, "names no values and no entries");
const Condition = z
  .strictObject({
    operator: z.enum(["AND", "OR"]).default("OR"),
    negated: z.boolean().default(false),
    operands: z.array(Operand).min(1),
  })
  .transform(({ operands, ...same }): ConditionDraft => ({ ...same, operands: operands.flatMap(operandsOf) }));
const Change = z.strictObject({
  name: z.string().trim().min(1).exactOptional(),
  description: z.string().nullable().exactOptional(),
  action: z.string().min(1).exactOptional(),
  customMessage: z.string().nullable().exactOptional(),
  conditions: z.array(Condition).exactOptional(),
  fields: z.record(z.string(), z.unknown()).exactOptional(),
});

const operandsOf = ({ objectType, values, entries }: z.infer<typeof Operand>): readonly OperandDraft[] => [
  ...values.map((rhs) => ({ objectType, lhs: "id", rhs })),
  ...entries.map(({ lhs, rhs }) => ({ objectType, lhs, rhs })),
];

/** A change that a YAML or JSON file names: what it leaves out stays. @throws PortcullisError `invalid_input`, which names what is wrong */
export function changeInFile(content: string): PolicyRuleChange {
  const { success, data, error } = Change.safeParse(parsed(content));
  if (success) return data;
  throw new PortcullisError("invalid_input", { params: { problem: problemsIn(error) } }, { cause: error });
}

/** A rule that a YAML or JSON file names. @throws PortcullisError `invalid_input`, also without a name or an action */
export function ruleInFile(content: string): PolicyRuleDraft {
  const { name, action, description = null, customMessage = null, conditions = [], ...fields } = changeInFile(content);
  if (name === undefined || action === undefined)
    throw new PortcullisError("invalid_input", { params: { problem: "a rule needs a name and an action" } });
  return { name, action, description, customMessage, conditions, ...fields };
}

function parsed(content: string): unknown {
  try {
    // Ids of 18 digits that are not quoted stay exact.
    return parse(content, (_, value) => (typeof value === "bigint" ? String(value) : value), { intAsBigInt: true });
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: "the file is neither YAML nor JSON" } }, { cause });
  }
}
