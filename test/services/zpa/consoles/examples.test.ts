import { describe, expect, it } from "vitest";
import { unescapeFields } from "../../../../src/services/zpa/unescape-deep.ts";
import { rawTenant } from "../../../sandbox/zpa/support/raw-tenant.ts";
import { answering } from "../support/answering.ts";

/** Objects in the shapes of the page "Configuring Privileged Consoles Using API", with values of our own. */
const application = {
  id: "145256180497771002",
  modifiedTime: "1674584300",
  creationTime: "1674584177",
  modifiedBy: "72057594038000001",
  name: "turbine-7.acme.example",
  enabled: true,
  domain: "turbine-7.acme.example",
  appId: "145256180497771001",
  hidden: false,
  applicationProtocol: "RDP",
  applicationPort: "3389",
  connectionSecurity: "TLS",
};
const portal = {
  id: "145256180497771010",
  modifiedTime: "1665520467",
  creationTime: "1636745350",
  modifiedBy: "72057594038000001",
  name: "Plant &amp; more",
  enabled: true,
  description: "&amp;&lt;&gt;",
  certificateId: "145256180497771011",
  certificateName: "plant1day",
  cName: "145256180497771010.145256180497770000.pra.d.zpa-app.net",
  domain: "plant.acme.example",
  userNotification: "Welcome :",
  userNotificationEnabled: true,
};
const usual = {
  id: "145256180497771020",
  creationTime: "1639088246",
  modifiedBy: "72057594038000001",
  name: "turbine&#x2d;7",
  enabled: true,
  praApplication: application,
  praPortals: [portal],
};
const { praApplication: _, praPortals: __, ...bare } = usual;
/** As one example spells it. */
const capital = { ...bare, PraApplication: application, PraPortals: [portal] };
const inMicrotenant = {
  ...usual,
  praApplication: { ...application, microtenantName: "Default" },
  praPortals: [{ id: portal.id, enabled: true }],
  microtenantId: "145260601092866314",
};
const understood = {
  id: usual.id,
  name: "turbine-7",
  enabled: true,
  praApplicationId: application.id,
  segmentId: application.appId,
  domain: "turbine-7.acme.example",
  protocol: "RDP",
  portalIds: [portal.id],
};
const list = (...items: readonly object[]) => JSON.stringify({ totalPages: "1", list: items });
const draft = {
  name: "turbine-7",
  description: null,
  enabled: true,
  praApplicationId: application.id,
  portalIds: [portal.id],
  microtenantId: null,
};

describe("the page's answers, read by the client", () => {
  it("are consoles in a page with and without a total, in an object alone, and in either spelling", async () => {
    for (const text of [list(usual), JSON.stringify({ totalPages: "1", totalCount: "1", list: [usual] }), list(capital)]) {
      expect(await answering(200, text).zpa.consoles.list()).toMatchObject([understood]);
      const ofPortal = answering(200, text);
      expect(await ofPortal.zpa.consoles.listByPortal(portal.id)).toMatchObject([understood]);
      expect(ofPortal.sent[0]?.path).toBe(`praConsole/praPortal/${portal.id}?page=1&pagesize=500`);
    }
    for (const each of [usual, capital]) {
      const read = await answering(200, JSON.stringify(each)).zpa.consoles.get(usual.id);
      expect(read).toMatchObject({ ...understood, microtenantId: null, portals: [{ id: portal.id, name: "Plant & more" }] });
    }
  });

  it("are of a microtenant whose id is a bare number that no double holds", async () => {
    const text = JSON.stringify(inMicrotenant).replace('"145260601092866314"', "145260601092866314");
    expect(await answering(200, text).zpa.consoles.get(usual.id)).toMatchObject({
      microtenantId: "145260601092866314",
      portalIds: [portal.id],
    });
  });

  it("to a create are an object or a list of one, to a bulk create a list", async () => {
    for (const each of [usual, [capital], inMicrotenant])
      expect(await answering(201, JSON.stringify(each)).zpa.consoles.create(draft)).toEqual({ id: usual.id });
    expect(await answering(201, JSON.stringify([usual, { ...usual, id: "8" }])).zpa.consoles.createMany([draft, draft])).toEqual([
      { id: usual.id },
      { id: "8" },
    ]);
  });

  it.each([
    ["no id", "{}"],
    ["nothing", ""],
    ["two where one was made", JSON.stringify([usual, usual])],
  ])("to a create with %s leave a console that nobody knows", async (_case, text) => {
    await expect(answering(201, text).zpa.consoles.create(draft)).rejects.toMatchObject({ code: "zpa_timeout" });
  });

  it("to a bulk create that name fewer than were asked for leave consoles that nobody knows", async () => {
    const { consoles } = answering(201, JSON.stringify([usual])).zpa;
    await expect(consoles.createMany([draft, draft])).rejects.toMatchObject({ code: "zpa_timeout" });
  });
});

