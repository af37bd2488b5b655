import { PortcullisError } from "../../errors.ts";
import { CLIENTLESS, type PolicyRule, type PolicyRuleDraft, REQUIRE_APPROVAL } from "../zpa/policy/policy.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import { type CoverageSegment, coverage, type SegmentCoverage } from "./coverage.ts";
import { matchOf } from "./match-rule.ts";
import { readSegments } from "./read-coverage.ts";

export interface CoverTarget {
  readonly segmentId: string;
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
}

/** A rule that would have privileged approvals on a segment count, as it is shown before anybody confirms it. */
export interface CoverProposal {
  readonly segment: CoverageSegment;
  readonly current: SegmentCoverage;
  /** What the segment would be with the rule in its place. */
  readonly afterwards: SegmentCoverage;
  readonly setId: string;
  readonly draft: PolicyRuleDraft;
  /** The very rule where it stands already, in the wrong place: an earlier attempt that came half-way. */
  readonly standingRuleId: string | null;
  /** From 1. */
  readonly order: number;
  /** The rule that it is to stand before; null is the end. */
  readonly before: { readonly id: string; readonly name: string } | null;
  /** The rule that it is to stand right behind; null is the beginning. */
  readonly behind: { readonly id: string; readonly name: string } | null;
}

type Zpa = Pick<ZpaClient, "applications" | "segments" | "policy">;

/**
 * The narrowest rule that does it: this segment, sessions of a portal, approval needed. It is to stand before the first rule that catches
 * everybody without asking for an approval, and not before rules that let in or keep out some people: those were meant for them.
 *
 * @throws PortcullisError `coverage_segment_unknown` | `coverage_not_needed` | `coverage_not_possible` | `zpa_*`
 */
export async function proposeCover({ applications, segments, policy }: Zpa, target: CoverTarget): Promise<CoverProposal> {
  const { segmentId, microtenantId } = target;
  const segment = (await readSegments({ applications, segments }, target)).find(({ id }) => id === segmentId);
  if (segment === undefined) throw new PortcullisError("coverage_segment_unknown", { params: { segment: segmentId } });
  const { id: setId } = await policy.set("ACCESS_POLICY", { microtenantId });
  const rules = await policy.rules("ACCESS_POLICY", { microtenantId });
  const current = only(coverage([segment], rules));
  refuseUseless(current);
  const draft = draftFor(segment);
  const others = rules.filter((rule) => !isAsDrafted(rule, draft));
  const at = placeIn(others, segment);
  const after = others.slice(at);
  if (after.some(({ isRestricted }) => isRestricted)) throw impossible(segment, "a rule of another product stands after that place");
  return {
    ...{ segment, current, setId, draft },
    afterwards: only(coverage([segment], others.toSpliced(at, 0, asRule(draft)))),
    standingRuleId: rules.find((rule) => isAsDrafted(rule, draft))?.id ?? null,
    order: at + 1,
    before: namedRule(after[0]),
    behind: namedRule(others[at - 1]),
  };
}

const namedRule = (rule: PolicyRule | undefined): CoverProposal["before"] => (rule === undefined ? null : { id: rule.id, name: rule.name });

/**
 * Only where nobody is asked for an approval. Where a rule asks some people for one, a rule for everybody would also let in by any approval
 * those whom that rule was meant to leave out.
 */
export const mayBeCovered = ({ status }: Pick<SegmentCoverage, "status">): boolean => status === "uncovered" || status === "shadowed";

function refuseUseless(current: SegmentCoverage): void {
  const { status, name, reason } = current;
  if (status === "covered") throw new PortcullisError("coverage_not_needed", { params: { segment: name } });
  if (!mayBeCovered(current)) throw impossible({ name }, reason.code);
}

const impossible = ({ name }: { readonly name: string }, reason: string): PortcullisError =>
  new PortcullisError("coverage_not_possible", { params: { segment: name, reason } });

function placeIn(rules: readonly PolicyRule[], segment: CoverageSegment): number {
  const at = rules.findIndex((rule) => rule.isDefault || (rule.action !== REQUIRE_APPROVAL && matchOf(rule, segment).kind === "everybody"));
  return at < 0 ? rules.length : at;
}

const draftFor = ({ id, name }: CoverageSegment): PolicyRuleDraft => ({
  name: `Portcullis - ${plain(name)} - ${id}`.slice(0, 200),
  description: "Privileged approvals on this segment count. Made by Portcullis.",
  action: REQUIRE_APPROVAL,
  customMessage: null,
  conditions: [
    { operator: "OR", negated: false, operands: [{ objectType: "APP", lhs: "id", rhs: id }] },
    // Without it the rule would also ask those for an approval who come by Client Connector.
    { operator: "OR", negated: false, operands: [{ objectType: "CLIENT_TYPE", lhs: "id", rhs: CLIENTLESS }] },
  ],
});

/** ZPA takes letters, digits, blanks, dots, hyphens and underscores in a rule's name. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]/gu, "_").slice(0, 120);

const isAsDrafted = (rule: PolicyRule, { name, action, conditions }: PolicyRuleDraft): boolean =>
  rule.enabled && rule.name === name && rule.action === action && isSame(rule.conditions, conditions);

function isSame(read: PolicyRule["conditions"], wanted: PolicyRuleDraft["conditions"]): boolean {
  const printed = (conditions: PolicyRule["conditions"] | PolicyRuleDraft["conditions"]): string =>
    JSON.stringify(
      conditions.map(({ operator, negated, operands }) => [
        operator,
        negated,
        operands.map(({ objectType, lhs, rhs }) => [objectType, lhs, rhs]),
      ]),
    );
  return printed(read) === printed(wanted);
}

const asRule = ({ conditions, ...draft }: PolicyRuleDraft): PolicyRule => ({
  ...draft,
  id: "",
  order: null,
  enabled: true,
  isDefault: false,
  isRestricted: false,
  operator: "AND",
  conditions: conditions.map((condition) => ({
    ...condition,
    operands: condition.operands.map((operand) => ({ ...operand, name: null })),
  })),
  microtenantId: null,
  raw: {},
});

function only(found: readonly SegmentCoverage[]): SegmentCoverage {
  const [first] = found;
  if (first === undefined) throw new Error("one segment has one coverage");
  return first;
}
