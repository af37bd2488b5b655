import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useLines } from "../../../src/cli/zpa/show-credential.ts";
import { encryptedOpenSshKey, openSshKey, pemKey } from "../../services/zpa/credentials/keys.ts";
import { piped, praWith, typing } from "../pra.ts";
import { aTenant, type TenantAtHand } from "./a-tenant.ts";

const unrecorded = "--without-ledger";
const ROTTERDAM = "145260601092866314";

/** A terminal at which these keys are pressed, one question after the other. */
const pressing = (...keys: readonly string[]): PassThrough => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  for (const each of keys) terminal.write(each);
  return terminal;
};

/** A terminal at which a secret is typed once this was done, by somebody else, after the question. */
const secretAfter = (deed: () => Promise<unknown>): PassThrough => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  terminal.once("resume", () =>
    deed().then(
      () => terminal.end("typed-late-0815\r"),
      (thrown: Error) => terminal.destroy(thrown),
    ),
  );
  return terminal;
};

/** A terminal at which somebody says yes once this was done, by somebody else, after the question. */
const yesAfter = (deed: () => Promise<unknown>): PassThrough => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  terminal.once("resume", () =>
    deed().then(
      () => terminal.end("y\n"),
      (thrown: Error) => terminal.destroy(thrown),
    ),
  );
  return terminal;
};

