import { describe, expect, it } from "vitest";
import { rawTenant } from "./support/raw-tenant.ts";

describe("the simulated tenant speaks as the real one does", () => {
  it("signs in with a string for a number and a JWT that says when it ends", async () => {
    await using tenant = await rawTenant();
    const { clientId, clientSecret } = tenant.credentials;
    const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
    const answer = JSON.parse(await (await fetch(`${tenant.url}/signin`, { method: "POST", body: form })).text());
    expect(answer).toMatchObject({ token_type: "Bearer", expires_in: "3600" });
    const parts = String(answer.access_token).split(".");
    expect(parts).toHaveLength(3);
    expect(JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString())).toHaveProperty("exp");
  });

  it("keeps the two doors apart: a legacy token does not open /zpa", async () => {
    await using tenant = await rawTenant();
    expect((await tenant.call("GET", "/approval")).status).toBe(200);
    const { clientId, clientSecret } = tenant.credentials;
    const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
    const { access_token } = JSON.parse(await (await fetch(`${tenant.url}/signin`, { method: "POST", body: form })).text());
    const crossed = await fetch(`${tenant.url}/zpa/mgmtconfig/v1/admin/customers/${tenant.customerId}/approval`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(crossed.status).toBe(401);
    expect(await crossed.json()).toEqual({ detail: "unauthorized", type: "", title: "", status: "" });
  });

  it("gives 20 objects unless pagesize is spelled in lower case", async () => {
    await using tenant = await rawTenant();
    const sizeOf = async (query: string) => JSON.parse((await tenant.call("GET", `/praConsole${query}`)).text).list.length;
    expect(await sizeOf("")).toBe(20);
    expect(await sizeOf("?pageSize=500")).toBe(20);
    expect(await sizeOf("?pagesize=30")).toBe(30);
    expect(await sizeOf("?pagesize=30&page=2")).toBeLessThan(30);
  });

  it("prints totals as strings, and for applications by type a total of 0", async () => {
    await using tenant = await rawTenant();
    const consoles = JSON.parse((await tenant.call("GET", "/praConsole")).text);
    expect(consoles).toMatchObject({ totalPages: "3", totalCount: "47" });
    const applications = JSON.parse((await tenant.call("GET", "/application/getAppsByType?applicationType=SECURE_REMOTE_ACCESS")).text);
    expect(applications).toMatchObject({ totalPages: "3", totalCount: "0" });
    expect(applications.list).toHaveLength(20);
  });

  it("prints a microtenant's id bare, beyond what a double holds, and names escaped", async () => {
    await using tenant = await rawTenant();
    const rotterdam = await tenant.call("GET", "/praConsole?microtenantId=145260601092866314");
    expect(rotterdam.text).toContain('"microtenantId":145260601092866314');
    expect((await tenant.call("GET", "/praConsole?pagesize=500")).text).toContain("HMI Line 3 &#x26; 4");
  });

  it("says 400 for what is not there, with the id printed as a quantity", async () => {
    await using tenant = await rawTenant();
    const { status, text } = await tenant.call("GET", "/approval/72058304855174572");
    expect(status).toBe(400);
    expect(text).toBe(
      '{\n  "params" : ["72058304855174572"],\n  "id" : "resource.not.found",\n' +
        '  "reason" : "No resource exists with the given id/name :72,058,304,855,174,572"\n}',
    );
  });

  it("says 200 and a sentence when no approval has expired", async () => {
    await using tenant = await rawTenant();
    expect(await tenant.call("DELETE", "/approval/expired")).toMatchObject({ status: 200, text: '"No records found"' });
  });

  it("lets nobody in with another customer's id", async () => {
    await using tenant = await rawTenant();
    expect((await tenant.call("GET", "/../1/approval")).status).toBe(403);
  });
});

describe("the simulated limit", () => {
  it("refuses the 21st read and the 11th write of one path in ten seconds, and leaves other paths alone", async () => {
    await using tenant = await rawTenant();
    const statuses = async (times: number, method: string, path: string) => {
      const answers = await Promise.all(Array.from({ length: times }, () => tenant.call(method, path)));
      return answers.filter(({ status }) => status === 429);
    };
    const [refused] = await statuses(21, "GET", "/approval");
    expect(refused?.headers.get("retry-after")).toMatch(/^1[01]s$/);
    expect(refused?.headers.get("x-ratelimit-remaining")).toBe("4932");
    expect(refused?.text).toBe(
      '{\n  "exception" : "invalid.toomanyrequests",\n  "id" : "invalid.toomanyrequests",\n' +
        '  "reason" : "Exceeded the number of requests allowed."\n}',
    );
    expect(await statuses(11, "DELETE", "/approval/expired")).toHaveLength(1);
    expect(await statuses(1, "GET", "/praPortal")).toHaveLength(0);
    expect(await tenant.control.state()).toMatchObject({ rateLimited: 2, calls: { GET: 22, DELETE: 11 } });
  });

  it("can be the tenant's as a whole", async () => {
    await using tenant = await rawTenant({ rateLimit: "tenant" });
    for (let call = 0; call < 20; call += 1) await tenant.call("GET", `/approval/${call}`);
    expect((await tenant.call("GET", "/praPortal")).status).toBe(429);
  });
});
