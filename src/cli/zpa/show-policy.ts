import type { Covered } from "../../services/coverage/cover-segment.ts";
import type { SegmentCoverage } from "../../services/coverage/coverage.ts";
import type { CoverProposal } from "../../services/coverage/propose-cover.ts";
import { otherFields } from "../../services/zpa/policy/other-fields.ts";
import type { PolicyCondition, PolicyRule, PolicySet } from "../../services/zpa/policy/policy.ts";
import { maskFields } from "../../services/zpa-admin/mask-secrets.ts";
import { notedRule } from "../../services/zpa-admin/policy-writes.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Shown } from "./frame.ts";
import { factLines, tableLines } from "./table.ts";

const t = textsFor("en").coverage;

/** One rule, with the object as ZPA sent it for programs. */
export const showRule = (rule: PolicyRule): Shown => ({ json: { rule: { ...notedRule(rule), raw: rule.raw } }, lines: ruleLines(rule) });

export const ruleLines = (rule: PolicyRule): readonly string[] =>
  factLines([
    ["Id", rule.id],
    ["Name", rule.name],
    ["Description", rule.description],
    ["Order", rule.order === null ? null : String(rule.order)],
    ["Action", rule.action],
    ["Enabled", rule.enabled ? "yes" : "no"],
    ["Kept by ZPA", rule.isDefault || rule.isRestricted ? "yes" : "no"],
    ["Message", rule.customMessage],
    ...rule.conditions.map((condition, index) => [index === 0 ? "Where" : rule.operator, conditionText(condition)] as const),
    ...Object.entries(maskFields(otherFields(rule.raw))).map(
      ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
    ),
    ["Microtenant", rule.microtenantId ?? "Default"],
  ]);

/** Many, in the order in which ZPA evaluates them. */
export const showRules = (rules: readonly PolicyRule[], width: number | null): Shown => ({
  json: { rules: rules.map(notedRule) },
  lines:
    rules.length === 0
      ? ["No rule."]
      : tableLines(
          ["Order", "Id", "Name", "Action", "Enabled", "Where"],
          rules.map((rule) => [
            rule.order === null ? null : String(rule.order),
            rule.id,
            rule.name,
            rule.action,
            rule.enabled ? "yes" : "no",
            rule.conditions.map(conditionText).join(` ${rule.operator} `) || "everything",
          ]),
          width,
        ),
});

export const showSets = (sets: readonly { readonly type: string; readonly set: PolicySet }[], width: number | null): Shown => ({
  json: { sets: sets.map(({ type, set: { raw: _, ...set } }) => ({ type, ...set })) },
  lines: tableLines(
    ["Type", "Id", "Name", "Enabled"],
    sets.map(({ type, set }) => [type, set.id, set.name, set.enabled ? "yes" : "no"]),
    width,
  ),
});

export const showNames = (key: "clientTypes" | "platforms", names: Readonly<Record<string, string>>): Shown => ({
  json: { [key]: names },
  lines: factLines(Object.entries(names)),
});

export const showCoverage = (segments: readonly SegmentCoverage[], width: number | null): Shown => ({
  json: { segments: segments.map(coverageJson) },
  lines:
    segments.length === 0
      ? ["No application segment with privileged consoles."]
      : tableLines(
          ["Segment", "Name", "Status", "Why"],
          segments.map(({ id, name, status, reason }) => [id, name, t.status[status], t.reason(reason)]),
          width,
        ),
});

const coverageJson = ({ id, name, status, ruleId, reason }: SegmentCoverage) => ({
  ...{ id, name, status, ruleId },
  reason: t.reason(reason),
  reasonCode: reason.code,
});

/** What somebody reads before they confirm it. */
export const proposalLines = ({ current, afterwards, draft, order, before, standingRuleId }: CoverProposal): readonly string[] =>
  factLines([
    ["Segment", `${current.name} (${current.id})`],
    ["Now", `${t.status[current.status]}: ${t.reason(current.reason)}`],
    ["Rule", standingRuleId === null ? draft.name : `${draft.name}, which is there already and is moved`],
    ["Action", draft.action],
    ...draft.conditions.map((condition, index) => [index === 0 ? "Where" : "AND", conditionText(condition)] as const),
    ["Order", before === null ? `${order}, the last` : `${order}, before “${before.name}”`],
    ["Then", `${t.status[afterwards.status]}: ${t.reason(afterwards.reason)}`],
  ]);

export const showCovered = ({ rule, coverage }: Covered): Shown => ({
  json: { segment: coverageJson(coverage), rule: notedRule(rule) },
  lines: [...ruleLines(rule), `${coverage.name}: ${t.status[coverage.status]}. ${t.reason(coverage.reason)}`],
});

type ShownCondition = Pick<PolicyCondition, "operator" | "negated"> & {
  readonly operands: readonly {
    readonly objectType: string;
    readonly lhs: string | null;
    readonly rhs: string | null;
    readonly name?: string | null;
  }[];
};

function conditionText({ operator, negated, operands }: ShownCondition): string {
  const parts = operands.map(
    ({ objectType, lhs, rhs, name }) => `${objectType} ${lhs === "id" ? "" : `${lhs ?? "?"} = `}${name ?? rhs ?? "?"}`,
  );
  const text = parts.join(` ${operator.toLowerCase()} `);
  return negated ? `not (${text})` : text;
}
