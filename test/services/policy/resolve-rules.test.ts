import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupByRules, resolveRules, type StoredRules, scopesOf } from "../../../src/services/policy/resolve-rules.ts";
import { SETTINGS_RULES } from "../../../src/services/policy/route.ts";
import { APPROVAL_TYPE, SCOPES, type Scope } from "../../../src/services/policy/rules.ts";
import { consoleLike } from "../catalog/console.ts";

/** The priority tells the scopes' rules apart. */
const stored = (scope: Scope, scopeId: string, body: unknown = {}, revision = 1): StoredRules => ({ scope, scopeId, body, revision });

const segmentId = fc.constantFrom("s1", "s2", "s3", "s4");
const groupOfSegment = (segment: string): string => (segment < "s3" ? "g1" : "g2");
const console = fc
  .record({ name: fc.uuid(), segmentId, microtenantId: fc.constantFrom(null, "m1") })
  .map((over) => consoleLike({ ...over, segmentGroupId: groupOfSegment(over.segmentId) }));

const anyScope: fc.Arbitrary<[Scope, string]> = fc.oneof(
  segmentId.map((id): [Scope, string] => ["APPLICATION_SEGMENT", id]),
  fc.constantFrom("g1", "g2").map((id): [Scope, string] => ["SEGMENT_GROUP", id]),
  fc.constantFrom("0", "m1").map((id): [Scope, string] => ["MICROTENANT", id]),
  fc.constant<[Scope, string]>(["APPROVAL_TYPE", APPROVAL_TYPE]),
  fc.constant<[Scope, string]>(["TENANT", ""]),
  fc.constant<[Scope, string]>(["APPROVAL_REQUEST", "a1"]),
);
const table = fc
  .uniqueArray(anyScope, { selector: (key) => key.join(" "), maxLength: 12 })
  .map((keys) => keys.map(([scope, scopeId], place) => stored(scope, scopeId, { longestWindowHours: place + 1 }, place + 1)));

describe("the rules for a console", () => {
  it("are those of the narrowest scope that has any, whole", () => {
    fc.assert(
      fc.property(console, table, (each, rows) => {
        const { source, rules } = resolveRules(each, rows);
        const own = scopesOf(each).flatMap((key) => rows.filter(({ scope, scopeId }) => scope === key.scope && scopeId === key.scopeId));
        const narrowest = own.toSorted((a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope))[0];
        if (narrowest === undefined) {
          expect([source.scope, rules]).toEqual(["SETTINGS", SETTINGS_RULES]);
          return;
        }
        expect(source).toEqual({ scope: narrowest.scope, scopeId: narrowest.scopeId, revision: narrowest.revision });
        expect(rules).toEqual({ ...SETTINGS_RULES, ...(narrowest.body as object) });
      }),
    );
  });

  it("do not depend on the order in which the rows come", () => {
    const shuffled = table.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(
      fc.property(console, shuffled, (each, [rows, otherOrder]) => {
        expect(resolveRules(each, otherOrder)).toEqual(resolveRules(each, rows));
      }),
    );
  });

  it("are never mixed with those of a wider scope: what is left out is the default", () => {
    const rows = [
      stored("TENANT", "", { ticketPattern: "OPS-", ask: { who: ["UANA"] } }),
      stored("SEGMENT_GROUP", "g1", { priority: "HIGH" }),
    ];
    const { rules } = resolveRules(consoleLike({ name: "db", segmentId: "s1", segmentGroupId: "g1" }), rows);
    expect(rules).toEqual({ ...SETTINGS_RULES, priority: "HIGH" });
  });

  it("of the Default microtenant stand under ZPA's id for it", () => {
    const rows = [stored("MICROTENANT", "0"), stored("TENANT", "")];
    expect(resolveRules(consoleLike({ name: "db", microtenantId: null }), rows).source.scope).toBe("MICROTENANT");
    expect(resolveRules(consoleLike({ name: "db", microtenantId: "7" }), rows).source.scope).toBe("TENANT");
  });

  it("are refused, never passed over for wider ones, when they cannot be read", () => {
    const rows = [stored("APPLICATION_SEGMENT", "s1", { approvers: "everybody" }), stored("TENANT", "")];
    const refusal = () => resolveRules(consoleLike({ name: "db", segmentId: "s1" }), rows);
    expect(refusal).toThrow(
      expect.objectContaining({
        code: "rules_unreadable",
        details: {
          params: expect.objectContaining({ scope: "APPLICATION_SEGMENT", scopeId: "s1", problem: expect.stringContaining("approvers") }),
        },
      }),
    );
    expect(resolveRules(consoleLike({ name: "web", segmentId: "s2" }), rows).source.scope).toBe("TENANT");
  });

  it("are not guessed where the segment's group is not known and a group has rules", () => {
    const lost = consoleLike({ name: "db", segmentId: "s1", segmentGroupId: null });
    const group = stored("SEGMENT_GROUP", "g1");
    expect(() => resolveRules(lost, [group, stored("TENANT", "")])).toThrow("segment_group_unknown");
    expect(resolveRules(lost, [group, stored("APPLICATION_SEGMENT", "s1")]).source.scope).toBe("APPLICATION_SEGMENT");
    expect(resolveRules(lost, [stored("TENANT", "")]).source.scope).toBe("TENANT");
  });
});

