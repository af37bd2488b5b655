/**
 * Contract: what is raised and approved in a SailPoint over HTTP is found, read again and granted, also when it was never in a list of what
 * waits; a look costs one call while there is nothing new; an outage of SailPoint's loses nothing.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { connectTypes } from "../../../src/services/governed/connect-types.ts";
import { lookForGoverned, runLook } from "../../../src/services/governed/look-for-governed.ts";
import { settleGoverned } from "../../../src/services/governed/settle-governed.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { type SailPointTenant, sailPointTenant } from "../sailpoint/support/sailpoint-tenant.ts";
import { ATTRIBUTES, aGovernedHouse, TYPE } from "./a-governed-house.ts";

const { requester: ana, approver: ben, owner } = IDENTITIES;

let store: Store;
beforeAll(async () => {
  store = await aStore();
});
afterAll(() => store.close());
beforeEach(() => store.empty());

/** A house whose clock is the tenant's, connected to it. */
async function connected(tenant: SailPointTenant, clock: { readonly now: () => Date }) {
  const house = await aGovernedHouse(store, { types: [] });
  const user = house.users.get("UANA");
  if (user === undefined) throw new Error("no Ana");
  house.users.set("UANA", { ...user, email: ana.email.replace(/@.*/, "@example.com") });
  const ports = { ...house.governedPorts, clock, types: [TYPE], sailpoint: tenant.sailpoint, lookSeconds: 60 };
  // In the simulated tenant people live in another domain.
  const directory = {
    ...ports.directory,
    userIdsByEmail: async (email: string) => (email === ana.email ? ["UANA"] : []),
  };
  const people = {
    ...ports.people,
    trusted: async () => ({ ...(await ports.people.trusted({ teamId: "T1", userId: "UANA" })), email: ana.email }),
  };
  await connectTypes({ ...ports }, [TYPE]);
  const settled = { ...ports, directory, people };
  return {
    ...house,
    look: () => lookForGoverned(ports),
    runLook: runLook(ports),
    settleAll: async () => {
      for (const { payload } of house.queued("settle-governed").splice(0))
        await settleGoverned(settled)(payload as { sailpointId: string }, { isLast: false });
    },
  };
}

describe("a look at SailPoint", () => {
  it("finds what was raised and approved between two polls, and grants it once", async () => {
    const clock = { at: new Date("2026-11-02T08:00:00Z"), now: () => clock.at };
    await using tenant = await sailPointTenant({ clock });
    const house = await connected(tenant, clock);
    clock.at = new Date("2026-11-02T08:05:00Z");
    const id = await tenant.born({ requesteeId: ana.id, attributes: ATTRIBUTES });
    const other = await tenant.born({ attributes: ATTRIBUTES, type: "ACCESS_REQUEST_APPROVAL" });
    for (const each of [id, other]) await tenant.tenant.control.decide({ id: each, by: ben.id, verdict: "APPROVED" });
    clock.at = new Date("2026-11-02T08:06:00Z");
    await house.look();
    await house.settleAll();
    await house.look();
    await house.settleAll();
    expect(await house.requests()).toMatchObject([{ origin: "SAILPOINT", status: "GRANTING", submission_key: `sailpoint:${id}` }]);
    expect(await house.allGrants()).toMatchObject([{ end_at: new Date("2026-11-02T10:05:00Z") }]);
    const [event] = await house.events("access.governed");
    expect(event?.after).toMatchObject({ sailpoint: { deciders: [{ name: ben.name }], requester: { name: ana.name } } });
  });

  it("finds nothing that was approved before the connection, and makes nothing of it", async () => {
    const clock = { at: new Date("2026-11-02T07:55:00Z"), now: () => clock.at };
    await using tenant = await sailPointTenant({ clock });
    const id = await tenant.born({ requesteeId: ana.id, attributes: ATTRIBUTES });
    await tenant.tenant.control.decide({ id, by: ben.id, verdict: "APPROVED" });
    clock.at = new Date("2026-11-02T08:00:00Z");
    const house = await connected(tenant, clock);
    await house.look();
    await house.settleAll();
    expect((await house.governed(id))?.refusal).toMatchObject({ code: "governed_before_connection" });
    expect(await house.requests()).toEqual([]);
  });

  it("makes nothing of one that was cancelled before anybody decided", async () => {
    const clock = { at: new Date("2026-11-02T08:00:00Z"), now: () => clock.at };
    await using tenant = await sailPointTenant({ clock });
    const house = await connected(tenant, clock);
    clock.at = new Date("2026-11-02T08:05:00Z");
    const id = await tenant.born({ requesteeId: ana.id, attributes: ATTRIBUTES });
    await house.seen(await tenant.sailpoint.approvals.get(id));
    await tenant.tenant.control.cancel({ id, by: owner.id });
    clock.at = new Date("2026-11-02T08:06:00Z");
    await house.look();
    await house.settleAll();
    expect(await house.requests()).toEqual([]);
    expect(house.queued("tell-governed")).toEqual([]);
  });

  it("goes back as far as the last one that came through", async () => {
    const clock = { at: new Date("2026-11-02T08:00:00Z"), now: () => clock.at };
    await using tenant = await sailPointTenant({ clock });
    const house = await connected(tenant, clock);
    clock.at = new Date("2026-11-02T08:05:00Z");
    const id = await tenant.born({ requesteeId: ana.id, attributes: { ...ATTRIBUTES, portcullisDuration: "P1D" } });
    await tenant.tenant.control.decide({ id, by: ben.id, verdict: "APPROVED" });
    await tenant.tenant.control.fault({ method: "GET", pathContains: "", kind: "500", after: 0, times: 50 });
    await house.runLook();
    expect(house.queued("look-governed")).toMatchObject([{ startAfter: new Date("2026-11-02T08:06:00Z") }]);
    await tenant.tenant.control.clearFaults({});
    clock.at = new Date("2026-11-02T14:00:00Z");
    await house.runLook();
    await house.settleAll();
    expect(await house.allGrants()).toHaveLength(1);
  });
});
