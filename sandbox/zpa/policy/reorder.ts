import { z } from "zod";
import { invalidArgument, resourceNotFound, TenantRefusal } from "../refusal.ts";
import type { MicrotenantId } from "../tenant.ts";
import { putRules, rulesOf, type StoredRule, type TenantWithPolicies } from "./policy-store.ts";

interface Place {
  readonly setId: string;
  readonly microtenantId: MicrotenantId;
}

/** @throws TenantRefusal for the default rule, one of Deception's, and a place before one of those */
export function moveRule(
  tenant: TenantWithPolicies,
  place: Place,
  { ruleId, order }: { readonly ruleId: string; readonly order: string },
): void {
  const rules = rulesOf(tenant, place.setId, place.microtenantId);
  const moved = rules.find(({ id }) => id === ruleId);
  if (moved === undefined) throw resourceNotFound(ruleId);
  if (moved.isDefault) throw ofDefault(ruleId);
  if (moved.isRestricted) throw ofRestricted(ruleId);
  const others = rules.filter((rule) => rule !== moved);
  const movable = others.filter(({ isDefault }) => !isDefault);
  const index = Number(order) - 1;
  if (!Number.isInteger(index) || index < 0 || index > movable.length) throw invalidArgument("newOrder");
  const next = others.toSpliced(index, 0, moved);
  for (const [at, rule] of rules.entries()) if (rule.isRestricted && next[at] !== rule) throw ofRestricted(rule.id);
  putRules(tenant, place, next);
}

const ids = z.array(z.union([z.string(), z.number()]).transform(String));

/** The documented refusals of a bulk reorder. @throws TenantRefusal */
export function orderAll(tenant: TenantWithPolicies, place: Place, body: unknown): void {
  const rules = rulesOf(tenant, place.setId, place.microtenantId);
  const wanted = ids.safeParse(body).data;
  if (wanted === undefined) throw invalidArgument("body");
  if (wanted.length !== rules.length)
    throw new TenantRefusal(400, { id: "invalid.input.length", reason: "resource input length is not valid" });
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const foreign = wanted.find((id) => !known.has(id));
  if (foreign !== undefined) {
    throw new TenantRefusal(400, {
      params: [foreign, place.setId],
      id: "invalid.rule",
      reason: `The ruleId: ${foreign} does not belong to the policySetId: ${place.setId}`,
    });
  }
  const missing = rules.filter(({ id }) => !wanted.includes(id)).map(({ id }) => id);
  if (missing.length > 0) {
    throw new TenantRefusal(400, {
      params: [...missing, place.setId],
      id: "missing.rule",
      reason: `Missing ruleIds: ${missing.join(", ")} from policySet ${place.setId}`,
    });
  }
  const next = wanted.flatMap((id) => known.get(id) ?? []);
  for (const [at, rule] of rules.entries()) {
    if (next[at] === rule) continue;
    if (rule.isDefault) throw ofDefault(rule.id);
    if (rule.isRestricted) throw ofRestricted(rule.id);
  }
  putRules(tenant, place, next);
}

/** @throws TenantRefusal for what can be neither changed nor deleted. For the default rule the real id is not public. */
export function refuseKept({ id, isDefault, isRestricted }: StoredRule, verb: "update" | "delete"): void {
  if (isRestricted) {
    throw new TenantRefusal(400, {
      params: [id],
      id: "restricted.entity",
      reason: `Rule id ${id} is a restricted entity and cannot be modified`,
    });
  }
  if (isDefault && verb === "delete") {
    throw new TenantRefusal(400, {
      params: [id],
      id: "default.rule.delete.notallowed",
      reason: `Deleting not allowed for default rule ${id}`,
    });
  }
}

const ofDefault = (id: string): TenantRefusal =>
  new TenantRefusal(400, { params: [id], id: "default.rule.reorder.notallowed", reason: `Reordering not allowed for default rule ${id}` });

const ofRestricted = (id: string): TenantRefusal =>
  new TenantRefusal(400, { params: [id], id: "restricted.entity", reason: `Rule id ${id} is a restricted entity and cannot be reordered` });
