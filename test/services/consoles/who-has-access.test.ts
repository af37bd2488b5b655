import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whoHasAccess } from "../../../src/services/consoles/who-has-access.ts";
import { aReconciler, type Reconciler } from "../access/reconcile/a-reconciler.ts";

const HOUR = 3_600_000;

/** Contract: whoever has access by a segment is named, ours with their request; what is not known of it is never passed off as nothing. */
describe("who has access by a segment", () => {
  let house: Reconciler;
  beforeEach(async () => {
    house = await aReconciler();
  });
  afterEach(() => house.close());
  const ask = (segmentId = "seg-1", microtenantId: string | null = null) => {
    return whoHasAccess(house.ports, { segmentId, microtenantId });
  };

  it("names whom a grant of ours lets in, with the request and until when", async () => {
    const { grant } = await house.aGrant();
    expect(await ask()).toEqual({
      ours: [
        {
          label: "PRA-1001",
          email: "ana@example.com",
          start: grant.start,
          end: grant.end,
          workingHours: null,
          standing: "OPEN",
          isListed: true,
        },
      ],
      foreign: [],
      read: { from: "zpa" },
    });
    expect(await ask("seg-2")).toMatchObject({ ours: [], foreign: [] });
    expect(await ask("seg-1", "77")).toMatchObject({ ours: [], foreign: [] });
  });

  it("says that what is to be written is not proven, what starts later is later, and what is ended may still be there", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    expect((await ask()).ours).toMatchObject([{ standing: "UNPROVEN", isListed: null }]);
    const [grant] = await house.grants(id);
    await house.provision(grant?.id ?? "");
    expect((await ask()).ours).toMatchObject([{ standing: "OPEN" }]);
    await house.revoke(id);
    expect((await ask()).ours).toMatchObject([{ standing: "ENDING", isListed: true }]);
    expect((await ask()).foreign).toEqual([]);
    await house.endGrant(grant?.id ?? "");
    expect(await ask()).toMatchObject({ ours: [], foreign: [] });

    const start = new Date(house.clock.at.getTime() + 5 * HOUR);
    const later = await house.aGrant({
      time: { start: { kind: "at", at: start }, end: { kind: "after", seconds: 3600 }, workingHours: null },
    });
    expect((await ask()).ours).toMatchObject([{ standing: "LATER", start, end: later.grant.end }]);
  });

  it("says that what stands by our books is not in ZPA's list", async () => {
    const { zpaId } = await house.aGrant();
    house.remove(zpaId);
    expect((await ask()).ours).toMatchObject([{ standing: "OPEN", isListed: false }]);
  });

  it("names those whom others let in, and nobody whose time is over", async () => {
    const { id } = house.aForeign("eve@example.com", 60);
    expect(await ask("seg-2")).toMatchObject({ foreign: [{ zpaId: id, emails: ["eve@example.com"] }], read: { from: "zpa" } });
    expect((await ask("seg-1")).foreign).toEqual([]);
    const { grant } = await house.aGrant();
    house.clock.at = new Date(grant.end.getTime() + 1000);
    expect(await ask("seg-2")).toMatchObject({ ours: [], foreign: [] });
    expect(await ask("seg-1")).toMatchObject({ ours: [], foreign: [] });
  });

  it("says of when it speaks while ZPA does not answer, and that it knows nothing before a first comparison", async () => {
    house.aForeign("eve@example.com", 600);
    house.zpa.faults.list.push("unreachable");
    expect(await ask("seg-2")).toEqual({ ours: [], foreign: [], read: { from: "nowhere" } });
    await house.pass();
    const at = house.clock.at;
    house.zpa.faults.list.push("unreachable");
    expect(await ask("seg-2")).toMatchObject({ foreign: [{ emails: ["eve@example.com"] }], read: { from: "comparison", at } });
    house.zpa.faults.list.push("unreachable");
    expect(await ask("seg-1")).toMatchObject({ foreign: [], read: { from: "comparison", at } });
  });
});
