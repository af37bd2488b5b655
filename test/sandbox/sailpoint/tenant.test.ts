import { describe, expect, it } from "vitest";
import { GROUPS, IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { startSailPoint } from "../../../sandbox/sailpoint/server.ts";
import { sailPointTenant } from "../../services/sailpoint/support/sailpoint-tenant.ts";

const { approver, otherApprover, admin, owner, requester, withoutSlack } = IDENTITIES;
const day = 86_400_000;
const count = (value: number) => ({ calculationType: "COUNT", value }) as const;
const percent = (value: number) => ({ calculationType: "PERCENT", value }) as const;
const three = [approver.id, otherApprover.id, withoutSlack.id];

describe("the simulated SailPoint's approvals", () => {
  it("in a serial chain wait for one after the other, and nobody decides out of turn", async () => {
    await using at = await sailPointTenant();
    const criteria = { type: "SERIAL", approval: count(2), rejection: count(1) } as const;
    const id = await at.born({ approverIds: [approver.id, otherApprover.id], criteria });
    expect(await at.stored(id)).toMatchObject({ serialStep: 1, assignedTo: [{ identityID: approver.id, serialOrder: 1 }] });
    const second = await at.as(otherApprover.id);
    await expect(second.approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_not_permitted" });
    await (await at.as(approver.id)).approvals.approve(id);
    expect(await at.stored(id)).toMatchObject({
      status: "PENDING",
      serialStep: 2,
      assignedTo: [{ identityID: otherApprover.id, serialOrder: 2 }],
    });
    await second.approvals.approve(id);
    expect(await at.stored(id)).toMatchObject({ status: "APPROVED", assignedTo: [] });
  });

  it.each([
    ["one yes of three", count(1), count(1), ["APPROVED"], "APPROVED"],
    ["two yes of three, one given", count(2), count(3), ["APPROVED"], "PENDING"],
    ["half of three is two", percent(50), percent(100), ["APPROVED", "APPROVED"], "APPROVED"],
    ["half of three can still be reached after one no", percent(50), percent(100), ["REJECTED"], "PENDING"],
    ["half of three cannot be reached after two no", percent(50), percent(100), ["REJECTED", "REJECTED"], "REJECTED"],
    ["more than there are is all of them", count(9), count(9), ["APPROVED", "APPROVED", "APPROVED"], "APPROVED"],
    ["the first no ends it", percent(100), count(1), ["APPROVED", "REJECTED"], "REJECTED"],
  ] as const)("in parallel: %s", async (_what, approval, rejection, verdicts, status) => {
    await using at = await sailPointTenant();
    const id = await at.born({ approverIds: three, criteria: { type: "PARALLEL", approval, rejection } });
    for (const [index, verdict] of verdicts.entries()) await at.tenant.control.decide({ id, by: three[index] ?? "", verdict });
    expect(await at.stored(id)).toMatchObject({ status });
  });

  it("of a governance group are decided by any one member, once", async () => {
    await using at = await sailPointTenant();
    const id = await at.born({ approverIds: [GROUPS.databaseOwners.id] });
    const [assigned] = (await at.sailpoint.approvals.get(id)).assignedTo ?? [];
    expect(assigned?.members.map((member) => member.id)).toEqual([approver.id, otherApprover.id]);
    await (await at.as(otherApprover.id)).approvals.approve(id);
    expect(await at.stored(id)).toMatchObject({ status: "APPROVED", approvedBy: [{ identityID: otherApprover.id }] });
    await expect((await at.as(approver.id)).approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_refused" });
  });

  it.each([
    ["ALL", "APPROVED", "sailpoint_refused"],
    ["APPROVAL", "APPROVED", "sailpoint_refused"],
    ["REJECTION", "APPROVED", null],
    ["REJECTION", "REJECTED", "sailpoint_refused"],
    ["OFF", "REJECTED", null],
  ] as const)("that require a comment (%s) refuse to be %s in silence: %s", async (requiresComment, verdict, code) => {
    await using at = await sailPointTenant();
    const id = await at.born({ config: { requiresComment } });
    const said = verdict === "APPROVED" ? at.sailpoint.approvals.approve(id) : at.sailpoint.approvals.reject(id);
    if (code === null) await said;
    else await expect(said).rejects.toMatchObject({ code });
    expect(await at.stored(id)).toMatchObject({
      status: code === null ? verdict : "PENDING",
      reassignmentHistory: code === null ? [{}] : [],
    });
  });

  it.each([
    ["EXPIRED", "EXPIRED"],
    ["APPROVED", "APPROVED"],
  ] as const)("end by their deadline as %s, at its own instant", async (timeoutResult, status) => {
    await using at = await sailPointTenant();
    const id = await at.born({ config: { timeoutConfig: { enabled: true, daysUntilTimeout: 2, timeoutResult } } });
    const { dueAt } = await at.sailpoint.approvals.get(id);
    await at.tenant.control.clock({ offsetMilliseconds: 2 * day - 60_000 });
    expect(await at.stored(id)).toMatchObject({ status: "PENDING" });
    await at.tenant.control.clock({ offsetMilliseconds: 3 * day });
    expect(await at.stored(id)).toMatchObject({ status, completedDate: dueAt?.toISOString() });
    await expect(at.sailpoint.approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_refused" });
  });

  it("keep the configuration that was in force when they were born: of the object, else of the type, else of the tenant", async () => {
    await using at = await sailPointTenant();
    const { tenantId } = await at.tenant.control.state();
    const targets = [{ id: "role-1", name: "DBA", targetType: "ROLE" }];
    const bornWith = async (): Promise<unknown> => (await at.stored(await at.born({ targets }))).approvalConfig;
    expect(await bornWith()).toEqual({});
    await at.sailpoint.configs.put({ id: tenantId, scope: "TENANT" }, { requiresComment: "ALL" });
    const early = await at.born({ targets });
    await at.sailpoint.configs.put({ id: "GENERIC_APPROVAL", scope: "APPROVAL_TYPE" }, { requiresComment: "OFF" });
    expect(await bornWith()).toEqual({ requiresComment: "OFF" });
    await at.sailpoint.configs.put({ id: "role-1", scope: "ROLE" }, { requiresComment: "APPROVAL" });
    expect(await bornWith()).toEqual({ requiresComment: "APPROVAL" });
    expect(await at.stored(early)).toMatchObject({ approvalConfig: { requiresComment: "ALL" } });
  });

  it.each([
    { timeoutConfig: { daysUntilTimeout: 91 } },
    { reminderConfig: { maxReminders: 21 } },
    { requiresComment: "SOMETIMES" },
    { autoApprove: "YES" },
    { escalationConfig: { escalationChain: [{ identityId: "x" }] } },
  ])("refuse the configuration %j", async (config) => {
    await using at = await sailPointTenant();
    await expect(at.sailpoint.configs.put({ id: "GENERIC_APPROVAL", scope: "APPROVAL_TYPE" }, config)).rejects.toMatchObject({
      code: "sailpoint_refused",
    });
  });

  it("are configured by administrators alone, and read by anybody", async () => {
    await using at = await sailPointTenant();
    const id = await at.born({ config: { requiresComment: "ALL" } });
    const asApprover = await at.as(approver.id);
    await expect(asApprover.configs.put({ id: "x", scope: "ROLE" }, {})).rejects.toMatchObject({ code: "sailpoint_not_permitted" });
    expect(await asApprover.configs.get(id)).toEqual({ requiresComment: "ALL" });
  });
});

describe("a place that is handed on", () => {
  it("is one's own unless another is named, and nobody hands on a stranger's", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    const asStranger = await at.as(withoutSlack.id);
    await expect(asStranger.approvals.reassign(id, { to: withoutSlack.id })).rejects.toMatchObject({ code: "sailpoint_not_permitted" });
    await expect(asStranger.approvals.reassign(id, { to: withoutSlack.id, from: approver.id })).rejects.toMatchObject({
      code: "sailpoint_not_permitted",
    });
    await (await at.as(approver.id)).approvals.reassign(id, { to: otherApprover.id });
    expect(await at.stored(id)).toMatchObject({ assignedTo: [{ identityID: otherApprover.id }] });
  });

  it("by an administrator without one is a place more", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    await at.sailpoint.approvals.reassign(id, { to: admin.id });
    expect(await at.stored(id)).toMatchObject({ assignedTo: [{ identityID: approver.id }, { identityID: admin.id }] });
  });

  it("to nobody that is there is refused", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    await expect(at.sailpoint.approvals.reassign(id, { to: "nobody" })).rejects.toMatchObject({ code: "sailpoint_refused" });
    await expect(at.sailpoint.approvals.reassign(id, { to: admin.id, from: owner.id })).rejects.toMatchObject({
      code: "sailpoint_refused",
    });
  });
});

describe("a bulk command", () => {
  it("is carried out when its time has come on the tenant's clock", async () => {
    await using at = await sailPointTenant({ tenant: { bulkDelayMilliseconds: 60_000 } });
    const id = await at.born();
    await at.sailpoint.bulk.approve([id]);
    expect(await at.sailpoint.approvals.get(id)).toMatchObject({ status: "PENDING" });
    await at.tenant.control.clock({ offsetMilliseconds: 61_000 });
    expect(await at.sailpoint.approvals.get(id)).toMatchObject({ status: "APPROVED" });
  });

  it("that cancels leaves access requests, which have their own way", async () => {
    await using at = await sailPointTenant();
    const ids = [await at.born({ type: "ACCESS_REQUEST_APPROVAL" }), await at.born()];
    await at.sailpoint.bulk.cancel(ids);
    await at.tenant.control.settleBulk({});
    expect((await at.sailpoint.approvals.listByIds(ids)).map(({ status }) => status)).toEqual(["PENDING", "CANCELLED"]);
  });
});

describe("what the tenant says to who speaks to it without the client", () => {
  it("takes credentials in a form, in multipart and in the query, and no others", async () => {
    const tenant = await startSailPoint({ port: 0, host: "127.0.0.1" });
    const fields = {
      grant_type: "client_credentials",
      client_id: tenant.credentials.clientId,
      client_secret: tenant.credentials.clientSecret,
    };
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
    const ask = (query: string, body?: FormData | URLSearchParams) =>
      fetch(`${tenant.url}/oauth/token${query}`, { method: "POST", ...(body === undefined ? {} : { body }) });
    const answers = [
      await ask("", new URLSearchParams(fields)),
      await ask("", multipart),
      await ask(`?${new URLSearchParams(fields)}`),
      await ask("", new URLSearchParams({ ...fields, client_secret: "wrong" })),
    ];
    await tenant.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 401]);
  });

  it("refuses more than 50 ids, a missing token, and an unknown path, each in its own form", async () => {
    const tenant = await startSailPoint({ port: 0, host: "127.0.0.1" });
    const { clientId, clientSecret } = tenant.credentials;
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
    const signedIn: unknown = await (await fetch(`${tenant.url}/oauth/token`, { method: "POST", body: form })).json();
    const token = typeof signedIn === "object" && signedIn !== null && "access_token" in signedIn ? String(signedIn.access_token) : "";
    const many = JSON.stringify({ approvalIds: Array.from({ length: 51 }, (_, index) => `id-${index}`) });
    const bulk = await fetch(`${tenant.url}/v2026/generic-approvals/bulk-approve`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: many,
    });
    const nobody = await fetch(`${tenant.url}/generic-approvals/v1`);
    const nowhere = await fetch(`${tenant.url}/v2023/generic-approvals`);
    await tenant.close();
    expect([bulk.status, await bulk.json()]).toMatchObject([
      400,
      { detailCode: "400.1 Bad Request Content", messages: [{ text: expect.any(String) }] },
    ]);
    expect([nobody.status, await nobody.json()]).toEqual([401, { error: "JWT validation failed: JWT is missing" }]);
    expect(nowhere.status).toBe(404);
  });

  it("starts over with other people, and keeps the bot's own client", async () => {
    await using at = await sailPointTenant();
    await at.born();
    const ida = { id: "ida", name: "Ida", email: "ida@harbour.example", level: "USER" } as const;
    await at.tenant.control.seed({ identities: [ida] });
    expect(await at.sailpoint.approvals.list()).toEqual([]);
    expect((await at.tenant.control.state()).identities.map(({ id }) => id)).toEqual([owner.id, "ida"]);
    await expect(at.born({ approverIds: [requester.id] })).rejects.toThrow("neither an identity nor a governance group");
  });
});
