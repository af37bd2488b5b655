import { describe, expect, it } from "vitest";
import { type Arrival, approvalOf } from "../../../../sandbox/page/browser/sailpoint/arrival.ts";
import { attributesOf, decidersOf, isShown } from "../../../../sandbox/page/browser/sailpoint/shown-approval.ts";
import { GROUPS, IDENTITIES } from "../../../../sandbox/sailpoint/seed.ts";
import { sailPointTenant } from "../../../services/sailpoint/support/sailpoint-tenant.ts";

const arrival: Arrival = {
  kind: "pra",
  name: "Ana on db-prod",
  requesteeId: IDENTITIES.requester.id,
  approverId: GROUPS.databaseOwners.id,
  consoles: "db-prod, db-staging",
  reason: "OPS-123",
  days: 14,
  weekdays: "MON,TUE",
  from: "22:00",
  to: "06:00",
  timeZone: "Asia/Tokyo",
};

async function born(what: Arrival) {
  const at = await sailPointTenant();
  await at.born(approvalOf(what));
  const state = await at.tenant.control.state();
  const [approval] = state.approvals.filter(isShown);
  if (approval === undefined) throw new Error("SailPoint's print is not what the page reads.");
  return { approval, state, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}

describe("an approval that arrives from the page", () => {
  it("says who gets the access by its requestee alone", async () => {
    await using at = await born(arrival);
    expect(at.approval.requestee.email).toBe(IDENTITIES.requester.email);
    expect(at.approval.additionalAttributes).not.toMatch(/ana|ribeiro|benefi/i);
  });

  it("carries what was typed, every value a text", async () => {
    await using at = await born(arrival);
    expect(Object.fromEntries(attributesOf(at.approval))).toEqual({
      portcullisConsoles: "db-prod, db-staging",
      portcullisDuration: "P14D",
      portcullisDays: "MON,TUE",
      portcullisHoursStart: "22:00",
      portcullisHoursEnd: "06:00",
      portcullisTimeZone: "Asia/Tokyo",
      portcullisReason: "OPS-123",
    });
  });

  it("is of another type and carries nothing of ours when it is about something else", async () => {
    await using at = await born({ ...arrival, kind: "plain" });
    expect(at.approval.type).not.toBe(approvalOf(arrival).type);
    expect(attributesOf(at.approval)).toEqual([]);
  });

  it("can be decided by each member of a group once, and by administrators", async () => {
    await using at = await born(arrival);
    expect(decidersOf(at.approval, at.state).map(({ id }) => id)).toEqual([
      IDENTITIES.approver.id,
      IDENTITIES.otherApprover.id,
      IDENTITIES.owner.id,
      IDENTITIES.admin.id,
    ]);
  });

  it("names an administrator once who is an approver, too", async () => {
    await using at = await born({ ...arrival, approverId: IDENTITIES.admin.id });
    expect(decidersOf(at.approval, at.state)).toEqual([
      { id: IDENTITIES.admin.id, label: "Dora Klein" },
      { id: IDENTITIES.owner.id, label: "Portcullis Service, administrator" },
    ]);
  });
});

describe("attributes that are no texts", () => {
  it.each([
    [
      '{"count":3,"who":{"id":"1"}}',
      [
        ["count", "3"],
        ["who", '{"id":"1"}'],
      ],
    ],
    ["null", []],
    ["{}", []],
  ])("are shown as JSON: %s", (additionalAttributes, shown) => {
    expect(attributesOf({ additionalAttributes })).toEqual(shown);
  });
});