describe("dividing consoles by their rules", () => {
  /** All consoles of a segment are in one microtenant, as ZPA has it but for what microtenants share. */
  const consoles = fc
    .uniqueArray(console, { selector: ({ name }) => name, maxLength: 12 })
    .map((all) => all.map((each) => ({ ...each, microtenantId: each.segmentId === "s4" ? "m1" : null })));

  it("loses none, takes none twice, and keeps those of one segment together", () => {
    fc.assert(
      fc.property(consoles, table, (asked, rows) => {
        const parts = groupByRules(asked, (id) => asked.filter((each) => each.segmentId === id), rows);
        expect(parts.flatMap((part) => part.consoles).toSorted(byName)).toEqual(asked.toSorted(byName));
        expect(new Set(parts.map(({ source }) => JSON.stringify(source))).size).toBe(parts.length);
        for (const part of parts) {
          expect(part.consoles.length).toBeGreaterThan(0);
          for (const each of part.consoles) expect(resolveRules(each, rows).source).toEqual(part.source);
        }
        const segments = parts.flatMap((part) => [...new Set(part.consoles.map((each) => each.segmentId))]);
        expect(new Set(segments).size).toBe(segments.length);
      }),
    );
  });

  it("keeps the order in which they were asked for", () => {
    const [a, b, c] = ["s1", "s3", "s2"].map((id) => consoleLike({ name: id, segmentId: id, segmentGroupId: groupOfSegment(id) }));
    const rows = [stored("SEGMENT_GROUP", "g1"), stored("SEGMENT_GROUP", "g2")];
    const parts = groupByRules(
      [a, b, c].flatMap((each) => each ?? []),
      () => [],
      rows,
    );
    expect(parts.map((part) => part.consoles.map(({ name }) => name))).toEqual([["s1", "s2"], ["s3"]]);
  });

  it("is refused when a console that nobody asked for opens along and falls under other rules", () => {
    const asked = consoleLike({ name: "shared-a", segmentId: "s1", segmentGroupId: "g1", microtenantId: null });
    const along = consoleLike({ name: "shared-b", segmentId: "s1", segmentGroupId: "g1", microtenantId: "m1" });
    const strict = stored("MICROTENANT", "m1", { approvers: ["UBEN"] });
    const divide = (rows: StoredRules[]) => groupByRules([asked], () => [asked, along], rows);
    expect(() => divide([strict])).toThrow(
      expect.objectContaining({
        code: "rules_differ_on_segment",
        details: { field: "consoles", params: { console: "shared-a", other: "shared-b" } },
      }),
    );
    expect(divide([strict, stored("APPLICATION_SEGMENT", "s1")]).map(({ source }) => source.scope)).toEqual(["APPLICATION_SEGMENT"]);
  });
});

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name);
