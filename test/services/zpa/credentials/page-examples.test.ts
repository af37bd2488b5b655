import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../../src/services/http-client/transport.ts";
import type { CredentialDraft } from "../../../../src/services/zpa/credentials/credential.ts";
import { createBody, credentialOnWire, updateBody } from "../../../../src/services/zpa/credentials/credential-wire.ts";
import { rawTenant } from "../../../sandbox/zpa/support/raw-tenant.ts";
import { tenantClient } from "../support/tenant-client.ts";
import { tireless } from "../support/tireless.ts";
import { creates, listed, listedInMicrotenant, scopeC, single, updateRequest } from "./page-examples.ts";

/**
 * Contract: every request and every answer that the vendor's page shows goes through client and simulated tenant unchanged in meaning.
 */
type WireCredential = (typeof listed.list | typeof listedInMicrotenant.list)[number] | (typeof creates)[number]["answer"] | typeof single;

const secretOf = (request: (typeof creates)[number]["request"]): CredentialDraft["secret"] =>
  "privateKey" in request
    ? { kind: "key", privateKey: request.privateKey, passphrase: null }
    : { kind: "password", password: request.password };

const draftOf = (request: (typeof creates)[number]["request"], microtenantId: string | null = null): CredentialDraft => ({
  name: request.name,
  type: request.credentialType,
  userName: "userName" in request ? request.userName : null,
  description: null,
  userDomain: null,
  secret: secretOf(request),
  microtenantId,
});

/** What the page's object means. */
const meaning = (wire: WireCredential) => ({
  id: wire.id,
  name: wire.name,
  type: wire.credentialType,
  description: "description" in wire ? wire.description : null,
  userName: "userName" in wire ? wire.userName : null,
  userDomain: "userDomain" in wire ? wire.userDomain : null,
  createdAt: at(wire.creationTime),
  modifiedAt: "modifiedTime" in wire ? at(wire.modifiedTime) : null,
  lastResetAt: at(wire.lastCredentialResetTime),
  microtenantId: "microtenantId" in wire ? wire.microtenantId : null,
  microtenantName: "microtenantName" in wire ? wire.microtenantName : null,
  raw: wire,
});
const at = (epochSeconds: string) => new Date(Number(epochSeconds) * 1000);

describe("the client", () => {
  it.each(creates)(
    "writes the request for $request.credentialType as the page does, and takes the id from its answer",
    async ({ request, answer }) => {
      expect(createBody(draftOf(request))).toEqual(request);
      await using client = await answeringClient({ ...answer, ...scopeC });
      expect(await client.zpa.credentials.create(draftOf(request, scopeC.microtenantId))).toEqual({ id: answer.id });
      expect(client.asked).toEqual([`POST /credential?microtenantId=${scopeC.microtenantId}`]);
    },
  );

  it("understands the list without a microtenant", async () => {
    await using client = await answeringClient(listed);
    expect(await client.zpa.credentials.list()).toEqual(listed.list.map(meaning));
    expect(client.asked).toEqual(["GET /credential?page=1&pagesize=500"]);
  });

  it("understands the list of a microtenant, searched by ownership", async () => {
    await using client = await answeringClient(listedInMicrotenant);
    const search = "ownershipType EQ MICROTENANT_SPECIFIC";
    expect(await client.zpa.credentials.list({ ...scopeC, search })).toEqual(listedInMicrotenant.list.map(meaning));
    expect(client.asked).toEqual([
      `GET /credential?microtenantId=${scopeC.microtenantId}&search=ownershipType+EQ+MICROTENANT_SPECIFIC&page=1&pagesize=500`,
    ]);
  });

  it.each([
    ["the Default microtenant", single, {}],
    ["a microtenant", { ...single, ...scopeC }, scopeC],
  ])("understands one of %s", async (_, wire, options) => {
    await using client = await answeringClient(wire);
    expect(await client.zpa.credentials.get(single.id, options)).toEqual(meaning(wire));
  });

  it("writes the update as the page does, over what it read", () => {
    const { id, creationTime, modifiedBy, lastCredentialResetTime } = creates[2].answer;
    expect(updateBody(credentialOnWire.parse(creates[2].answer), draftOf(updateRequest))).toEqual({
      ...updateRequest,
      id,
      creationTime,
      modifiedBy,
      lastCredentialResetTime,
    });
  });

  it.each([
    ["deletes", "DELETE /credential/11262", {}],
    ["deletes in a microtenant", "DELETE /credential/11262?microtenantId=145260601092866314", scopeC],
  ])("%s as the page does", async (_, asked, options) => {
    await using client = await answeringClient(null);
    await client.zpa.credentials.delete(single.id, options);
    expect(client.asked).toEqual([asked]);
  });

  it("moves as the page does", async () => {
    await using client = await answeringClient(null);
    await client.zpa.credentials.move(single.id, { from: scopeC.microtenantId, to: "145260601092866315" });
    expect(client.asked).toEqual(["POST /credential/11262/move?microtenantId=145260601092866314&targetMicrotenantId=145260601092866315"]);
  });
});

