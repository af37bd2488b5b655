import { describe, expect, it } from "vitest";
import { tireless } from "../../services/zpa/support/tireless.ts";
import { rawTenant } from "./support/raw-tenant.ts";

const rotterdam = "145260601092866314";
const password = { name: "a", credentialType: "PASSWORD", password: "p" };
const key = { name: "a", credentialType: "SSH_KEY", userName: "u", privateKey: "k" };
const login = { name: "a", credentialType: "USERNAME_PASSWORD", userName: "u", password: "p" };
const without = <Body extends object>(body: Body, field: keyof Body) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));

describe("a credential of the simulated tenant", () => {
  it.each([
    ["name", without(password, "name")],
    ["name", { ...password, name: "  " }],
    ["credentialType", without(password, "credentialType")],
    ["credentialType", { ...password, credentialType: "API_TOKEN" }],
    ["password", without(password, "password")],
    ["password", { ...password, password: "" }],
    ["password", without(login, "password")],
    ["userName", without(login, "userName")],
    ["userName", without(key, "userName")],
    ["privateKey", without(key, "privateKey")],
    ["privateKey", { ...without(key, "privateKey"), password: "p" }],
  ])("is refused for its %s: %j", async (field, body) => {
    await using tenant = await rawTenant();
    const { status, text } = await tenant.call("POST", "/credential", body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ id: "invalid.resource.argument", params: [field] });
  });

  it("is changed only with its secret, and never to another type", async () => {
    await using tenant = await rawTenant();
    const { id } = JSON.parse((await tenant.call("POST", "/credential", login)).text);
    const put = async (body: object) => {
      const { status, text } = await tenant.call("PUT", `/credential/${id}`, body);
      return [status, text === "" ? null : JSON.parse(text).params];
    };
    expect(await put(without(login, "password"))).toEqual([400, ["password"]]);
    expect(await put(password)).toEqual([400, ["credentialType"]]);
    expect(await put({ ...login, name: "b" })).toEqual([204, null]);
  });

  it("forgets the domain of a password alone, and ignores what it does not know", async () => {
    await using tenant = await rawTenant();
    const made = await tenant.call("POST", "/credential", { ...password, userDomain: "acme.example", colour: "green" });
    const { id } = JSON.parse(made.text);
    const read = JSON.parse((await tenant.call("GET", `/credential/${id}`)).text);
    expect(Object.keys(read).toSorted()).toEqual(["creationTime", "credentialType", "id", "lastCredentialResetTime", "modifiedBy", "name"]);
  });

  it("that is not there is 400, for every verb", async () => {
    await using tenant = await rawTenant();
    for (const [method, path, body] of [
      ["GET", "/credential/1"],
      ["PUT", "/credential/1", password],
      ["DELETE", "/credential/1"],
      ["POST", "/credential/1/move?targetMicrotenantId=0"],
    ] as const) {
      const { status, text } = await tenant.call(method, path, body);
      expect([status, JSON.parse(text).id]).toEqual([400, "resource.not.found"]);
    }
  });

  it("is moved only to a microtenant that is named", async () => {
    await using tenant = await rawTenant();
    const { id } = JSON.parse((await tenant.call("POST", "/credential", password)).text);
    const { status, text } = await tenant.call("POST", `/credential/${id}/move?microtenantId=0`);
    expect([status, JSON.parse(text).params]).toEqual([400, ["targetMicrotenantId"]]);
    expect((await tenant.call("POST", `/credential/${id}/move?targetMicrotenantId=${rotterdam}`)).status).toBe(204);
  });
});

describe("the list of credentials", () => {
  const namesOf = ({ text }: { readonly text: string }): readonly string[] =>
    (JSON.parse(text).list as { name: string }[]).map(({ name }) => name);

  it("comes by name, in pages, in another order if asked", async () => {
    await using tenant = await rawTenant({ seed: { microtenants: false }, monotonicMilliseconds: tireless() });
    for (let number = 20; number >= 1; number -= 1) await tenant.call("POST", "/credential", { ...password, name: `z${number}` });
    const first = await tenant.call("GET", "/credential?pagesize=20&page=1");
    expect(JSON.parse(first.text)).toMatchObject({ totalPages: "2", totalCount: "26" });
    expect(namesOf(first)[0]).toBe("db-prod maintenance");
    expect(namesOf(await tenant.call("GET", "/credential?pagesize=20&page=2"))).toHaveLength(6);
    expect(namesOf(await tenant.call("GET", "/credential?sortBy=name&sortdir=DSC&pagesize=3"))).toEqual(["z20", "z19", "z18"]);
    const stalest = await tenant.call("GET", "/credential?sortBy=lastCredentialResetTime&sortdir=ASC&pagesize=2");
    expect(namesOf(stalest)).toEqual(["HMI panels", "SCADA operator"]);
  });

  it("refuses what is no filter expression, as the real service does", async () => {
    await using tenant = await rawTenant();
    const { status, text } = await tenant.call("GET", "/credential?search=Domain+Joined+-+my+domain");
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ id: "filtering.input.invalid.operand", params: ["Joined"] });
  });

  it("has all three types from the start, of many ages, some in microtenants", async () => {
    await using tenant = await rawTenant();
    const { credentials, now } = await tenant.control.state();
    expect(new Set(credentials.map(({ credentialType }) => credentialType)).size).toBe(3);
    const days = credentials.map(({ lastCredentialResetTime }) =>
      Math.round((Date.parse(now) / 1000 - Number(lastCredentialResetTime)) / 86_400),
    );
    expect(Math.min(...days)).toBeLessThan(30);
    expect(Math.max(...days)).toBeGreaterThan(365);
    expect(new Set(credentials.map(({ microtenantId }) => microtenantId)).size).toBe(3);
  });
});
