import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverage } from "../../../src/services/coverage/coverage.ts";
import type { PolicyCondition, PolicyOperand, PolicyRule } from "../../../src/services/zpa/policy/policy.ts";
import { rule } from "./rules.ts";

/**
 * Contract: the analysis never says more than the rules do. Against an interpreter that plays arbitrary people through the rules, top down and
 * first match: `covered` means that everybody's first rule asks for an approval, `uncovered` and `shadowed` that nobody's does, and `shadowed`
 * that one rule catches whoever gets as far, while a later one asks for an approval.
 */
const REQUIRE = "REQUIRE_APPROVAL";

/** What rules can ask of a person and their device, as true or false for each pair of key and value. */
interface Person {
  readonly holds: ReadonlySet<string>;
  readonly client: "exporter" | "browser_isolation";
}

interface Place {
  readonly segmentId: string;
  readonly groupId: string;
  /** How ZPA reads segments and groups in conditions of their own. */
  readonly applications: "as-written" | "either";
}

const keyOf = ({ objectType, lhs, rhs }: PolicyOperand): string => `${objectType} ${lhs} ${rhs}`;

function operandHolds(operand: PolicyOperand, person: Person, place: Place): boolean {
  if (operand.objectType === "APP") return operand.rhs === place.segmentId;
  if (operand.objectType === "APP_GROUP") return operand.rhs === place.groupId;
  if (operand.objectType === "CLIENT_TYPE") {
    return operand.rhs === "zpn_client_type_exporter" ? true : operand.rhs === `zpn_client_type_${person.client}`;
  }
  return person.holds.has(keyOf(operand));
}

function conditionHolds({ operator, negated, operands }: PolicyCondition, person: Person, place: Place): boolean {
  const held = operands.map((operand) => operandHolds(operand, person, place));
  return (operator === "AND" ? held.every(Boolean) : held.some(Boolean)) !== negated;
}

const isWhere = ({ negated, operands }: PolicyCondition): boolean =>
  !negated && operands.every(({ objectType }) => objectType.startsWith("APP"));

function catches({ enabled, operator, conditions }: PolicyRule, person: Person, place: Place): boolean {
  if (!enabled) return false;
  if (conditions.length === 0) return true;
  const where = conditions.filter(isWhere);
  const separate = place.applications === "as-written" || where.length < 2;
  const held = separate
    ? conditions.map((condition) => conditionHolds(condition, person, place))
    : [
        where.some((condition) => conditionHolds(condition, person, place)),
        ...conditions.filter((condition) => !isWhere(condition)).map((condition) => conditionHolds(condition, person, place)),
      ];
  return operator === "AND" ? held.every(Boolean) : held.some(Boolean);
}

const operands: readonly PolicyOperand[] = [
  ...["s1", "s2"].map((rhs) => ({ objectType: "APP", lhs: "id", rhs, name: null })),
  ...["g1", "g2"].map((rhs) => ({ objectType: "APP_GROUP", lhs: "id", rhs, name: null })),
  ...["exporter", "zapp", "browser_isolation"].map((type) => ({
    ...{ objectType: "CLIENT_TYPE", lhs: "id", rhs: `zpn_client_type_${type}`, name: null },
  })),
  { objectType: "SCIM_GROUP", lhs: "idp", rhs: "7", name: null },
  { objectType: "POSTURE", lhs: "disk", rhs: "true", name: null },
  { objectType: "POSTURE", lhs: "disk", rhs: "false", name: null },
  { objectType: "IDP", lhs: "id", rhs: "9", name: null },
];
const joins = fc.constantFrom("AND", "OR");
const conditions: fc.Arbitrary<PolicyCondition> = fc.record({
  operator: joins,
  negated: fc.boolean(),
  operands: fc.array(fc.constantFrom(...operands), { minLength: 1, maxLength: 3 }),
});
const rules: fc.Arbitrary<PolicyRule> = fc
  .record({
    action: fc.constantFrom(REQUIRE, REQUIRE, "ALLOW", "DENY"),
    enabled: fc.constantFrom(true, true, true, false),
    operator: joins,
    conditions: fc.array(conditions, { maxLength: 3 }),
  })
  .map(({ action, ...changes }) => rule(action, changes));
const facts = operands.filter(({ objectType }) => ["SCIM_GROUP", "POSTURE", "IDP"].includes(objectType)).map(keyOf);
const people: readonly Person[] = Array.from({ length: 2 ** facts.length }, (_, bits) => ({
  holds: new Set(facts.filter((_fact, index) => (bits & (1 << index)) !== 0)),
})).flatMap((person) => [
  { ...person, client: "exporter" },
  { ...person, client: "browser_isolation" },
]);
/** Every world that is left open: which group the segment is in, when that is not known, and how ZPA reads applications. */
const places = (groupId: string | null): readonly Place[] =>
  (groupId === null ? ["g1", "g2"] : [groupId]).flatMap((each) =>
    (["as-written", "either"] as const).map((applications) => ({ segmentId: "s1", groupId: each, applications })),
  );

describe("the analysis of coverage", () => {
  it("agrees with everybody's walk through the rules", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 5 }), fc.constantFrom("g1", null), (list, groupId) => {
        const [said] = coverage([{ id: "s1", name: "S", groupId, microtenantId: null }], list);
        const walks = places(groupId).flatMap((place) =>
          people.map((person) => ({ first: list.find((each) => catches(each, person, place)), place, person })),
        );
        seen.set(said?.status ?? "", (seen.get(said?.status ?? "") ?? 0) + 1);
        const actions = new Set(walks.map(({ first }) => first?.action));
        if (said?.status === "covered") expect(actions).toEqual(new Set([REQUIRE]));
        if (said?.status === "uncovered" || said?.status === "shadowed") expect(actions).not.toContain(REQUIRE);
        if (said?.status !== "shadowed") return;
        const at = list.findIndex(({ id }) => id === said.ruleId);
        const shadow = list[at];
        expect(walks.every(({ place, person }) => shadow !== undefined && catches(shadow, person, place))).toBe(true);
        expect(list.slice(at + 1).some(({ action }) => action === REQUIRE)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect([...seen.keys()].toSorted()).toEqual(["covered", "shadowed", "uncovered", "unknown"]);
  });
});
