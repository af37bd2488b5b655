import { z } from "zod";
import { invalidArgument, TenantRefusal } from "../refusal.ts";
import type { MicrotenantId } from "../tenant.ts";
import type { StoredCondition, StoredOperand, StoredPolicySet, StoredRule, TenantWithPolicies } from "./policy-store.ts";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const entry = z.object({ lhs: text, rhs: text });
const operandsV1 = z.array(z.object({ objectType: z.string(), lhs: text, rhs: text }));
const operandsV2 = z.array(
  z.object({ objectType: z.string(), values: z.array(text).nullish(), entryValues: z.array(entry).nullish() }).transform(spread),
);
const joined = z
  .enum(["AND", "OR"])
  .nullish()
  .transform((operator) => operator ?? "OR");
const conditionsOf = (operands: z.ZodType<readonly StoredOperand[]>): z.ZodType<readonly StoredCondition[]> =>
  z.array(
    z.object({
      operator: joined,
      negated: z
        .boolean()
        .nullish()
        .transform((negated) => negated ?? false),
      operands,
    }),
  );
const conditions = { 1: conditionsOf(operandsV1), 2: conditionsOf(operandsV2.transform((operands) => operands.flat())) } as const;

function spread({
  objectType,
  values,
  entryValues,
}: {
  readonly objectType: string;
  readonly values?: readonly string[] | null | undefined;
  readonly entryValues?: readonly { readonly lhs: string; readonly rhs: string }[] | null | undefined;
}): readonly StoredOperand[] {
  return [
    ...(values ?? []).map((rhs) => ({ objectType, lhs: "id", rhs })),
    ...(entryValues ?? []).map(({ lhs, rhs }) => ({ objectType, lhs, rhs })),
  ];
}

/** What ZPA sets itself, or what has a place of its own here: nothing of it is kept as it was sent. */
const own: ReadonlySet<string> = new Set([
  ...["id", "policySetId", "policyType", "operator", "conditions", "name", "description", "action", "customMsg", "ruleOrder", "priority"],
  ...["creationTime", "modifiedTime", "modifiedBy", "defaultRule", "restrictedEntity", "disabled", "microtenantId", "microtenantName"],
  "auditMessage",
]);

/** What a create or an update sets. What is left out is empty afterwards: an update is of the whole rule. */
export type RuleFields = Pick<StoredRule, "name" | "description" | "action" | "customMsg" | "disabled" | "conditions" | "fields">;

/** @throws TenantRefusal for a missing name, another set's action, and conditions of another shape or about what is not there */
export function ruleFields(
  tenant: TenantWithPolicies,
  body: unknown,
  { version, set, microtenantId }: { readonly version: 1 | 2; readonly set: StoredPolicySet; readonly microtenantId: MicrotenantId },
): RuleFields {
  const sent = z.record(z.string(), z.unknown()).safeParse(body).data;
  if (sent === undefined) throw invalidArgument("body");
  const wanted = conditions[version].safeParse(sent.conditions ?? []);
  if (!wanted.success) throw invalidArgument("conditions");
  const stored = wanted.data;
  refuseUnknownObjects(tenant, stored, microtenantId);
  const action = optional(sent.action, "action") ?? set.actions[0] ?? "ALLOW";
  if (!set.actions.includes(action)) throw invalidArgument("action");
  const name = optional(sent.name, "name");
  if (name === null || name.trim() === "") throw invalidArgument("name");
  return {
    name,
    description: optional(sent.description, "description"),
    action,
    customMsg: optional(sent.customMsg, "customMsg"),
    disabled: sent.disabled === "1" || sent.disabled === 1 || sent.disabled === true,
    conditions: stored,
    fields: Object.fromEntries(Object.entries(sent).filter(([key]) => !own.has(key))),
  };
}

/** @throws TenantRefusal `policy.invalid.mapping.input`: only the id is public, its sentence is not */
function refuseUnknownObjects({ objects }: TenantWithPolicies, wanted: readonly StoredCondition[], microtenantId: MicrotenantId): void {
  const segments = [...objects.segments.values()].filter((segment) => segment.microtenantId === microtenantId);
  const known: Readonly<Record<string, ReadonlySet<string>>> = {
    APP: new Set([...segments.map(({ id }) => id), "216196257331399999"]),
    APP_GROUP: new Set(segments.map(({ groupId }) => groupId)),
    CONSOLE: new Set([...objects.consoles.values()].filter((each) => each.microtenantId === microtenantId).map(({ id }) => id)),
  };
  for (const { objectType, rhs } of wanted.flatMap(({ operands }) => operands)) {
    if (known[objectType]?.has(rhs) === false) {
      throw new TenantRefusal(400, {
        params: [rhs],
        id: "policy.invalid.mapping.input",
        reason: `Invalid mapping input ${objectType} ${rhs}.`,
      });
    }
  }
}

function optional(value: unknown, field: string): string | null {
  const { success, data } = z.string().nullish().safeParse(value);
  if (!success) throw invalidArgument(field);
  return data === undefined || data === "" ? null : data;
}
