import { describe, expect, it } from "vitest";
import { joinCatalog, type ListedConsole, type MicrotenantListing } from "../../../src/services/catalog/join-catalog.ts";
import type { PraApplication } from "../../../src/services/zpa/zpa-client.ts";

const application = (id: string, change: Partial<PraApplication> = {}): PraApplication => ({
  id,
  segmentId: `segment-of-${id}`,
  name: `${id}.corp.example`,
  domain: `${id}.corp.example`,
  protocol: "RDP",
  port: "3389",
  enabled: true,
  microtenantId: null,
  ...change,
});

const praConsole = (id: string, praApplicationId: string, change: Partial<ListedConsole> = {}): ListedConsole => ({
  id,
  name: `console ${id}`,
  description: null,
  enabled: true,
  praApplicationId,
  portalIds: ["p1"],
  microtenantId: null,
  ...change,
});

const listing = (id: string, change: Partial<Omit<MicrotenantListing, "microtenant">> = {}): MicrotenantListing => ({
  microtenant: { id, name: id === "0" ? "Default" : `Microtenant ${id}`, enabled: true, privilegedApprovalsEnabled: id !== "9" },
  applications: [],
  segments: [],
  consoles: [],
  portals: [],
  ...change,
});

const portal = { id: "p1", name: "Portal", domain: "pra.example.com", enabled: true, microtenantId: null };

describe("joining what ZPA lists", () => {
  it("says to which segment group a console belongs, and nothing where ZPA does not", () => {
    const { consoles } = joinCatalog([
      listing("0", {
        applications: [application("a1"), application("a2")],
        segments: [{ id: "segment-of-a1", segmentGroupId: "g1", segmentGroupName: "Databases" }],
        consoles: [praConsole("c1", "a1"), praConsole("c2", "a2")],
      }),
    ]);
    expect(consoles).toMatchObject([
      { id: "c1", segmentGroupId: "g1", segmentGroupName: "Databases" },
      { id: "c2", segmentGroupId: null, segmentGroupName: null },
    ]);
  });

  it("names the segment of a console by its application, and the page that people open", () => {
    const { consoles } = joinCatalog([
      listing("0", { applications: [application("a1")], consoles: [praConsole("c1", "a1")], portals: [portal] }),
    ]);
    expect(consoles).toEqual([
      {
        id: "c1",
        name: "console c1",
        description: null,
        enabled: true,
        segmentId: "segment-of-a1",
        segmentName: "a1.corp.example",
        segmentGroupId: null,
        segmentGroupName: null,
        microtenantId: null,
        microtenantName: "Default",
        privilegedApprovalsEnabled: true,
        protocol: "RDP",
        domain: "a1.corp.example",
        portals: [{ id: "p1", name: "Portal", url: "https://pra.example.com" }],
      },
    ]);
  });

  it("leaves out and counts consoles whose application is not listed", () => {
    expect(joinCatalog([listing("0", { consoles: [praConsole("c1", "gone")] })])).toEqual({ consoles: [], withoutSegment: 1 });
  });

  it("keeps microtenants apart, and says where privileged approvals are switched off", () => {
    const { consoles } = joinCatalog([
      listing("0"),
      listing("9", { applications: [application("a1")], consoles: [praConsole("c1", "a1", { microtenantId: "9" })] }),
    ]);
    expect(consoles[0]).toMatchObject({ microtenantId: "9", microtenantName: "Microtenant 9", privilegedApprovalsEnabled: false });
  });

  it("counts a console that two microtenants list once, where it belongs", () => {
    const shared = { applications: [application("a1")], consoles: [praConsole("c1", "a1", { microtenantId: "7" })] };
    const { consoles } = joinCatalog([listing("0", shared), listing("7", shared)]);
    expect(consoles.map(({ id, microtenantId }) => [id, microtenantId])).toEqual([["c1", "7"]]);
  });

  it.each([
    ["the console", { consoles: [praConsole("c1", "a1", { enabled: false })], applications: [application("a1")] }],
    ["its application", { consoles: [praConsole("c1", "a1")], applications: [application("a1", { enabled: false })] }],
  ])("switches a console off with %s", (_, lists) => {
    expect(joinCatalog([listing("0", lists)]).consoles[0]?.enabled).toBe(false);
  });

  it.each([
    ["a portal that is switched off", { ...portal, enabled: false }, []],
    ["a portal without a domain", { ...portal, domain: null }, [{ id: "p1", name: "Portal", url: null }]],
    ["a domain that is none", { ...portal, domain: "not a domain" }, [{ id: "p1", name: "Portal", url: null }]],
  ])("makes no address of %s", (_, given, expected) => {
    const lists = { applications: [application("a1")], consoles: [praConsole("c1", "a1")], portals: [given] };
    expect(joinCatalog([listing("0", lists)]).consoles[0]?.portals).toEqual(expected);
  });
});