/** A token of this day lasts through all that the page tells of. */
const later = new Date("2030-01-01T00:00:00Z");

describe("the simulated tenant", () => {
  it.each([{}, scopeC])("answers the creates as the page does (%j)", async (place) => {
    const clock = { at: later, now: () => clock.at };
    await using tenant = await rawTenant({ clock });
    for (const { request, answer } of creates) {
      clock.at = at(answer.creationTime);
      const { status, text } = await tenant.call("POST", `/credential${inScope(place)}`, request);
      expect(status).toBe(201);
      expect(JSON.parse(text)).toEqual({
        ...answer,
        ...named(place),
        id: expect.stringMatching(/^\d{5}$/),
        modifiedBy: expect.any(String),
      });
    }
  });

  it.each([
    ["without a microtenant", {}, listed],
    ["of a microtenant", scopeC, listedInMicrotenant],
  ] as const)("prints the list %s as the page does, once it has lived through the same", async (_, place, page) => {
    const clock = { at: later, now: () => clock.at };
    await using tenant = await rawTenant({ clock, monotonicMilliseconds: tireless() });
    const seeded = new Set((await tenant.control.state()).credentials.map(({ name }) => name));
    for (const wire of page.list) {
      clock.at = at(wire.creationTime);
      const { name, credentialType } = wire;
      const secret = { password: "p", privateKey: "k" };
      const body = { name, credentialType, userName: wire.userName, ...("description" in wire ? described(wire) : {}), ...secret };
      const { id } = JSON.parse((await tenant.call("POST", `/credential${inScope(place)}`, body)).text);
      if (!("modifiedTime" in wire)) continue;
      clock.at = at(wire.modifiedTime);
      if (wire.modifiedTime === wire.lastCredentialResetTime) await tenant.call("PUT", `/credential/${id}${inScope(place)}`, body);
      else await movedThereAndBack((path) => tenant.call("POST", path), id); // changed, and its secret not written
    }
    const { status, text } = await tenant.call("GET", `/credential${inScope(place, "?pagesize=500")}`);
    expect(status).toBe(200);
    const { list } = JSON.parse(text) as { list: { name: string }[] };
    const wanted = page.list.map((wire) => ({ ...wire, ...named(place), id: expect.any(String), modifiedBy: expect.any(String) }));
    expect(list.filter(({ name }) => !seeded.has(name)).map(unescaped)).toEqual(wanted);
  });

  it.each([{}, scopeC])("answers the page's update, deletion and moving with 204 and nothing (%j)", async (place) => {
    await using tenant = await rawTenant();
    const { id } = JSON.parse((await tenant.call("POST", `/credential${inScope(place)}`, updateRequest)).text);
    const empty = { status: 204, text: "" };
    expect(await tenant.call("PUT", `/credential/${id}${inScope(place)}`, updateRequest)).toMatchObject(empty);
    const [from, to] = "microtenantId" in place ? [place.microtenantId, "0"] : ["0", scopeC.microtenantId];
    expect(await tenant.call("POST", `/credential/${id}/move?microtenantId=${from}&targetMicrotenantId=${to}`)).toMatchObject(empty);
    expect(await tenant.call("DELETE", `/credential/${id}?microtenantId=${to}`)).toMatchObject(empty);
  });
});

/** A client to whose calls the same answer comes, and the calls as they were asked. */
async function answeringClient(body: unknown) {
  const asked: string[] = [];
  const answer: HttpAnswer =
    body === null
      ? { status: 204, headers: {}, text: "" }
      : { status: 200, headers: { "content-type": "application/json;charset=utf-8" }, text: JSON.stringify(body) };
  const client = await tenantClient({
    transportOver: (transport) => ({
      ...transport,
      send: async (call) => {
        const [, path] = call.url.split(/\/customers\/\d+/);
        if (path === undefined) return transport.send(call); // signs in
        asked.push(`${call.method} ${path}`);
        return answer;
      },
    }),
  });
  return { ...client, asked };
}

const inScope = (place: object, query = ""): string =>
  "microtenantId" in place ? `${query === "" ? "?" : `${query}&`}microtenantId=${place.microtenantId}` : query;
/** The microtenant of that id has a name of its own in the simulated tenant. */
const named = (place: object) => ("microtenantId" in place ? { ...scopeC, microtenantName: "Plant Rotterdam" } : {});
const described = ({ description, userDomain }: { description: string; userDomain: string }) => ({ description, userDomain });
const unescaped = (wire: { name: string }) => ({ ...wire, name: credentialOnWire.parse(wire).name });

async function movedThereAndBack(post: (path: string) => Promise<unknown>, id: string): Promise<void> {
  await post(`/credential/${id}/move?microtenantId=0&targetMicrotenantId=${scopeC.microtenantId}`);
  await post(`/credential/${id}/move?microtenantId=${scopeC.microtenantId}&targetMicrotenantId=0`);
}
