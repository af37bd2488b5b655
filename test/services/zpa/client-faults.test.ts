import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../../sandbox/zpa/control.ts";
import { draftFor, type TenantClient, tenantClient } from "./support/tenant-client.ts";

/**
 * Contract: reads, updates and deletes get through what passes. A create is sent again only when the failed one certainly had no
 * effect; otherwise it throws `zpa_timeout` after one POST, and at most one privileged approval stands.
 */
const calls = async ({ tenant }: TenantClient, method: string): Promise<number> => (await tenant.control.state()).calls[method] ?? 0;
const standing = async ({ tenant }: TenantClient): Promise<number> => (await tenant.control.state()).approvals.length;

/** A client that gives up soon where the fault is silence. */
const clientFor = (kind: FaultKind): Promise<TenantClient> => tenantClient(kind.startsWith("timeout") ? { totalMilliseconds: 800 } : {});

const passing: FaultKind[] = ["500", "503", "429", "400-transient", "409", "401", "timeout-before-effect", "timeout-after-effect", "reset"];

describe("a create", () => {
  it.each<FaultKind>(["429", "400-transient", "409", "401"])("is sent again after %s, which had no effect", async (kind) => {
    await using client = await clientFor(kind);
    const draft = await draftFor(client);
    await client.tenant.control.fault({ method: "POST", kind, times: 1 });
    await client.zpa.approvals.create(draft);
    expect(await calls(client, "POST")).toBe(2);
    expect(await standing(client)).toBe(1);
  });

  it.each<[FaultKind, number]>([
    ["500", 0],
    ["503", 0],
    ["timeout-before-effect", 0],
    ["reset", 0],
    ["timeout-after-effect", 1],
    ["garbage", 1],
  ])("is sent once, and its effect called unknown, after %s (%i stand)", async (kind, expected) => {
    await using client = await clientFor(kind);
    const draft = await draftFor(client);
    await client.tenant.control.fault({ method: "POST", kind, times: 1 });
    await expect(client.zpa.approvals.create(draft)).rejects.toMatchObject({ code: "zpa_timeout" });
    expect(await calls(client, "POST")).toBe(1);
    expect(await standing(client)).toBe(expected);
  });

  it("is given up when the refusals do not end", async () => {
    await using client = await tenantClient();
    const draft = await draftFor(client);
    await client.tenant.control.fault({ method: "POST", kind: "409", times: 99 });
    await expect(client.zpa.approvals.create(draft)).rejects.toMatchObject({ code: "zpa_busy" });
    expect(await calls(client, "POST")).toBe(5);
  });

  it("that never reached ZPA is no unknown effect", async () => {
    await using client = await tenantClient();
    const draft = await draftFor(client);
    await client.tenant.close();
    await expect(client.zpa.approvals.create(draft)).rejects.toMatchObject({ code: "zpa_unreachable" });
  });
});

describe("a read", () => {
  it.each<FaultKind>([...passing, "garbage"])("gets through %s", async (kind) => {
    await using client = await clientFor(kind);
    const { id } = await client.zpa.approvals.create(await draftFor(client));
    await client.tenant.control.fault({ method: "GET", pathContains: "/approval/", kind, times: 1 });
    expect(await client.zpa.approvals.get(id)).toMatchObject({ id });
  });

  it("waits as long as Retry-After says, not as the gateway's other header", async () => {
    await using client = await tenantClient();
    await client.tenant.control.fault({ method: "GET", kind: "429", times: 1 });
    await client.zpa.approvals.list();
    expect(client.slept).toHaveLength(1);
    expect(client.slept[0]).toBeGreaterThanOrEqual(4_000);
    expect(client.slept[0]).toBeLessThan(10_000);
  });

  it.each<[FaultKind, string]>([
    ["500", "zpa_busy"],
    ["503", "zpa_busy"],
    ["429", "zpa_rate_limited"],
    ["400-transient", "zpa_busy"],
    ["reset", "zpa_unreachable"],
    ["garbage", "zpa_answer_not_understood"],
    ["401", "zpa_not_permitted"],
  ])("that meets nothing but %s ends as %s", async (kind, code) => {
    await using client = await clientFor(kind);
    await client.tenant.control.fault({ method: "GET", kind, times: 99 });
    await expect(client.zpa.approvals.list()).rejects.toMatchObject({ code });
    expect(await calls(client, "GET")).toBe(kind === "401" ? 2 : 5);
  });

  it("of a list without a list is empty", async () => {
    await using client = await tenantClient();
    await client.tenant.control.fault({ method: "GET", kind: "empty-list", times: 1 });
    expect(await client.zpa.consoles.list()).toEqual([]);
  });
});

describe("an update", () => {
  it.each<FaultKind>(passing)("gets through %s", async (kind) => {
    await using client = await clientFor(kind);
    const draft = await draftFor(client);
    const { id } = await client.zpa.approvals.create(draft);
    const current = await client.zpa.approvals.get(id);
    await client.tenant.control.fault({ method: "PUT", kind, times: 1 });
    const end = new Date(draft.end.getTime() + 3_600_000);
    await client.zpa.approvals.update(current, { ...draft, end });
    expect(await client.zpa.approvals.get(id)).toMatchObject({ end });
  });

  it.each<[FaultKind, string]>([
    ["reset", "zpa_timeout"],
    ["500", "zpa_timeout"],
    ["409", "zpa_busy"],
  ])("that meets nothing but %s ends as %s", async (kind, code) => {
    await using client = await clientFor(kind);
    const draft = await draftFor(client);
    const { id } = await client.zpa.approvals.create(draft);
    const current = await client.zpa.approvals.get(id);
    await client.tenant.control.fault({ method: "PUT", kind, times: 99 });
    await expect(client.zpa.approvals.update(current, draft)).rejects.toMatchObject({ code });
  });
});

describe("a delete", () => {
  it.each<FaultKind>([...passing, "garbage"])("gets through %s", async (kind) => {
    await using client = await clientFor(kind);
    const { id } = await client.zpa.approvals.create(await draftFor(client));
    await client.tenant.control.fault({ method: "DELETE", kind, times: 1 });
    await client.zpa.approvals.delete(id);
    expect(await standing(client)).toBe(0);
  });
});

describe("the real limit of the tenant", () => {
  it("is met as 429 by a caller without a budget, and waited out", async () => {
    await using client = await tenantClient();
    for (let call = 0; call < 20; call += 1) await client.zpa.approvals.list();
    await expect(client.zpa.approvals.list()).rejects.toMatchObject({ code: "zpa_rate_limited" });
    expect(client.slept.every((wait) => wait >= 9_000)).toBe(true);
  });
});

describe("a client that closes", () => {
  it("sends nothing more", async () => {
    await using client = await tenantClient();
    await client.zpa.close();
    await expect(client.zpa.approvals.list()).rejects.toMatchObject({ code: "zpa_unreachable" });
    expect(await calls(client, "GET")).toBe(0);
  });
});
