import { PassThrough } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSailPoint, startSailPoint } from "../../sandbox/sailpoint/server.ts";
import { type Control, startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { noServices } from "../http/no-services.ts";
import { aRulebook, type Rulebook } from "../services/rules/a-rulebook.ts";
import { keptLog } from "../support/silent-log.ts";
import { praWith, typing } from "./pra.ts";

/**
 * Contract: `pra sailpoint config` shows what it would do before it does it, carries over what both sides mean alike, names all else, and writes
 * over nothing that was not shown.
 */
describe("pra sailpoint config", () => {
  const AT = "APPROVAL_TYPE:GENERIC_APPROVAL";
  let book: Rulebook;
  let control: Control;
  let sailpoint: RunningSailPoint;
  let env: Record<string, string>;

  beforeAll(async () => {
    book = await aRulebook();
    control = await startControl({
      folder: book.folder,
      services: { ...noServices, rules: book.rules },
      ids: randomIds,
      log: keptLog().log,
    });
  });
  beforeEach(async () => {
    await book.clear();
    sailpoint = await startSailPoint({ port: 0, host: "127.0.0.1" });
    const { clientId, clientSecret } = sailpoint.credentials;
    env = { DATA_DIR: book.folder, SAILPOINT_API_URL: sailpoint.url, SAILPOINT_CLIENT_ID: clientId, SAILPOINT_CLIENT_SECRET: clientSecret };
  });
  afterEach(() => sailpoint.close());
  afterAll(async () => {
    await control.close();
    await book.close();
  });

  const run = (...args: readonly string[]) => praWith({ env }, "sailpoint", "config", ...args, "--at", AT);
  const json = async (...args: readonly string[]) => {
    const { last, status } = await run(...args, "--json");
    return { status, ...JSON.parse(last) };
  };
  const theirs = async () => (await sailpoint.control.state()).configs[AT.split(":").reverse().join(":")];
  const putTheirs = async (config: object): Promise<void> => {
    const { clientId, clientSecret } = sailpoint.credentials;
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
    const signedIn: unknown = await (await fetch(`${sailpoint.url}/oauth/token`, { method: "POST", body: form })).json();
    const token = typeof signedIn === "object" && signedIn !== null && "access_token" in signedIn ? signedIn.access_token : "";
    await fetch(`${sailpoint.url}/generic-approvals/v1/config/GENERIC_APPROVAL/APPROVAL_TYPE`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(config),
    });
  };

  it("diff shows both sides and names what stays behind", async () => {
    await putTheirs({ requiresComment: "ALL", fallbackApprover: { identityID: "i", type: "IDENTITY" } });
    await praWith({ env, input: typing("") }, "config", "put", "tenant", "--file", "test/fixtures/rules.yaml", "--yes");
    const { out, status } = await run("diff", "tenant");
    expect(status).toBe(0);
    expect(out).toContain("- requiresComment: ALL\n");
    expect(out).toContain("Only in SailPoint, and not carried over: fallbackApprover\n");
    expect(out).toContain("Only in Portcullis, and not carried over: ");
    expect(await json("diff", "tenant")).toMatchObject({ equal: false, left: { theirs: ["fallbackApprover"] } });
  });

  it("pull changes our rules as they were shown, and only once it is told to", async () => {
    await putTheirs({ requiresComment: "ALL", timeoutConfig: { enabled: true, daysUntilTimeout: 3, timeoutResult: "EXPIRED" } });
    expect(await json("pull", "tenant", "--dry-run")).toMatchObject({ changes: [{ result: "planned" }] });
    expect(await json("pull", "tenant")).toMatchObject({ status: 2, error: { code: "confirmation_needed" } });
    expect(await json("pull", "tenant", "--yes")).toMatchObject({ changes: [{ scope: "TENANT", result: "applied", revision: 1 }] });
    expect(await json("diff", "tenant")).toMatchObject({ equal: true });
    expect(await json("pull", "tenant", "--yes")).toMatchObject({ changes: [{ kind: "none" }] });
  });

  it("pull of what loosens approval waits for a second administrator", async () => {
    await putTheirs({ requiresComment: "ALL", timeoutConfig: { enabled: true, daysUntilTimeout: 1, timeoutResult: "APPROVED" } });
    expect(await json("pull", "tenant", "--yes")).toMatchObject({ changes: [{ result: "waiting" }] });
  });

  it("push makes SailPoint say the same, reads it back, and leaves what it does not know", async () => {
    await putTheirs({ requiresComment: "OFF", machineIdentityManagerAssignment: "ACCOUNT_OWNER", reminderConfig: { later: true } });
    expect(await json("push", "tenant", "--dry-run")).toMatchObject({ equal: false, written: false });
    expect(await theirs()).toMatchObject({ requiresComment: "OFF" });
    const { out } = await run("push", "tenant", "--yes");
    expect(out).toContain("SailPoint has it now.\n");
    expect(await theirs()).toMatchObject({
      requiresComment: "REJECTION",
      machineIdentityManagerAssignment: "ACCOUNT_OWNER",
      reminderConfig: { later: true },
    });
  });

  it("push makes a configuration where SailPoint has none, and pull finds none", async () => {
    expect(await json("pull", "tenant", "--yes")).toMatchObject({ status: 2, error: { code: "sailpoint_not_found" } });
    expect(await json("push", "tenant", "--yes")).toMatchObject({ equal: true, written: true });
    expect(await theirs()).toMatchObject({ requiresComment: "REJECTION" });
  });

  it("push writes nothing when SailPoint changed after it was shown", async () => {
    await putTheirs({ requiresComment: "OFF" });
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    const asked = praWith({ env, input: terminal }, "sailpoint", "config", "push", "tenant", "--at", AT, "--json");
    await expect.poll(async () => (await sailpoint.control.state()).calls.GET ?? 0).toBe(1);
    await putTheirs({ requiresComment: "ALL" });
    terminal.end("y\n");
    const { last, status } = await asked;
    expect([status, JSON.parse(last)]).toMatchObject([2, { error: { code: "rules_changed_meanwhile" } }]);
    expect(await theirs()).toEqual({ requiresComment: "ALL" });
  });

  it("asks at a terminal, and does nothing unless it hears yes", async () => {
    await praWith({ env, input: typing("n") }, "sailpoint", "config", "push", "tenant", "--at", AT);
    expect(await theirs()).toBeUndefined();
  });

  it.each([
    ["without SailPoint's settings", { SAILPOINT_API_URL: "", SAILPOINT_CLIENT_ID: "", SAILPOINT_CLIENT_SECRET: "" }, "setting_missing"],
    ["with a part of them", { SAILPOINT_CLIENT_SECRET: "" }, "setting_missing"],
    ["with a wrong secret", { SAILPOINT_CLIENT_SECRET: "wrong" }, "sailpoint_sign_in_failed"],
  ])("says what is missing %s", async (_what, change, code) => {
    const { last, status } = await praWith({ env: { ...env, ...change } }, "sailpoint", "config", "diff", "tenant", "--at", AT, "--json");
    expect([status, JSON.parse(last)]).toMatchObject([2, { error: { code } }]);
  });

  it.each(["TENANT", "NOWHERE:1", "TENANT:"])("does not take %s for a place", async (at) => {
    const { last, status } = await praWith({ env }, "sailpoint", "config", "diff", "tenant", "--at", at, "--json");
    expect([status, JSON.parse(last)]).toMatchObject([2, { error: { code: "invalid_input" } }]);
  });
});
