import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewConsoles } from "../../../src/services/consoles/consoles.ts";
import { instantTimers } from "../zpa/support/instant-timers.ts";
import { aConsoleDesk, anyone, type ConsoleDesk, dora } from "./a-console-desk.ts";

const PLANT = "145260601092866314";

/**
 * Contract: only administrators have consoles made, at every step; what is made is what was shown, each application gets one at most, and every
 * write is in the ledger and read back. After a lost answer nobody is told more than is known.
 */
describe("making consoles", { timeout: 30_000 }, () => {
  let desk: ConsoleDesk;
  beforeEach(async () => {
    desk = await aConsoleDesk({ totalMilliseconds: 1_500 });
  });
  afterEach(() => desk[Symbol.asyncDispose]());

  const room = () => desk.consoles.room({ by: dora, microtenantId: null });
  const wantedOf = async (over: Partial<NewConsoles> = {}): Promise<NewConsoles> => {
    const { applications, portals } = await room();
    return {
      microtenantId: null,
      applicationIds: applications.map(({ id }) => id),
      portalIds: portals.filter(({ name }) => name === "Infrastructure portal").map(({ id }) => id),
      pattern: "{host}",
      ...over,
    };
  };
  /** Two applications without a console: another one's is taken away first. */
  const oneMore = async () => {
    const [known] = await desk.inTenant("mainframe-gateway");
    await desk.zpa.consoles.delete(String(known?.id));
  };

  it("offers the applications that have none, and the portals of the microtenant", async () => {
    const { applications, portals, microtenants, microtenantName } = await room();
    expect(applications).toMatchObject([{ domain: "bench-1.lab.acme.example", protocol: "SSH" }]);
    expect(portals.map(({ name }) => name)).toEqual(["Infrastructure portal", "Plant portal", "Suppliers portal"]);
    expect(microtenantName).toBe("Default");
    expect(microtenants.map(({ name }) => name)).toEqual(["Default", "Plant Rotterdam", "Nordwind Logistics"]);
    const plant = await desk.consoles.room({ by: dora, microtenantId: PLANT });
    expect(plant).toMatchObject({ applications: [], portals: [{ name: "Rotterdam portal" }], microtenantName: "Plant Rotterdam" });
    await expect(desk.consoles.room({ by: dora, microtenantId: "404" })).rejects.toMatchObject({ code: expect.stringMatching(/^zpa_/) });
  });

  it("makes one, on record and read back, and has the catalog read anew", async () => {
    const wanted = await wantedOf();
    const { seal, consoles } = await desk.consoles.plan({ by: dora, wanted });
    expect(consoles).toMatchObject([{ name: "bench-1", application: { domain: "bench-1.lab.acme.example" } }]);
    expect(await desk.ledger()).toEqual([]);
    const made = await desk.consoles.make({ by: dora, wanted, seal });
    expect(made).toMatchObject({ kind: "made", asIntended: true, isRecordedWhole: true });
    expect(made.kind === "made" && made.read).toMatchObject([{ name: "bench-1", enabled: true, portalIds: wanted.portalIds }]);
    expect(await desk.inTenant("bench-1")).toHaveLength(1);
    expect(await desk.ledger()).toEqual([
      { kind: "zpa.console.create.intended", actor: "UDORA", subject: "bench-1" },
      { kind: "zpa.console.create.done", actor: "UDORA", subject: "bench-1" },
    ]);
    expect(desk.enqueued).toEqual(["refresh-catalog"]);
    expect((await room()).applications).toEqual([]);
    expect(desk.catalog.byName("bench-1")).toBeNull();
    await desk.refresh();
    expect(desk.catalog.byName("bench-1")).toMatchObject({ segmentName: expect.any(String), enabled: true });
  });

  it("makes several by one call, all or none", async () => {
    await oneMore();
    const wanted = await wantedOf({ pattern: "{host} ({protocol})" });
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    await desk.tenant.resetCalls({});
    const made = await desk.consoles.make({ by: dora, wanted, seal });
    expect(made.kind === "made" && made.read.map(({ name }) => name).toSorted()).toEqual(["bench-1 (SSH)", "mainframe-gateway (SSH)"]);
    expect((await desk.tenant.state()).calls.POST).toBe(1);
    expect((await desk.ledger()).map(({ kind }) => kind)).toEqual(["zpa.console.create-many.intended", "zpa.console.create-many.done"]);
  });

  it("refuses everybody else at every step, also at the last one of what an administrator began, and sends nothing", async () => {
    const wanted = await wantedOf();
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    desk.admins.clear();
    await desk.tenant.resetCalls({});
    for (const by of [dora, anyone])
      for (const step of [
        () => desk.consoles.room({ by, microtenantId: null }),
        () => desk.consoles.plan({ by, wanted }),
        () => desk.consoles.make({ by, wanted, seal }),
        () => desk.consoles.lookFor({ by, wanted }),
      ])
        await expect(step()).rejects.toMatchObject({ code: "admins_only" });
    desk.admins.add("UDORA");
    desk.left.add("UDORA");
    await expect(desk.consoles.make({ by: dora, wanted, seal })).rejects.toMatchObject({ code: "person_deactivated" });
    expect((await desk.tenant.state()).calls).toEqual({});
    expect(await desk.ledger()).toEqual([]);
    expect(desk.enqueued).toEqual([]);
  });

  it.each<[Partial<NewConsoles>, string, string]>([
    [{ applicationIds: [] }, "console_draft_incomplete", "consoleApplications"],
    [{ portalIds: [] }, "console_draft_incomplete", "consolePortals"],
    [{ pattern: "  " }, "console_draft_incomplete", "consolePattern"],
    [{ pattern: "{hots}" }, "console_pattern_invalid", "consolePattern"],
    [{ pattern: "DB-Prod" }, "console_name_taken", "consolePattern"],
    [{ applicationIds: ["404"] }, "consoles_changed", "consoleApplications"],
    [{ portalIds: ["404"] }, "consoles_changed", "consolePortals"],
  ])("refuses %o with %s at its field", async (over, code, field) => {
    const wanted = await wantedOf(over);
    await expect(desk.consoles.plan({ by: dora, wanted })).rejects.toMatchObject({ code, details: { field } });
  });

  it("gives up before a form has waited too long for ZPA, having sent nothing", async () => {
    const wanted = await wantedOf();
    // By these timers the form has waited before any answer can come over a network.
    await using hurried = await aConsoleDesk({ timers: instantTimers() });
    await expect(hurried.consoles.plan({ by: dora, wanted })).rejects.toMatchObject({ code: "zpa_busy" });
    expect(await hurried.ledger()).toEqual([]);
  });

  it("makes nothing where what was shown is no longer so", async () => {
    const wanted = await wantedOf();
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    await expect(desk.consoles.make({ by: dora, wanted: { ...wanted, pattern: "{domain}" }, seal })).rejects.toMatchObject({
      code: "consoles_changed",
    });
    expect(await desk.ledger()).toEqual([]);
  });

  it("makes one console for an application, however many at once would make it", async () => {
    const wanted = await wantedOf();
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => desk.consoles.make({ by: dora, wanted, seal })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []))).toEqual(Array(3).fill("console_exists"));
    expect(await desk.inTenant("bench-1")).toHaveLength(1);
  });

  it.each([
    ["401", "zpa_not_permitted"],
    ["409", "zpa_busy"],
  ] as const)("says that ZPA refused (%s), in words about consoles, and that it did is on record", async (kind, code) => {
    const wanted = await wantedOf();
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    await desk.tenant.fault({ method: "POST", pathContains: "praConsole", kind, times: 99 });
    await expect(desk.consoles.make({ by: dora, wanted, seal })).rejects.toMatchObject({
      code,
      details: { params: { path: expect.stringMatching(/^praConsole/) } },
    });
    expect((await desk.ledger()).map(({ kind: event }) => event)).toEqual(["zpa.console.create.intended", "zpa.console.create.refused"]);
    expect(await desk.inTenant("bench-1")).toEqual([]);
  });

  it("looks for what a lost answer left behind, and does not make it again", async () => {
    const wanted = await wantedOf();
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    await desk.tenant.fault({ method: "POST", pathContains: "praConsole", kind: "timeout-after-effect", times: 1 });
    const made = await desk.consoles.make({ by: dora, wanted, seal });
    expect(made).toMatchObject({ kind: "unknown", found: [{ name: "bench-1" }], notFound: [] });
    expect((await desk.ledger()).map(({ kind }) => kind)).toEqual(["zpa.console.create.intended", "zpa.console.create.unknown"]);
    expect(desk.enqueued).toEqual(["refresh-catalog"]);
    await expect(desk.consoles.make({ by: dora, wanted, seal })).rejects.toMatchObject({ code: "console_exists" });
    expect(await desk.inTenant("bench-1")).toHaveLength(1);
  });

  it("says that nothing is there after an answer was lost before its effect, and makes it when asked again", async () => {
    const wanted = await wantedOf();
    const { seal } = await desk.consoles.plan({ by: dora, wanted });
    await desk.tenant.fault({ method: "POST", pathContains: "praConsole", kind: "timeout-before-effect", times: 1 });
    expect(await desk.consoles.make({ by: dora, wanted, seal })).toMatchObject({ kind: "unknown", found: [], notFound: ["bench-1"] });
    expect(await desk.consoles.lookFor({ by: dora, wanted })).toMatchObject({ found: [], notFound: ["bench-1"] });
    expect(await desk.consoles.make({ by: dora, wanted, seal })).toMatchObject({ kind: "made" });
    expect(await desk.consoles.lookFor({ by: dora, wanted })).toMatchObject({ found: [{ name: "bench-1" }], notFound: [] });
    expect(await desk.inTenant("bench-1")).toHaveLength(1);
  });
});
