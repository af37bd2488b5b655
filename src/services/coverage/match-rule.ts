import { CLIENTLESS, type PolicyCondition, type PolicyOperand, type PolicyRule } from "../zpa/policy/policy.ts";

/** What is known of a segment. */
export interface SegmentFacts {
  readonly id: string;
  /** Null while it is not known: every segment has one. */
  readonly groupId: string | null;
}

export type Because = "segment-group" | "criteria";

/** Whom a rule catches of those who open a privileged session on the segment. `some`: it cannot be told from here; it may be all or none. */
export type Match = { readonly kind: "everybody" } | { readonly kind: "nobody" } | { readonly kind: "some"; readonly because: Because };

const everybody: Match = { kind: "everybody" };
const nobody: Match = { kind: "nobody" };
const some = (because: Because): Match => ({ kind: "some", because });

/** Client types that a session of the portal certainly is not. A browser in isolation is left open: a portal may be opened in one. */
const otherClients: ReadonlySet<string | null> = new Set([
  ...[
    "machine_tunnel",
    "edge_connector",
    "zia_inspection",
    "zapp",
    "slogger",
    "ip_anchoring",
    "zapp_partner",
    "branch_connector",
    "vdi",
  ].map((type) => `zpn_client_type_${type}`),
]);

/**
 * Whom an access rule catches on a segment.
 *
 * A rule that has segments in one condition and segment groups in another is read in both ways: the rule as it is written wants both, while
 * ZPA's pages say that a segment *or* its group is enough. Where the two differ, it cannot be told.
 */
export function matchOf(rule: PolicyRule, segment: SegmentFacts): Match {
  if (!rule.enabled) return nobody;
  if (rule.conditions.length === 0) return everybody;
  const written = joined(
    rule.conditions.map((condition) => conditionMatch(condition, segment)),
    rule.operator,
  );
  const applications = rule.conditions.filter(isAboutApplications);
  if (applications.length < 2) return written;
  const either = joined(
    applications.map((condition) => conditionMatch(condition, segment)),
    "OR",
  );
  const others = rule.conditions
    .filter((condition) => !isAboutApplications(condition))
    .map((condition) => conditionMatch(condition, segment));
  const merged = joined([either, ...others], rule.operator);
  return written.kind === merged.kind ? written : some("criteria");
}

/** What stands in such a condition, and is not turned around, is where a rule applies. */
const isAboutApplications = ({ negated, operands }: PolicyCondition): boolean =>
  !negated && operands.length > 0 && operands.every(({ objectType }) => objectType === "APP" || objectType === "APP_GROUP");

function conditionMatch({ operator, negated, operands }: PolicyCondition, segment: SegmentFacts): Match {
  // Nothing says what ZPA makes of a condition about nothing.
  if (operands.length === 0) return some("criteria");
  const match = joined(
    operands.map((operand) => operandMatch(operand, segment)),
    operator,
  );
  return negated ? opposite(match) : match;
}

function operandMatch({ objectType, lhs, rhs }: PolicyOperand, { id, groupId }: SegmentFacts): Match {
  if (lhs !== "id" || rhs === null) return some("criteria");
  switch (objectType) {
    case "APP":
      return rhs === id ? everybody : nobody;
    case "APP_GROUP":
      if (groupId === null) return some("segment-group");
      return rhs === groupId ? everybody : nobody;
    case "CLIENT_TYPE":
      if (rhs === CLIENTLESS) return everybody;
      return otherClients.has(rhs) ? nobody : some("criteria");
    default:
      return some("criteria");
  }
}

/** By AND or OR; of one alone the word does not matter, and by a word that is not known only what all say can be said. */
function joined(matches: readonly Match[], operator: string): Match {
  const isOf = (kind: Match["kind"]) => (match: Match) => match.kind === kind;
  if (matches.every(isOf("everybody"))) return everybody;
  if (matches.every(isOf("nobody"))) return nobody;
  if (operator === "AND" && matches.some(isOf("nobody"))) return nobody;
  if (operator === "OR" && matches.some(isOf("everybody"))) return everybody;
  return matches.find(isOf("some")) ?? some("criteria");
}

function opposite(match: Match): Match {
  if (match.kind === "some") return match;
  return match.kind === "everybody" ? nobody : everybody;
}
