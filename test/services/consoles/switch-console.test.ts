import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aConsoleDesk, anyone, type ConsoleDesk, dora } from "./a-console-desk.ts";

describe("finding and switching consoles", { timeout: 30_000 }, () => {
  let desk: ConsoleDesk;
  beforeEach(async () => {
    desk = await aConsoleDesk();
  });
  afterEach(() => desk[Symbol.asyncDispose]());

  const idOf = (name: string): string => desk.catalog.byName(name)?.id ?? "";
  const find = (by: typeof dora, over: object = {}) =>
    desk.consoles.find({ by, place: { words: "", filter: "OPEN", page: 0, ...over }, limit: 10 });

  it("finds for everybody what can be asked for, page by page", async () => {
    const first = await find(anyone);
    expect(first).toMatchObject({ isAdmin: false, total: desk.catalog.size() - 1, place: { page: 0 } });
    const last = await find(anyone, { page: 999 });
    expect(last.place.page).toBe(last.pages - 1);
    const names = new Set<string>();
    for (let page = 0; page < first.pages; page += 1) for (const { name } of (await find(anyone, { page })).consoles) names.add(name);
    expect(names.size).toBe(first.total);
    expect((await find(anyone, { words: "prod db" })).consoles[0]?.name).toBe("db-prod");
  });

  it("finds what is switched off for administrators alone", async () => {
    expect((await find(dora, { filter: "SWITCHED_OFF" })).consoles.map(({ name }) => name)).toEqual(["db-legacy"]);
    const others = await find(anyone, { filter: "SWITCHED_OFF" });
    expect(others.place.filter).toBe("OPEN");
    expect(others.consoles.map(({ name }) => name)).not.toContain("db-legacy");
  });

  it("shows everybody a console, and administrators alone who has access by it", async () => {
    expect(await desk.consoles.look({ by: anyone, consoleId: idOf("db-prod") })).toMatchObject({
      console: { name: "db-prod", portals: [{ name: "Infrastructure portal", url: "https://pra.acme.example" }] },
      alongside: [{ name: "db-prod-replica" }, { name: "db-prod-pgbouncer" }],
      admin: null,
    });
    const { id } = await desk.tenant.addApproval({
      email: "contractor@acme.example",
      minutes: 90,
      segmentId: desk.catalog.byName("db-prod")?.segmentId ?? "",
    });
    expect(await desk.consoles.look({ by: dora, consoleId: idOf("db-prod") })).toMatchObject({
      admin: {
        isEnabled: true,
        access: { ours: [], foreign: [{ zpaId: id, emails: ["contractor@acme.example"] }], read: { from: "zpa" } },
      },
    });
    await expect(desk.consoles.look({ by: dora, consoleId: "404" })).rejects.toMatchObject({ code: "console_unknown" });
    desk.left.add("UANA");
    await expect(find(anyone)).rejects.toMatchObject({ code: "person_deactivated" });
  });

  it("switches one off and on again, on record and read back", async () => {
    const consoleId = idOf("db-prod");
    const off = await desk.consoles.planSwitch({ by: dora, consoleId, to: "disabled" });
    expect(off).toMatchObject({ to: "disabled", access: { ours: [], foreign: [] } });
    expect(await desk.consoles.switch({ by: dora, consoleId, to: "disabled", seal: off.seal })).toMatchObject({
      kind: "switched",
      read: { name: "db-prod", enabled: false },
      asIntended: true,
    });
    await desk.refresh();
    expect(desk.catalog.search("db-prod", 1)[0]?.name).not.toBe("db-prod");
    await expect(desk.consoles.planSwitch({ by: dora, consoleId, to: "disabled" })).rejects.toMatchObject({ code: "change_nothing" });
    const on = await desk.consoles.planSwitch({ by: dora, consoleId, to: "enabled" });
    await desk.consoles.switch({ by: dora, consoleId, to: "enabled", seal: on.seal });
    expect(await desk.inTenant("db-prod")).toMatchObject([{ enabled: true }]);
    expect(await desk.ledger()).toEqual([
      { kind: "zpa.console.disable.intended", actor: "UDORA", subject: consoleId },
      { kind: "zpa.console.disable.done", actor: "UDORA", subject: consoleId },
      { kind: "zpa.console.enable.intended", actor: "UDORA", subject: consoleId },
      { kind: "zpa.console.enable.done", actor: "UDORA", subject: consoleId },
    ]);
    expect(desk.enqueued).toEqual(["refresh-catalog", "refresh-catalog"]);
  });

  it("refuses everybody else, also for what an administrator was shown", async () => {
    const consoleId = idOf("db-prod");
    const { seal } = await desk.consoles.planSwitch({ by: dora, consoleId, to: "disabled" });
    desk.admins.clear();
    for (const by of [dora, anyone]) {
      await expect(desk.consoles.planSwitch({ by, consoleId, to: "disabled" })).rejects.toMatchObject({ code: "admins_only" });
      await expect(desk.consoles.switch({ by, consoleId, to: "disabled", seal })).rejects.toMatchObject({ code: "admins_only" });
    }
    expect(await desk.inTenant("db-prod")).toMatchObject([{ enabled: true }]);
    expect(await desk.ledger()).toEqual([]);
  });

  it("changes nothing of a console that somebody has changed since it was shown", async () => {
    const consoleId = idOf("bms-server");
    const { seal } = await desk.consoles.planSwitch({ by: dora, consoleId, to: "disabled" });
    const current = await desk.zpa.consoles.get(consoleId);
    const { name, enabled, praApplicationId, portalIds, microtenantId } = current;
    await desk.zpa.consoles.update(current, { name, enabled, praApplicationId, portalIds, microtenantId, description: "being moved" });
    await expect(desk.consoles.switch({ by: dora, consoleId, to: "disabled", seal })).rejects.toMatchObject({ code: "consoles_changed" });
    await desk.zpa.consoles.delete(consoleId);
    await expect(desk.consoles.planSwitch({ by: dora, consoleId, to: "disabled" })).rejects.toMatchObject({ code: "consoles_changed" });
  });

  it.each([
    ["timeout-after-effect", false],
    ["timeout-before-effect", true],
  ] as const)("says what stands after the answer was lost (%s)", async (kind, enabled) => {
    await using hasty = await aConsoleDesk({ totalMilliseconds: 600 });
    const consoleId = hasty.catalog.byName("db-prod")?.id ?? "";
    const { seal } = await hasty.consoles.planSwitch({ by: dora, consoleId, to: "disabled" });
    await hasty.tenant.fault({ method: "PUT", pathContains: "praConsole", kind, times: 9 });
    const outcome = await hasty.consoles.switch({ by: dora, consoleId, to: "disabled", seal });
    expect(outcome).toMatchObject({ kind: "unknown", read: { enabled }, name: "db-prod", to: "disabled" });
    expect((await hasty.ledger()).map(({ kind: event }) => event)).toEqual(["zpa.console.disable.intended", "zpa.console.disable.unknown"]);
  });
});