describe("pra zpa credentials", () => {
  let at: TenantAtHand;
  beforeEach(async () => {
    at = await aTenant();
  });
  afterEach(() => at.close());

  const listed = async (...args: readonly string[]) => (await at.json("credentials", "list", ...args)).credentials;
  const idOf = async (name: string): Promise<string> => (await listed()).find((each: { name: string }) => each.name === name)?.id;
  const jsonWith = async (input: Parameters<TenantAtHand["zpaWith"]>[0], ...args: readonly string[]) =>
    JSON.parse((await at.zpaWith(input, "credentials", ...args, "--json")).last);
  /** With one file on the disk. */
  const withFile = async (file: string, input: PassThrough | ReturnType<typeof piped>, ...args: readonly string[]) => {
    const readFile = (path: string): string => {
      if (path !== "/keys/plc") throw new Error(`ENOENT: ${path}`);
      return file;
    };
    const ran = await praWith({ env: at.env, input, readFile }, "zpa", "credentials", ...args, unrecorded, "--json");
    return { ...ran, json: JSON.parse(ran.last) };
  };

  it("lists them with the oldest secret first, and with --stale only those that are too old; ZPA sorts and filters them", async () => {
    const { out } = await at.zpa("credentials", "list");
    expect(out.split("\n")[0]).toMatch(/^Id +Name +Type +User +Last reset +Days ago +Description$/);
    expect(out).toMatch(/\n112\d\d +SCADA operator +USERNAME_PASSWORD +operator \(plant\.acme\.example\) +\d{4}-\d\d-\d\d +400\n/);
    const ages = (await listed()).map(({ name, ageDays }: { name: string; ageDays: number }) => [name, ageDays]);
    expect(ages).toEqual([
      ["HMI panels", 1460],
      ["SCADA operator", 400],
      ["jump hosts", 200],
      ["Domain admin break-glass", 95],
      ["Robot cells", 35],
      ["db-prod maintenance", 12],
    ]);
    const names = async (...args: readonly string[]) => (await listed(...args)).map(({ name }: { name: string }) => name);
    expect(await names("--stale", "199")).toEqual(["HMI panels", "SCADA operator", "jump hosts"]);
    expect(await names("--stale", "200")).toEqual(["HMI panels", "SCADA operator"]);
    expect((await at.zpa("credentials", "list", "--stale", "9999")).out).toBe("No credential.\n");
    expect(await names("--microtenant", ROTTERDAM)).toEqual(["RTM crane panel", "RTM SCADA"]);
    expect(await names("--search", "name EQ Robot cells")).toEqual(["Robot cells"]);
    const byName = ["db-prod maintenance", "Domain admin break-glass", "HMI panels", "jump hosts", "Robot cells", "SCADA operator"];
    expect(await names("--sort", "name")).toEqual(byName);
    expect(await names("--sort", "name:desc")).toEqual(byName.toReversed());
    expect((await at.json("credentials", "list", "--sort", "a b")).error.code).toBe("invalid_input");
    expect((await at.json("credentials", "list", "--stale", "soon")).error.code).toBe("invalid_input");
  });

  it("shows one", async () => {
    const id = await idOf("SCADA operator");
    expect((await at.json("credentials", "get", id)).credential).toMatchObject({ id, ageDays: 400, raw: { id } });
    expect((await at.zpa("credentials", "get", id)).out).toMatch(/Domain +plant\.acme\.example\nLast reset +\d{4}-.*Z\nDays ago +400\n/);
    expect((await at.json("credentials", "get", "7")).error).toMatchObject({ code: "zpa_not_found" });
  });

  it("makes one with a password that is piped in, or typed without being shown", async () => {
    const create = ["create", "--name", "Boiler panel", "--type", "password", unrecorded];
    expect(await jsonWith(piped("steam-1877\n"), ...create)).toMatchObject({
      credential: { name: "Boiler panel", type: "PASSWORD", userName: null, ageDays: 0 },
      asIntended: true,
      recorded: "not",
    });
    const typed = await at.zpaWith(
      pressing("wharf-0815\r"),
      ...[
        "credentials",
        "create",
        "--name",
        "SCADA night",
        "--type",
        "USERNAME_PASSWORD",
        "--user",
        "night",
        "--domain",
        "plant",
        unrecorded,
      ],
    );
    expect(typed.status).toBe(0);
    expect(typed.err).toMatch(/^Password: \n/);
    expect(typed.out).toMatch(/Name +SCADA night\n/);
    expect(typed.out + typed.err).not.toContain("wharf");
    expect((await jsonWith(piped("x"), ...create)).error.message).toMatch(/stands already \(\d+\)/);
  });

  it("makes one of a private key: from a file, piped in, or typed up to Ctrl-D; an encrypted one with its passphrase", async () => {
    const create = (name: string) => ["create", "--name", name, "--type", "ssh-key", "--user", "plc"];
    const fromFile = await withFile(openSshKey(), piped(""), ...create("a"), "--key-file", "/keys/plc");
    expect(fromFile.json).toMatchObject({ credential: { name: "a", type: "SSH_KEY", userName: "plc" }, asIntended: true });
    expect(await jsonWith(piped(pemKey()), ...create("b"), unrecorded)).toMatchObject({ asIntended: true });
    const typed = pressing(`${encryptedOpenSshKey("four winds")}\u0004`, "four winds\r");
    const asked = await at.zpaWith(typed, "credentials", ...create("c"), unrecorded);
    expect([asked.status, asked.err]).toEqual([
      0,
      expect.stringMatching(/^Private key \(Ctrl-D at its end\): \nPassphrase of the key: \n/),
    ]);
    const pem = pemKey("four winds");
    expect((await withFile(pem, piped("four winds\n"), ...create("d"), "--key-file", "/keys/plc")).json).toMatchObject({
      asIntended: true,
    });
    const wrong = await withFile(pem, piped("five winds\n"), ...create("e"), "--key-file", "/keys/plc");
    expect(wrong.json.error.message).toMatch(/passphrase does not open this private key/);
    const tooLate = await jsonWith(piped(pem), ...create("e"), unrecorded);
    expect(tooLate.error.message).toMatch(/--key-file/);
  });

  it.each([
    ["a key that is none", ["--type", "SSH_KEY", "--user", "u"], "correct horse", /not a private key/],
    ["no secret", ["--type", "PASSWORD"], "", /nothing was given/],
    ["a type that ZPA does not have", ["--type", "TOKEN"], "x", /SSH_KEY/],
    ["no user name where there must be one", ["--type", "SSH_KEY"], "x", /user name/],
    ["a key's file with a password", ["--type", "PASSWORD", "--key-file", "/keys/plc"], "x", /SSH_KEY/],
    ["a file that is not there", ["--type", "SSH_KEY", "--user", "u", "--key-file", "/keys/other"], "", /cannot be read/],
  ])("sends nothing for %s", async (_, args, secret, sentence) => {
    const { status, json, out, err } = await withFile("", piped(secret), "create", "--name", "x", ...args);
    expect([status, json.error.message]).toEqual([2, expect.stringMatching(sentence)]);
    if (secret.length > 8) expect(out + err).not.toContain(secret);
    expect(await at.writes()).toBe(0);
  });

  it("takes a secret from no argument", async () => {
    for (const option of ["--password", "--secret", "--private-key", "--passphrase"]) {
      const { status, out, err } = await at.zpa("credentials", "create", "--name", "x", "--type", "PASSWORD", option, "hunter2-hunter2");
      expect(status).toBe(2);
      expect(out + err).not.toContain("hunter2");
    }
  });

  it("changes what is named with the secret given again, and rotates the secret alone", async () => {
    const id = await idOf("SCADA operator");
    const changed = await jsonWith(piped("new-0815\n"), "update", id, "--name", "scada OPERATOR", "--description", "Shift B", unrecorded);
    expect(changed).toMatchObject({
      credential: {
        id,
        name: "scada OPERATOR",
        description: "Shift B",
        userName: "operator",
        userDomain: "plant.acme.example",
        ageDays: 0,
      },
      asIntended: true,
    });
    expect((await jsonWith(piped("x"), "update", id, "--name", "hmi panels", unrecorded)).error.message).toMatch(/stands already/);
    const panels = await idOf("HMI panels");
    expect(await jsonWith(piped("new-0816\n"), "rotate", panels, unrecorded)).toMatchObject({
      credential: { name: "HMI panels", description: "All bottling lines", ageDays: 0 },
      asIntended: true,
    });
  });

  it("sends no secret to what somebody else changed, or named so, while it was typed", async () => {
    const id = await idOf("SCADA operator");
    const describe = () => jsonWith(piped("another-42-secret"), "update", id, "--description", "Shift C", unrecorded);
    expect((await jsonWith(secretAfter(describe), "rotate", id, unrecorded)).error).toMatchObject({ code: "zpa_object_changed" });
    const create = ["create", "--name", "Line 9", "--type", "PASSWORD", unrecorded];
    const twin = () => jsonWith(piped("another-43-secret"), ...create);
    expect((await jsonWith(secretAfter(twin), ...create)).error.message).toMatch(/stands already/);
    expect((await listed()).filter(({ name }: { name: string }) => name === "Line 9")).toHaveLength(1);
  });

  it("moves one to a microtenant and back, and changes one there and not elsewhere", async () => {
    const id = await idOf("Robot cells");
    const there = await at.json("credentials", "move", id, "--to", ROTTERDAM, unrecorded);
    expect(there).toMatchObject({ credential: { id, microtenantId: ROTTERDAM }, asIntended: true });
    expect((await at.json("credentials", "get", id)).error.code).toBe("zpa_not_found");
    const [{ query }] = (await jsonWith(piped("s"), "rotate", id, "--microtenant", ROTTERDAM, "--dry-run")).dryRun;
    expect(query).toEqual({ microtenantId: ROTTERDAM });
    const back = await at.json("credentials", "move", id, "--to", "default", "--microtenant", ROTTERDAM, unrecorded);
    expect(back).toMatchObject({ credential: { id, microtenantId: null }, asIntended: true });
  });

  it("asks before it deletes, says what, and which rules use it", async () => {
    const id = await idOf("jump hosts");
    expect((await jsonWith(piped(""), "delete", id, unrecorded)).error.code).toBe("confirmation_needed");
    const no = await at.zpaWith(typing("n"), "credentials", "delete", id, unrecorded, "--json");
    expect(no.err).toMatch(
      /Name +jump hosts\n[\s\S]*\nNo rule of the credential policy names it[\s\S]*This credential is going to be deleted\./,
    );
    const used = await at.zpaWith(typing("y"), "credentials", "delete", await idOf("HMI panels"), unrecorded, "--json");
    expect(used.err).toMatch(/Name +HMI panels\n[\s\S]*\nThese rules of the credential policy use it[^\n]*\n {2}- +Panels \(\d+\)\n/);
    expect(JSON.parse(used.last).error).toMatchObject({ code: "zpa_refused", message: expect.stringContaining("privileged credential") });
    expect(JSON.parse(no.last)).toEqual({ changed: false });
    expect((await at.json("credentials", "get", id)).credential.name).toBe("jump hosts");
    expect(await jsonWith(typing("y"), "delete", id, unrecorded)).toMatchObject({ deleted: id, asIntended: true });
    expect((await at.json("credentials", "delete", id, "--yes", unrecorded)).error.code).toBe("zpa_not_found");
  });

  it("deletes nothing that is not any more what was shown when it asked: changed meanwhile, or gone", async () => {
    const id = await idOf("SCADA operator");
    const describe = () => jsonWith(piped("another-42-secret"), "update", id, "--description", "needed after all", unrecorded);
    const refusal = { code: "zpa_object_changed", message: expect.stringContaining(id) };
    expect((await jsonWith(yesAfter(describe), "delete", id, unrecorded)).error).toMatchObject(refusal);
    expect((await at.json("credentials", "get", id)).credential.description).toBe("needed after all");
    const remove = () => jsonWith(piped(""), "delete", id, "--yes", unrecorded);
    expect((await jsonWith(yesAfter(remove), "delete", id, unrecorded)).error).toMatchObject(refusal);
    expect((await at.tenant.control.state()).calls.DELETE).toBe(1);
  });

  /** Contract: a rehearsal shows the call as it would be sent, with every secret replaced, and sends nothing that writes. */
  it("prints with --dry-run what it would send, and the secret as a mask", async () => {
    const key = encryptedOpenSshKey("four winds");
    const create = ["create", "--name", "x", "--type", "SSH_KEY", "--user", "u", "--key-file", "/keys/plc", "--dry-run"];
    const rehearsed = await withFile(key, piped("four winds\n"), ...create);
    expect(rehearsed.json.dryRun).toEqual([
      {
        method: "POST",
        path: expect.stringMatching(/^\/zpa\/mgmtconfig\/v1\/admin\/customers\/\d+\/credential$/),
        query: {},
        body: { name: "x", credentialType: "SSH_KEY", userName: "u", privateKey: "…", passphrase: "…" },
      },
    ]);
    const id = await idOf("SCADA operator");
    const rotated = await at.zpaWith(piped("wharf-0815\n"), "credentials", "rotate", id, "--dry-run");
    expect(rotated.out).toMatch(new RegExp(`^PUT /zpa/.*/credential/${id}\\n\\{[\\s\\S]*"password": "…"`));
    for (const text of [rehearsed.out, rehearsed.err, rotated.out, rotated.err]) {
      expect(text).not.toContain("winds");
      expect(text).not.toContain("wharf");
      expect(text).not.toContain(key.split("\n")[1]);
    }
    expect(await at.writes()).toBe(0);
  });

  it("says that one stands whose answer was lost, and does not make a second", async () => {
    await at.tenant.control.fault({ method: "POST", pathContains: "/credential", kind: "garbage", times: 1 });
    const made = await jsonWith(piped("steam-1877"), "create", "--name", "Boiler panel", "--type", "PASSWORD", unrecorded);
    expect(made).toMatchObject({ credential: { name: "Boiler panel" }, asIntended: true });
    expect((await listed()).filter(({ name }: { name: string }) => name === "Boiler panel")).toHaveLength(1);
  });
});

describe("what uses a credential that is about to be deleted", () => {
  it("is named, or is nothing, with what was not looked at", () => {
    expect(useLines([{ ruleId: "72", name: "Plant\u001b[2J vendors" }])).toEqual([
      expect.stringMatching(/^These rules/),
      "  -  Plant·[2J vendors (72)",
    ]);
    expect(useLines([])).toEqual([expect.stringMatching(/^No rule[^;]*; whether a pool/)]);
  });
});
