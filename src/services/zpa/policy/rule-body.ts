import { PortcullisError } from "../../../errors.ts";
import { beyondVersion2 } from "./beyond-version2.ts";
import type { ConditionDraft, OperandDraft, PolicyRule, PolicyRuleChange, PolicyRuleDraft, PolicyVersion } from "./policy.ts";

type Body = Readonly<Record<string, unknown>>;

/** The body of a create. */
export const createBody = (setId: string, draft: PolicyRuleDraft, version: PolicyVersion): Body => ({
  policySetId: setId,
  ...draft.fields,
  name: draft.name,
  ...(draft.description === null ? {} : { description: draft.description }),
  action: draft.action,
  ...(draft.customMessage === null ? {} : { customMsg: draft.customMessage }),
  conditions: draft.conditions.map((condition) => conditionBody(condition, version)),
});

/**
 * The body of an update: all that was read, the change over it. Conditions that do not change go back as they were read in version 1, with
 * whatever ZPA said in them; version 2 has them in its own shape, from what was read.
 *
 * @throws PortcullisError `zpa_conditions_not_kept` where that shape would lose something of them
 */
export function updateBody(
  { setId, current, version }: { readonly setId: string; readonly current: PolicyRule; readonly version: PolicyVersion },
  change: PolicyRuleChange,
): Body {
  const { name, description, action, customMessage, conditions, fields } = change;
  return {
    ...current.raw,
    policySetId: setId,
    id: current.id,
    ...fields,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? "" }),
    ...(action === undefined ? {} : { action }),
    ...(customMessage === undefined ? {} : { customMsg: customMessage ?? "" }),
    ...conditionsOfUpdate(current, conditions, version),
  };
}

function conditionsOfUpdate(
  { name, raw, conditions: known }: PolicyRule,
  wanted: PolicyRuleChange["conditions"],
  version: PolicyVersion,
): Body {
  if (wanted !== undefined) return { conditions: wanted.map((condition) => conditionBody(condition, version)) };
  if (version === 1) return { conditions: raw.conditions ?? [] };
  const field = beyondVersion2(raw.conditions);
  if (field !== null) throw new PortcullisError("zpa_conditions_not_kept", { params: { rule: name, field } });
  const kept = known.map(({ operands, ...condition }) => ({
    ...condition,
    operands: operands.map(({ objectType, lhs, rhs }) => ({ objectType, lhs: lhs ?? "", rhs: rhs ?? "" })),
  }));
  return { conditions: kept.map((condition) => conditionBody(condition, version)) };
}

type AnyCondition = Omit<ConditionDraft, "operator"> & { readonly operator: string };

const conditionBody = ({ operator, negated, operands }: AnyCondition, version: PolicyVersion): Body => ({
  operator,
  negated,
  operands: version === 1 ? operands.map(({ objectType, lhs, rhs }) => ({ objectType, lhs, rhs })) : operandsOfVersion2(operands),
});

/** One operand for each kind: `values` where the values are ids, `entryValues` where each has a key of its own. */
function operandsOfVersion2(operands: readonly OperandDraft[]): readonly Body[] {
  const kinds = Map.groupBy(operands, ({ objectType, lhs }) => `${lhs === "id" ? "values" : "entryValues"} ${objectType}`);
  return [...kinds.values()].map((same) => {
    const objectType = same[0]?.objectType;
    return same[0]?.lhs === "id"
      ? { objectType, values: same.map(({ rhs }) => rhs) }
      : { objectType, entryValues: same.map(({ lhs, rhs }) => ({ lhs, rhs })) };
  });
}