describe("the client's calls, as the page has them", () => {
  const query = "?microtenantId=145260601092866314";
  const body = {
    name: "turbine-7",
    description: "",
    enabled: true,
    praApplication: { id: application.id },
    praPortals: [{ id: portal.id }],
  };

  it("to create send name, application and portals, one or a list of them", async () => {
    const one = answering(201, JSON.stringify(usual));
    await one.zpa.consoles.create(draft);
    await one.zpa.consoles.create({ ...draft, microtenantId: "145260601092866314" });
    expect(one.sent).toEqual([
      { method: "POST", path: "praConsole", body },
      { method: "POST", path: `praConsole${query}`, body },
    ]);
    const many = answering(201, JSON.stringify([usual]));
    await many.zpa.consoles.createMany([{ ...draft, microtenantId: "145260601092866314" }]);
    expect(many.sent).toEqual([{ method: "POST", path: `praConsole/bulk${query}`, body: [body] }]);
  });

  it("to update send the whole object back, unescaped, with fields that nobody here knows", async () => {
    const sentByUi = {
      ...inMicrotenant,
      praPortals: [portal],
      port: "3389",
      protocol: "RDP",
      link: "turbine-7.acme.example",
      connectionSecurity: "TLS",
    };
    const current = await answering(200, JSON.stringify(sentByUi)).zpa.consoles.get(usual.id);
    const put = answering(204, "");
    await put.zpa.consoles.update(current, { ...draft, description: "Test <console> & more", enabled: false });
    const [call] = put.sent;
    expect(call).toMatchObject({ method: "PUT", path: `praConsole/${usual.id}${query}` });
    expect(call?.body).toEqual({
      ...sentByUi,
      name: "turbine-7",
      description: "Test <console> & more",
      enabled: false,
      praPortals: [{ ...portal, name: "Plant & more", description: "&<>" }],
    });
    // Sent as often as one likes, nothing is escaped or unescaped any further.
    expect(unescapeFields(call?.body as Record<string, unknown>)).toEqual(call?.body);
  });

  it("name another application or portal by its id alone, and leave the spelling in capitals behind", async () => {
    const current = await answering(200, JSON.stringify(capital)).zpa.consoles.get(usual.id);
    const put = answering(204, "");
    await put.zpa.consoles.update(current, { ...draft, praApplicationId: "5", portalIds: ["6", portal.id] });
    const body_ = put.sent[0]?.body;
    expect(body_).toMatchObject({ praApplication: { id: "5" }, praPortals: [{ id: "6" }, { id: portal.id, cName: portal.cName }] });
    expect(body_).not.toHaveProperty("PraApplication");
    expect(body_).not.toHaveProperty("PraPortals");
  });

  it("to delete send nothing but the id and the microtenant", async () => {
    const { zpa, sent } = answering(204, "");
    await zpa.consoles.delete(usual.id);
    await zpa.consoles.delete(usual.id, { microtenantId: "145260601092866314" });
    expect(sent).toEqual([
      { method: "DELETE", path: `praConsole/${usual.id}`, body: undefined },
      { method: "DELETE", path: `praConsole/${usual.id}${query}`, body: undefined },
    ]);
  });
});

