import { describe, expect, it } from "vitest";
import { seedObjects } from "../../../sandbox/zpa/seed.ts";

describe("the landscape of the simulated tenant", () => {
  it("looks like a company's: several consoles on one segment, a disabled one, microtenants, portals with addresses", () => {
    const { consoles, segments, applications, portals, microtenants } = seedObjects({});
    expect(segments.size).toBe(26); // one of them without a console
    expect(consoles.size).toBeGreaterThan(50);
    const perSegment = Map.groupBy(applications.values(), ({ segmentId }) => segmentId);
    expect([...perSegment.values()].filter((shared) => shared.length > 1).length).toBeGreaterThan(10);
    expect([...consoles.values()].filter(({ enabled }) => !enabled).map(({ name }) => name)).toEqual(["db-legacy"]);
    expect([...portals.values()].every(({ domain }) => domain.endsWith(".example"))).toBe(true);
    expect([...microtenants.values()].map(({ privilegedApprovalsEnabled }) => privilegedApprovalsEnabled)).toEqual([true, true, false]);
  });

  it("puts every segment into one of several segment groups, and none spans two microtenants", () => {
    const { segments, segmentGroups } = seedObjects({});
    const members = Map.groupBy(segments.values(), ({ groupId }) => groupId);
    expect([...members.keys()].map((id) => segmentGroups.get(id)?.name)).toContain("Databases");
    expect(members.size).toBeGreaterThan(5);
    for (const group of members.values()) expect(new Set(group.map(({ microtenantId }) => microtenantId)).size).toBe(1);
  });

  it.each([1, 3, 56, 57, 1_000])("has %i consoles when that many are asked for, with names and ids of their own", (count) => {
    const consoles = [...seedObjects({ consoles: count }).consoles.values()];
    expect(consoles).toHaveLength(count);
    expect(new Set(consoles.map(({ name }) => name)).size).toBe(count);
    expect(new Set(consoles.map(({ id }) => id)).size).toBe(count);
  });

  it("is the same for the same options", () => {
    expect(seedObjects({ consoles: 70 })).toEqual(seedObjects({ consoles: 70 }));
  });

  it("can do without microtenants", () => {
    const { microtenants, consoles } = seedObjects({ microtenants: false });
    expect([...microtenants.keys()]).toEqual(["0"]);
    expect([...consoles.values()].every(({ microtenantId }) => microtenantId === null)).toBe(true);
  });
});
