import { type Covered, coverSegment, readCovered } from "../coverage/cover-segment.ts";
import type { CoverProposal } from "../coverage/propose-cover.ts";
import { holds, otherFields } from "../zpa/policy/other-fields.ts";
import type { PolicyApi, PolicyRule, PolicyRuleChange, PolicyRuleDraft, PolicyType, PolicyVersion } from "../zpa/policy/policy.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import { maskFields } from "./mask-secrets.ts";
import { readGone } from "./read-gone.ts";
import type { AdminWrite } from "./record-write.ts";

const object = "policy-rule";

/** Where a rule is. */
export interface RulePlace {
  readonly setId: string;
  readonly type: PolicyType;
  readonly microtenantId: string | null;
}

/** A rule made, as the last one of its set. */
export const ruleToCreate = (
  policy: PolicyApi,
  place: RulePlace,
  { draft, version }: { readonly draft: PolicyRuleDraft; readonly version: PolicyVersion },
): AdminWrite<{ readonly id: string }, PolicyRule> => ({
  object,
  verb: "create",
  subject: draft.name,
  before: null,
  intended: { type: place.type, microtenantId: place.microtenantId, ...draft },
  write: () => policy.createRule(place.setId, draft, { version, microtenantId: place.microtenantId }),
  readBack: ({ id }) => policy.rule(place.setId, id, place),
  noted: notedRule,
  asIntended: (read) => isAs(read, { ...draft, enabled: true }),
});

/** A rule changed. `current` is what was looked at: it is sent back with the change over it. */
export const ruleToUpdate = (
  policy: PolicyApi,
  { setId }: RulePlace,
  { current, change, version }: { readonly current: PolicyRule; readonly change: PolicyRuleChange; readonly version: PolicyVersion },
): AdminWrite<void, PolicyRule> => ({
  object,
  verb: "update",
  subject: current.id,
  before: notedRule(current),
  intended: { ...change },
  write: () => policy.updateRule(setId, current, change, { version }),
  readBack: () => policy.rule(setId, current.id, current),
  noted: notedRule,
  asIntended: (read) => isAs(read, { ...current, ...change }),
});

/** A rule deleted. */
export const ruleToDelete = (policy: PolicyApi, { setId }: RulePlace, current: PolicyRule): AdminWrite<void, PolicyRule | null> => ({
  object,
  verb: "delete",
  subject: current.id,
  before: notedRule(current),
  intended: null,
  write: () => policy.deleteRule(setId, current.id, current),
  readBack: () => readGone(() => policy.rule(setId, current.id, current)),
  noted: (read) => (read === null ? { gone: true } : notedRule(read)),
  asIntended: (read) => read === null,
});

/** A rule moved to another place, from 1. */
export const ruleToMove = (
  policy: PolicyApi,
  { setId }: RulePlace,
  { current, order }: { readonly current: PolicyRule; readonly order: number },
): AdminWrite<void, PolicyRule> => ({
  object,
  verb: "reorder",
  subject: current.id,
  before: notedRule(current),
  intended: { order },
  write: () => policy.reorder(setId, current.id, order, current),
  readBack: () => policy.rule(setId, current.id, current),
  noted: notedRule,
  asIntended: (read) => read.order === order,
});

/** All rules of a set put into another order. */
export const rulesToOrder = (
  policy: PolicyApi,
  place: RulePlace,
  { current, ruleIds }: { readonly current: readonly PolicyRule[]; readonly ruleIds: readonly string[] },
): AdminWrite<void, readonly PolicyRule[]> => ({
  object,
  verb: "reorder-all",
  subject: place.type,
  before: { order: current.map(({ id }) => id) },
  intended: { order: ruleIds },
  write: () => policy.reorderAll(place.setId, ruleIds, place),
  readBack: () => policy.rules(place.type, place),
  noted: (read) => ({ order: read.map(({ id }) => id) }),
  asIntended: (read) => read.map(({ id }) => id).join() === ruleIds.join(),
});

/** The rule made that has privileged approvals on a segment count, in its place. */
export const segmentToCover = (
  zpa: Pick<ZpaClient, "applications" | "segments" | "policy">,
  shown: CoverProposal,
): AdminWrite<{ readonly ruleId: string }, Covered> => ({
  object,
  verb: "cover",
  subject: shown.segment.id,
  before: { status: shown.current.status, reason: shown.current.reason },
  intended: { order: shown.order, before: shown.before, ...shown.draft },
  write: () => coverSegment(zpa, shown),
  readBack: ({ ruleId }) => readCovered(zpa, shown, ruleId),
  noted: ({ rule, coverage: { status, reason } }) => ({ ...notedRule(rule), status, reason }),
  asIntended: ({ rule, coverage }) => rule.order === shown.order && coverage.status === shown.afterwards.status,
});

/**
 * All that ledger and answers say of a rule. Of the object as ZPA sent it, `fields` has what this type of policy is about, such as the
 * credential that a rule has typed in.
 */
export const notedRule = ({ raw, ...rule }: PolicyRule): Record<string, unknown> => ({ ...rule, fields: maskFields(otherFields(raw)) });

type Conditions = PolicyRuleDraft["conditions"] | PolicyRule["conditions"];

interface Wanted extends Pick<PolicyRuleDraft, "name" | "description" | "customMessage" | "fields"> {
  readonly action: string | null;
  readonly conditions: Conditions;
  /** Unless `fields` says otherwise, in ZPA's word `disabled`. */
  readonly enabled: boolean;
}

const isAs = (read: PolicyRule, { fields: { disabled, ...fields } = {}, ...wanted }: Wanted): boolean =>
  read.name === wanted.name &&
  (read.description ?? "") === (wanted.description ?? "") &&
  read.action === wanted.action &&
  (read.customMessage ?? "") === (wanted.customMessage ?? "") &&
  read.enabled === (disabled === undefined ? wanted.enabled : !["1", "true"].includes(String(disabled))) &&
  Object.entries(fields).every(([key, sent]) => holds(read.raw[key], sent)) &&
  conditionsText(read.conditions) === conditionsText(wanted.conditions);

/** Operands of a condition have no order: version 2 groups them. */
const conditionsText = (conditions: Conditions): string =>
  JSON.stringify(
    conditions.map(({ operator, negated, operands }) => [
      operator,
      negated,
      operands.map(({ objectType, lhs, rhs }) => [objectType, lhs, rhs].join(" ")).toSorted(),
    ]),
  );
