import { z } from "zod";
import { unescapeFields } from "../unescape-deep.ts";
import { wireFlag, wireId, wireMicrotenantId, wireName, wireText } from "../wire.ts";
import type { PolicyCondition, PolicyOperand, PolicyRule, PolicySet } from "./policy.ts";

const record = z.record(z.string(), z.unknown());
const value = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((wire) => (wire === undefined || wire === null ? null : String(wire)));
const operator = (unsaid: string) =>
  z
    .string()
    .nullish()
    .transform((word) => word?.toUpperCase() ?? unsaid);
/** Only a plain yes is one: ZPA leaves out what has its usual value. */
const yes = z
  .union([z.boolean(), z.enum(["0", "1", "true", "false"]), z.literal([0, 1])])
  .nullish()
  .transform((flag) => ["true", "1"].includes(String(flag)));

const operand: z.ZodType<PolicyOperand> = z.object({
  objectType: z.string(),
  lhs: value,
  rhs: value,
  name: wireText,
});

const condition: z.ZodType<PolicyCondition> = z.object({
  operator: operator("OR"),
  negated: yes,
  operands: z
    .array(operand)
    .nullish()
    .transform((operands) => operands ?? []),
});

const rule = z.object({
  id: wireId,
  name: wireName,
  description: wireText,
  action: z
    .string()
    .nullish()
    .transform((action) => action ?? null),
  customMsg: wireText,
  ruleOrder: z.coerce.number().int().nullish(),
  disabled: yes,
  defaultRule: yes,
  restrictedEntity: yes,
  readOnly: yes,
  zscalerManaged: yes,
  operator: operator("AND"),
  conditions: z.array(condition).nullish(),
  microtenantId: wireMicrotenantId,
});

/** A rule as ZPA sends it, into ours. The whole of it stays in `raw`, its texts as people wrote them. */
export const ruleOnWire = record.transform((raw, context): PolicyRule => {
  const { success, data, error } = rule.safeParse(raw);
  if (!success) {
    for (const { message, path } of error.issues) context.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }
  const { customMsg, ruleOrder, disabled, defaultRule, restrictedEntity, readOnly, zscalerManaged, conditions, ...same } = data;
  return {
    ...same,
    customMessage: customMsg,
    order: ruleOrder ?? null,
    enabled: !disabled,
    isDefault: defaultRule,
    isRestricted: restrictedEntity || readOnly || zscalerManaged,
    conditions: conditions ?? [],
    raw: unescapeFields(raw),
  };
});

const set = z.object({ id: wireId, name: wireName, description: wireText, enabled: wireFlag, policyType: wireText });

export const setOnWire = record.transform((raw, context): PolicySet => {
  const { success, data, error } = set.safeParse(raw);
  if (!success) {
    for (const { message, path } of error.issues) context.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }
  const { policyType, ...same } = data;
  return { ...same, typeCode: policyType, raw: unescapeFields(raw) };
});

/** `zpn_client_type_zapp` → "Client Connector". */
export const namesOnWire: z.ZodType<Readonly<Record<string, string>>> = z.record(z.string(), wireName);

/** The default rule is last wherever it was printed; a rule without a place keeps the one that it was listed at. */
export const inOrder = (rules: readonly PolicyRule[]): readonly PolicyRule[] =>
  rules
    .map((each, index) => ({ each, place: each.order ?? index + 1 }))
    .toSorted((one, other) => Number(one.each.isDefault) - Number(other.each.isDefault) || one.place - other.place)
    .map(({ each }) => each);
