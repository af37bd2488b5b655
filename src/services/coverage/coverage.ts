import { type PolicyRule, REQUIRE_APPROVAL } from "../zpa/policy/policy.ts";
import { type Because, matchOf, type SegmentFacts } from "./match-rule.ts";

export type CoverageStatus = "covered" | "uncovered" | "shadowed" | "unknown";

/** Why, as a code; the sentence is in the texts. `rule` is the one that decides, `covering` the one that asks for an approval. */
export type CoverageReason =
  | { readonly code: "covered_by"; readonly rule: string }
  /** No rule that asks for an approval can apply. */
  | { readonly code: "no_rule" }
  | { readonly code: "shadowed_by"; readonly rule: string; readonly action: string; readonly covering: string }
  /** Some people may meet this rule before the one that asks for an approval. */
  | { readonly code: "earlier_rule_for_some"; readonly rule: string; readonly action: string; readonly covering: string }
  /** The rule that asks for an approval is for some people only, or says so in words that are not known here. */
  | { readonly code: "approval_for_some"; readonly rule: string }
  /** A rule names segment groups, and ZPA did not say in which one the segment is. */
  | { readonly code: "segment_group_unknown"; readonly rule: string }
  /** A rule does something that is not known here. */
  | { readonly code: "action_unknown"; readonly rule: string; readonly action: string }
  /** Several microtenants list the segment, and their rules do not say the same of it. */
  | { readonly code: "microtenants_differ" }
  /** The API client may not read policies, or ZPA could not be asked. */
  | { readonly code: "rules_not_read"; readonly error: string }
  /** Nobody has looked yet. */
  | { readonly code: "not_checked" };

export interface CoverageSegment extends SegmentFacts {
  readonly name: string;
  readonly microtenantId: string | null;
}

export interface SegmentCoverage {
  readonly id: string;
  readonly name: string;
  readonly microtenantId: string | null;
  readonly status: CoverageStatus;
  readonly ruleId: string | null;
  readonly reason: CoverageReason;
}

type Verdict = Pick<SegmentCoverage, "status" | "ruleId" | "reason">;

/** A rule that some may meet. */
interface Possible {
  readonly rule: PolicyRule;
  readonly because: Because;
}

const ALLOW_OR_DENY: ReadonlySet<string | null> = new Set(["ALLOW", "DENY"]);

/**
 * Whether a privileged approval on each segment does anything: ZPA goes by the first rule of access that matches ("Policy Evaluation Order"),
 * and an approval counts only where that one says REQUIRE_APPROVAL.
 *
 * Says no more than follows from the rules: *covered* when everybody meets such a rule first, *uncovered* when nobody does, *shadowed* when
 * nobody does although there is one, because an earlier rule catches everybody, else *unknown*. Conditions about people, devices and places
 * cannot be decided here. The session is a clientless one, as those of portals are. Where segments overlap, ZPA first picks the most
 * specific one: what is said here is of the segment that is picked.
 *
 * @param rules those of the segments' microtenant, in the order in which ZPA evaluates them
 */
export const coverage = (segments: readonly CoverageSegment[], rules: readonly PolicyRule[]): readonly SegmentCoverage[] =>
  segments.map((segment) => {
    const { id, name, microtenantId } = segment;
    return { id, name, microtenantId, ...verdictOf(segment, rules) };
  });

function verdictOf(segment: SegmentFacts, rules: readonly PolicyRule[]): Verdict {
  const possible: Possible[] = [];
  for (const [index, rule] of rules.entries()) {
    const match = matchOf(rule, segment);
    if (match.kind === "nobody") continue;
    if (match.kind === "some") possible.push({ rule, because: match.because });
    else if (rule.action === REQUIRE_APPROVAL) return endsInApproval(rule, possible);
    else return endsOtherwise(rule, { possible, later: rules.slice(index + 1), segment });
  }
  return withoutEnd(possible);
}

/** Everybody who met none of the rules before meets this one, which asks for an approval. */
function endsInApproval(rule: PolicyRule, possible: readonly Possible[]): Verdict {
  const otherwise = possible.find((each) => each.rule.action !== REQUIRE_APPROVAL);
  if (otherwise !== undefined) return unknown(otherwise, rule.name);
  return { status: "covered", ruleId: rule.id, reason: { code: "covered_by", rule: rule.name } };
}

/** Everybody who met none of the rules before meets this one, which does not ask for an approval. */
function endsOtherwise(
  rule: PolicyRule,
  {
    possible,
    later,
    segment,
  }: { readonly possible: readonly Possible[]; readonly later: readonly PolicyRule[]; readonly segment: SegmentFacts },
): Verdict {
  const asking = possible.find((each) => !ALLOW_OR_DENY.has(each.rule.action));
  if (asking !== undefined) return unknown(asking, rule.name);
  if (!ALLOW_OR_DENY.has(rule.action)) return { status: "unknown", ruleId: rule.id, reason: actionUnknown(rule) };
  const covering = later.find((each) => each.action === REQUIRE_APPROVAL && matchOf(each, segment).kind !== "nobody");
  if (covering === undefined) return { status: "uncovered", ruleId: null, reason: { code: "no_rule" } };
  const reason = { code: "shadowed_by", rule: rule.name, action: rule.action ?? "", covering: covering.name } as const;
  return { status: "shadowed", ruleId: rule.id, reason };
}

/** Whoever meets no rule is blocked. */
function withoutEnd(possible: readonly Possible[]): Verdict {
  const asking = possible.find((each) => !ALLOW_OR_DENY.has(each.rule.action));
  return asking === undefined ? { status: "uncovered", ruleId: null, reason: { code: "no_rule" } } : unknown(asking, asking.rule.name);
}

function unknown({ rule, because }: Possible, covering: string): Verdict {
  const of = (reason: CoverageReason): Verdict => ({ status: "unknown", ruleId: rule.id, reason });
  if (because === "segment-group") return of({ code: "segment_group_unknown", rule: rule.name });
  if (rule.action === REQUIRE_APPROVAL) return of({ code: "approval_for_some", rule: rule.name });
  if (!ALLOW_OR_DENY.has(rule.action)) return of(actionUnknown(rule));
  return of({ code: "earlier_rule_for_some", rule: rule.name, action: rule.action ?? "", covering });
}

const actionUnknown = (rule: PolicyRule): CoverageReason => ({ code: "action_unknown", rule: rule.name, action: rule.action ?? "" });
