import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { piped, typing } from "../pra.ts";
import { aTenant, type TenantAtHand } from "./a-tenant.ts";

const unrecorded = "--without-ledger";

describe("pra zpa consoles", () => {
  let at: TenantAtHand;
  beforeEach(async () => {
    at = await aTenant();
  });
  afterEach(() => at.close());

  const named = async (name: string): Promise<string> => {
    const { consoles } = await at.json("consoles", "list", "--search", `name EQ ${name}`);
    return consoles[0]?.id;
  };

  it("lists them as a table for people and as objects for programs, of the Default microtenant or of another", async () => {
    const { status, out } = await at.zpa("consoles", "list");
    expect(status).toBe(0);
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^Id +Name +Enabled +Application +Portals +Description$/);
    expect(out).toMatch(
      /\d{18} {2}HMI Line 3 & 4 +yes +hmi-line-3-4\.hmi\.plant\.acme\.example VNC +Plant portal +Shared operator panel, lines 3 & 4\n/,
    );
    const { consoles } = await at.json("consoles", "list", "--microtenant", "145260601092866314");
    expect(consoles).toContainEqual(expect.objectContaining({ name: "RTM crane panel", microtenantId: "145260601092866314" }));
  });

  it("lists those of one portal, by its name", async () => {
    const { consoles } = await at.json("consoles", "by-portal", "suppliers PORTAL");
    expect(consoles.map(({ name }: { name: string }) => name)).toEqual(["Robot cell 1", "Robot cell 2", "Palletizer"]);
    expect((await at.json("consoles", "by-portal", "no portal")).error).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("there is no portal “no portal”"),
    });
  });

  it("makes one for the segment that has none, and shows it as read from ZPA", async () => {
    const { segments } = await at.json("segments", "list", "--without-console");
    expect(segments.map(({ name }: { name: string }) => name)).toEqual(["Test bench"]);
    const made = await at.json(
      ...["consoles", "create", "--name", "bench <1>", "--segment", "Test bench", "--portal", "Infrastructure portal", unrecorded],
    );
    expect(made).toMatchObject({
      console: { name: "bench <1>", domain: "bench-1.lab.acme.example", portals: [{ name: "Infrastructure portal" }], enabled: true },
      asIntended: true,
      recorded: "not",
    });
    expect(await at.json("consoles", "get", made.console.id)).toMatchObject({
      console: { id: made.console.id, raw: { id: made.console.id } },
    });
    expect((await at.json("segments", "list", "--without-console")).segments).toEqual([]);
  });

  it.each([
    ["a segment with several PRA applications", ["--segment", "Databases production"], /more than one PRA application/],
    ["a segment that is not there", ["--segment", "Nothing"], /there is no application segment/],
    ["no target", [], /--application or with --segment/],
    ["an application that is not there", ["--application", "72057594038656944"], /Zscaler/],
  ])("makes none for %s", async (_, target, sentence) => {
    const { status, err } = await at.zpa("consoles", "create", "--name", "x", "--portal", "Plant portal", ...target, unrecorded);
    expect(status).toBe(2);
    expect(err).toMatch(sentence);
    expect((await at.json("consoles", "list", "--search", "name EQ x")).consoles).toEqual([]);
  });

  it("makes those of a YAML or JSON file, all of them or none, with ids exact without quotation marks", async () => {
    const { segments } = await at.json("segments", "list", "--without-console");
    const application = segments[0].praApplications[0].id;
    const yaml = `- name: one\n  application: ${application}\n  portals: [Plant portal]\n- name: two\n  application: "${application}"\n  portals: [Plant portal]\n  enabled: false\n`;
    const { last, status } = await at.zpaWith(piped(yaml), "consoles", "create-many", unrecorded, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(last)).toMatchObject({
      consoles: [
        { name: "one", enabled: true, praApplicationId: application },
        { name: "two", enabled: false },
      ],
      asIntended: true,
    });
    const json = JSON.stringify([
      { name: "three", application, portals: ["Plant portal"] },
      { name: "four", application: "7", portals: ["Plant portal"] },
    ]);
    expect((await at.zpaWith(piped(json), "consoles", "create-many", unrecorded)).status).toBe(2);
    expect(await named("three")).toBeUndefined();
    const wrong = await at.zpaWith(piped("- name: x\n  portal: [1]\n"), "consoles", "create-many", unrecorded);
    expect(wrong.err).toMatch(/application|portals/);
  });

  it("changes what is named, keeps the rest, and switches off and on", async () => {
    const id = await named("db-prod");
    const changed = await at.json(
      "consoles",
      "update",
      id,
      "--description",
      "Primary",
      "--portal",
      "Plant portal",
      "Suppliers portal",
      unrecorded,
    );
    expect(changed.console).toMatchObject({
      name: "db-prod",
      description: "Primary",
      portals: [{ name: "Plant portal" }, { name: "Suppliers portal" }],
    });
    expect((await at.json("consoles", "disable", id, unrecorded)).console).toMatchObject({ enabled: false, description: "Primary" });
    expect((await at.json("consoles", "enable", id, unrecorded)).console).toMatchObject({ enabled: true });
  });

  it("asks before it deletes, and says what", async () => {
    const id = await named("db-legacy");
    const nobody = await at.zpaWith(piped(""), "consoles", "delete", id, unrecorded, "--json");
    expect(JSON.parse(nobody.last).error.code).toBe("confirmation_needed");
    const no = await at.zpaWith(typing("n"), "consoles", "delete", id, unrecorded, "--json");
    expect(no.err).toMatch(/Name +db-legacy\n[\s\S]*This console is going to be deleted\./);
    expect(JSON.parse(no.last)).toEqual({ changed: false });
    expect(await at.writes()).toBe(0);
    const yes = await at.zpaWith(typing("y"), "consoles", "delete", id, unrecorded, "--json");
    expect(JSON.parse(yes.last)).toMatchObject({ deleted: id, asIntended: true });
    expect((await at.json("consoles", "delete", id, "--yes", unrecorded)).error.code).toBe("zpa_not_found");
  });

  /** Contract: what --dry-run prints is what the same command sends, and nothing that writes is sent, nor written down. */
  it("prints with --dry-run exactly what it would send, and sends nothing", async () => {
    const id = await named("HMI Line 3 & 4");
    const rotterdam = ["--microtenant", "145260601092866314"];
    const [crane] = (await at.json("consoles", "list", ...rotterdam)).consoles;
    const [rehearsed] = (await at.json("consoles", "disable", id, "--dry-run")).dryRun;
    expect(rehearsed).toMatchObject({
      method: "PUT",
      path: expect.stringMatching(new RegExp(`^/zpa/mgmtconfig/v1/admin/customers/\\d+/praConsole/${id}$`)),
      query: {},
    });
    // The very object that was read, unescaped, with one field changed.
    expect(rehearsed.body).toMatchObject({ id, name: "HMI Line 3 & 4", enabled: false, praApplication: { domain: expect.any(String) } });
    expect((await at.json("consoles", "delete", crane.id, ...rotterdam, "--dry-run")).dryRun).toEqual([
      { method: "DELETE", path: expect.stringMatching(/praConsole/), query: { microtenantId: "145260601092866314" }, body: null },
    ]);
    const create = await at.zpa("consoles", "create", "--name", "x", "--application", "5", "--portal", "6", "--dry-run");
    expect(create.out).toMatch(/^POST \/zpa\/mgmtconfig\/v1\/admin\/customers\/\d+\/praConsole\n\{\n {2}"name": "x",\n/);
    const many = await at.zpaWith(piped("[{name: a, application: 5, portals: [6]}]"), "consoles", "create-many", "--dry-run", "--json");
    expect(JSON.parse(many.last).dryRun).toMatchObject([
      { method: "POST", path: expect.stringMatching(/praConsole\/bulk$/), body: [{ name: "a" }] },
    ]);
    expect(await at.writes()).toBe(0);
    await at.json("consoles", "disable", id, unrecorded);
    expect((await at.json("consoles", "get", id)).console).toMatchObject({ name: "HMI Line 3 & 4", enabled: false });
  });

  it("asks ZPA for nothing at all where a rehearsed write needs no look", async () => {
    await at.tenant.control.resetCalls({});
    await at.json("consoles", "create", "--name", "x", "--application", "5", "--portal", "6", "--dry-run");
    expect(await at.tenant.control.state()).toMatchObject({ calls: {}, authCalls: 0 });
  });

  it("needs the ZPA settings, names what is missing of them, and no other", async () => {
    const { tenant } = at;
    const env = { ...at.env, ZPA_CUSTOMER_ID: "" };
    const { praWith } = await import("../pra.ts");
    const { err, status } = await praWith({ env }, "zpa", "portals", "list");
    expect(status).toBe(2);
    expect(err).toMatch(/ZPA_CUSTOMER_ID/);
    expect(err).not.toMatch(/SLACK/);
    expect((await tenant.control.state()).authCalls).toBe(0);
  });
});