describe("the page's calls, answered by the simulated tenant", () => {
  /** A tenant with the ids that an example needs. */
  async function atTenant() {
    const tenant = await rawTenant({ rateLimit: "path" });
    const { list: applications } = JSON.parse(
      (await tenant.call("GET", "/application/getAppsByType?applicationType=SECURE_REMOTE_ACCESS")).text,
    );
    const { list: portals } = JSON.parse((await tenant.call("GET", "/praPortal")).text);
    return { tenant, praApplication: { id: applications[0].id }, praPortal: portals[0], portalId: portals[0].id };
  }
  const keys = (value: object) => Object.keys(value).toSorted();

  it("create: 201 and the object, with stubs for the portals; the whole portal may be sent, and be in a list of one, in capitals", async () => {
    const { tenant, praApplication, praPortal } = await atTenant();
    await using _tenant = tenant;
    const answer = await tenant.call("POST", "/praConsole", {
      enabled: true,
      name: "10.1.1.1",
      description: "",
      praPortals: [praPortal],
      praApplication,
    });
    const made = JSON.parse(answer.text);
    expect(answer.status).toBe(201);
    expect(keys(made)).toEqual(keys({ ...usual, modifiedTime: "" }));
    expect(made).toMatchObject({
      name: "10&#x2e;1&#x2e;1&#x2e;1",
      praApplication: { ...praApplication, hidden: false },
      praPortals: [{ id: praPortal.id, enabled: true }],
    });
    expect(keys(made.praPortals[0])).toEqual(["enabled", "id"]);
    const capitals = await tenant.call("POST", "/praConsole", [
      { enabled: true, name: "c", PraPortals: [praPortal], PraApplication: praApplication },
    ]);
    expect(capitals.status).toBe(201);
    expect(JSON.parse(capitals.text)).toMatchObject([{ name: "c", praApplication }]);
  });

  it("bulk create: 201 and a list, or a refusal of all", async () => {
    const { tenant, praApplication, portalId } = await atTenant();
    await using _tenant = tenant;
    const good = { enabled: true, name: "a", description: "", praPortals: [{ id: portalId }], praApplication };
    const answer = await tenant.call("POST", "/praConsole/bulk", [good, { ...good, name: "b" }]);
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text).map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    const count = () => tenant.control.state().then(({ consoles }) => consoles.length);
    const before = await count();
    for (const bad of [
      { ...good, praApplication: { id: "7" } },
      { ...good, name: " " },
      { ...good, praPortals: [{ id: 7 }] },
    ])
      expect((await tenant.call("POST", "/praConsole/bulk", [good, bad])).status).toBe(400);
    for (const bad of [[], good]) expect((await tenant.call("POST", "/praConsole/bulk", bad)).status).toBe(400);
    expect(await count()).toBe(before);
  });

  it("refuse what is not there by its id, with the id in params", async () => {
    const { tenant, praApplication, portalId } = await atTenant();
    await using _tenant = tenant;
    const missing = "72058304855174572";
    const good = { name: "a", praPortals: [{ id: portalId }], praApplication };
    for (const [method, path, body] of [
      ["GET", `/praConsole/${missing}`, undefined],
      ["DELETE", `/praConsole/${missing}`, undefined],
      ["PUT", `/praConsole/${missing}`, good],
      ["GET", `/praConsole/praPortal/${missing}`, undefined],
      ["POST", "/praConsole", { ...good, praApplication: { id: missing } }],
      ["POST", "/praConsole", { ...good, praPortals: [{ id: missing }] }],
      ["GET", `/praConsole?microtenantId=${missing}`, undefined],
    ] as const) {
      const answer = await tenant.call(method, path, body);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        400,
        { params: [missing], id: "resource.not.found", reason: "No resource exists with the given id/name :72,058,304,855,174,572" },
      ]);
    }
  });

  it("read, update and delete: 200, 204 and 204 without a body; what an update leaves out is gone", async () => {
    const { tenant, praApplication, portalId } = await atTenant();
    await using _tenant = tenant;
    const sent = { name: "a", description: "x", iconText: "A", praPortals: [{ id: portalId }], praApplication };
    const { id } = JSON.parse((await tenant.call("POST", "/praConsole", sent)).text);
    const read = async () => JSON.parse((await tenant.call("GET", `/praConsole/${id}`)).text);
    expect(keys((await read()).praPortals[0])).toContain("cName");
    expect(await read()).not.toHaveProperty("praApplication.microtenantName");
    const whole = { ...(await read()), port: "22", protocol: "SSH", link: "a", description: "y" };
    expect(await tenant.call("PUT", `/praConsole/${id}`, whole)).toMatchObject({ status: 204, text: "" });
    expect(await read()).toMatchObject({ description: "y", iconText: "A" });
    const { iconText: _icon, ...without } = sent;
    await tenant.call("PUT", `/praConsole/${id}`, without);
    expect(await read()).not.toHaveProperty("iconText");
    expect(await tenant.call("DELETE", `/praConsole/${id}`)).toMatchObject({ status: 204, text: "" });
    expect((await tenant.call("GET", `/praConsole/${id}`)).status).toBe(400);
  });
});