describe("pra zpa segments, portals and microtenants", () => {
  it("list and get them", async () => {
    const at = await aTenant();
    try {
      const { segments } = await at.json("segments", "list");
      const databases = segments.find(({ name }: { name: string }) => name === "Databases production");
      expect(databases.praApplications.map(({ consoles }: { consoles: { name: string }[] }) => consoles[0]?.name)).toEqual([
        "db-prod",
        "db-prod-replica",
        "db-prod-pgbouncer",
      ]);
      expect((await at.json("segments", "get", databases.id)).segment).toEqual(databases);
      expect((await at.zpa("segments", "list")).out).toMatch(/Test bench +Office +bench-1\.lab\.acme\.example SSH +\d{18} +none\n/);
      const { portals } = await at.json("portals", "list");
      expect((await at.json("portals", "get", portals[0].id)).portal).toEqual(portals[0]);
      expect((await at.zpa("microtenants", "list")).out).toMatch(/145260601092866315 {2}Nordwind Logistics +yes +no\n/);
      expect((await at.json("microtenants", "get", "145260601092866314")).microtenant.name).toBe("Plant Rotterdam");
      expect((await at.json("portals", "list", "--microtenant", "1 2")).error.code).toBe("invalid_input");
    } finally {
      await at.close();
    }
  });
});
