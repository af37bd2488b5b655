import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSailPoint, startSailPoint } from "../../sandbox/sailpoint/server.ts";
import { CHANNELS, PEOPLE, USER_GROUPS } from "../../sandbox/slack/seed.ts";
import { DEFAULT_SCOPES, type SimulatedSlack, startSlack } from "../../sandbox/slack/server.ts";
import { type RunningTenant, startTenant } from "../../sandbox/zpa/server.ts";
import { examineInstallation } from "../../src/cli/doctor/examine-installation.ts";
import { ownFolder } from "../../src/store/own-folder.ts";
import { systemTimers } from "../../src/timers.ts";

const tokens = { botToken: "xoxb-doctor", appToken: "xapp-doctor", signingSecret: "0123456789abcdef0123456789abcdef" };

/** Where nothing listens. */
const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("a port was expected");
  return address.port;
};

/**
 * Contract: the doctor names each thing that keeps this installation from working, says what to do about it, says of what
 * it cannot see that it cannot, and never calls well what is not.
 */
describe("pra doctor", () => {
  let folder: string;
  let slack: SimulatedSlack;
  let poor: SimulatedSlack;
  let tenant: RunningTenant;
  let env: Record<string, string>;
  let nowhere: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "portcullis-doctor-"));
    [slack, poor] = await Promise.all([
      startSlack({ port: 0, mode: "socket", ...tokens }),
      startSlack({ port: 0, mode: "socket", ...tokens, scopes: ["chat:write"] }),
    ]);
    nowhere = `http://127.0.0.1:${await closedPort()}`;
  });
  beforeEach(async () => {
    tenant = await startTenant({ port: 0, host: "127.0.0.1", seed: { microtenants: true } }); // with a fresh budget of calls
    env = {
      SLACK_BOT_TOKEN: tokens.botToken,
      SLACK_APP_TOKEN: tokens.appToken,
      SLACK_API_URL: slack.apiUrl,
      APPROVERS: `${PEOPLE.approver.id},${USER_GROUPS.approvers.id}`,
      ADMINS: PEOPLE.admin.id,
      APPROVALS_CHANNEL: CHANNELS.approvals.id,
      ALLOWED_EMAIL_DOMAINS: "harbour.example",
      ZPA_CLIENT_ID: tenant.credentials.clientId,
      ZPA_CLIENT_SECRET: tenant.credentials.clientSecret ?? "",
      ZPA_CUSTOMER_ID: tenant.customerId,
      ZPA_API_URL: tenant.url,
      ZPA_AUTH_URL: tenant.url,
      DATA_DIR: join(folder, "new"),
    };
  });
  afterEach(() => tenant.close());
  afterAll(async () => {
    await Promise.all([slack.close(), poor.close()]);
    await rm(folder, { recursive: true });
  });

  const examine = async (change: Record<string, string | undefined> = {}, limitMilliseconds = 10_000) => {
    const findings = await examineInstallation({
      env: { ...env, ...change },
      readFile: () => "",
      scopes: DEFAULT_SCOPES,
      // Only the limit is waited for: retries come at once.
      timers: { ...systemTimers, sleep: (wait, signal) => systemTimers.sleep(wait === limitMilliseconds ? wait : 0, signal) },
      limitMilliseconds,
    });
    return {
      findings,
      wrong: findings.filter(({ status }) => status === "wrong").map(({ name }) => name),
      of: (name: string) => findings.find((finding) => finding.name === name),
    };
  };

  it("finds nothing wrong with a good installation, and says what it cannot see", async () => {
    const { findings, wrong } = await examine();
    expect(wrong).toEqual([]);
    expect(findings.map(({ name, status }) => `${status} ${name}`)).toEqual([
      "ok settings",
      "ok slack_token",
      "ok slack_scopes",
      "ok slack_socket",
      "not_checkable slack_interactivity",
      "ok approvers",
      "ok admins",
      "ok approvals_channel",
      "ok zpa_sign_in",
      "ok zpa_segments",
      "ok zpa_consoles",
      "ok zpa_portals",
      "ok zpa_policies",
      "ok zpa_credentials",
      "ok zpa_microtenants",
      "not_checkable zpa_write",
      "ok database",
      "not_checkable ledger",
    ]);
  });

  describe("where SailPoint is set", () => {
    let sailpoint: RunningSailPoint;
    let settings: Record<string, string>;
    beforeEach(async () => {
      sailpoint = await startSailPoint({ port: 0, host: "127.0.0.1" });
      const { clientId, clientSecret } = sailpoint.credentials;
      settings = { SAILPOINT_API_URL: sailpoint.url, SAILPOINT_CLIENT_ID: clientId, SAILPOINT_CLIENT_SECRET: clientSecret };
    });
    afterEach(() => sailpoint.close());

    it("signs in, reads alone, and says what it cannot see", async () => {
      const { of, wrong } = await examine(settings);
      expect(wrong).toEqual([]);
      expect(of("sailpoint_sign_in")).toMatchObject({ status: "ok" });
      expect(of("sailpoint_level")).toMatchObject({ status: "not_checkable", fix: expect.stringContaining("ORG_ADMIN") });
      expect(Object.keys((await sailpoint.control.state()).calls)).toEqual(["GET"]);
    });

    it("names a wrong secret, and an address where nothing answers", async () => {
      const refused = await examine({ ...settings, SAILPOINT_CLIENT_SECRET: "wrong" });
      expect(refused.wrong).toEqual(["sailpoint_sign_in"]);
      expect(refused.of("sailpoint_sign_in")).toMatchObject({ detail: "SailPoint refuses the sign-in (HTTP 401)" });
      const away = await examine({ ...settings, SAILPOINT_API_URL: nowhere });
      expect(away.of("sailpoint_sign_in")).toMatchObject({ status: "wrong", detail: "no answer from SailPoint (ECONNREFUSED)" });
    });
  });

  it("writes nothing: no message in Slack, no privileged approval, no data folder", async () => {
    await Promise.all([slack.control.resetCalls({}), tenant.control.resetCalls({})]);
    await examine();
    const [{ calls }, zpa] = await Promise.all([slack.control.state(), tenant.control.state()]);
    expect(Object.keys(calls).filter((method) => method.startsWith("chat.") || method.startsWith("views."))).toEqual([]);
    expect(Object.keys(zpa.calls).filter((method) => method !== "GET")).toEqual([]);
    await expect(rm(join(folder, "new"))).rejects.toThrow("ENOENT");
  });

  it("names microtenants where nothing can be granted", async () => {
    const { of } = await examine();
    expect(of("zpa_microtenants")).toMatchObject({ status: "ok", detail: expect.stringMatching(/switched off in \S+/) });
  });

  it("names every setting that is missing, and says why it looks no further", async () => {
    const { findings, wrong } = await examine({ SLACK_BOT_TOKEN: undefined, ZPA_CUSTOMER_ID: undefined });
    expect(wrong).toEqual(["settings", "settings"]);
    expect(findings.map(({ detail }) => detail)).toEqual([
      "SLACK_BOT_TOKEN is not set.",
      "ZPA_CUSTOMER_ID is not set.",
      "Slack, ZPA and the database are looked at once the settings are complete",
    ]);
  });

  it("says that a bot token is wrong, and does not repeat it", async () => {
    const { of, findings } = await examine({ SLACK_BOT_TOKEN: "xoxb-of-another-app" });
    expect(of("slack_token")).toMatchObject({
      status: "wrong",
      detail: "Slack answers invalid_auth",
      fix: expect.stringContaining("SLACK_BOT_TOKEN"),
    });
    expect(JSON.stringify(findings)).not.toContain("xoxb-of-another-app");
  });

  it("says that an app token is wrong", async () => {
    const { of, wrong } = await examine({ SLACK_APP_TOKEN: "xapp-of-another-app" });
    expect(wrong).toEqual(["slack_socket"]);
    expect(of("slack_socket")?.fix).toContain("SLACK_APP_TOKEN");
  });

  it("names the scopes that the token lacks", async () => {
    const { of } = await examine({ SLACK_API_URL: poor.apiUrl });
    expect(of("slack_scopes")).toMatchObject({
      status: "wrong",
      detail: `missing: ${DEFAULT_SCOPES.filter((scope) => scope !== "chat:write").join(", ")}`,
      fix: expect.stringContaining("reinstall"),
    });
  });

  it("needs no app token in HTTP mode, and cannot see whether the signing secret is the right one", async () => {
    const { wrong, of } = await examine({ SLACK_MODE: "http", SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: tokens.signingSecret });
    expect(wrong).toEqual([]);
    expect(of("slack_socket")).toBeUndefined();
    expect(of("slack_signing_secret")?.status).toBe("not_checkable");
  });

  it.each([
    ["nobody", "U0NOBODY00", "U0NOBODY00 is nobody in this workspace"],
    ["a deactivated person", PEOPLE.deactivated.id, /is deactivated$/],
    ["an app", PEOPLE.bot.id, /is an app$/],
    ["a guest", PEOPLE.guest.id, /is a guest/],
    ["an unknown group", "S0NOGROUP0", "S0NOGROUP0 is no user group with members"],
  ])("says when APPROVERS names %s", async (_, id, detail) => {
    const { of, wrong } = await examine({ APPROVERS: `${PEOPLE.approver.id},${id}` });
    expect(wrong).toEqual(["approvers"]);
    expect(of("approvers")?.detail).toMatch(detail);
  });

  it.each([
    ["the bot is not in it", CHANNELS.general.id, "the bot is not in #general"],
    ["strangers are in it", CHANNELS.shared.id, "#partner-acme is shared with another organisation"],
    ["it is not there", "C0NOWHERE0", "Slack answers channel_not_found"],
  ])("says of APPROVALS_CHANNEL that %s", async (_, channel, detail) => {
    const { of, wrong } = await examine({ APPROVALS_CHANNEL: channel });
    expect(wrong).toEqual(["approvals_channel"]);
    expect(of("approvals_channel")?.detail).toBe(detail);
  });

  const zpaWrong = ["zpa_sign_in", "zpa_segments", "zpa_consoles", "zpa_portals", "zpa_policies", "zpa_credentials", "zpa_microtenants"];

  it("says that ZPA refuses the sign-in, and does not repeat the secret", async () => {
    const { of, wrong, findings } = await examine({ ZPA_CLIENT_SECRET: "of-another-client" });
    expect(wrong).toEqual(zpaWrong);
    expect(of("zpa_sign_in")).toMatchObject({
      detail: expect.stringMatching(/^ZPA refuses the sign-in/),
      fix: expect.stringContaining("ZPA_CLIENT_ID"),
    });
    expect(JSON.stringify(findings)).not.toContain("of-another-client");
  });

  it("tells a sign-in that is refused from a right that is missing", async () => {
    await tenant.control.fault({ method: "GET", pathContains: "approval", kind: "401", times: 5 });
    const { of, wrong } = await examine();
    expect(wrong).toEqual(["zpa_sign_in"]);
    expect(of("zpa_sign_in")).toMatchObject({
      detail: "signed in, but privileged approvals cannot be read",
      fix: "Give the API client's role the right to see privileged approvals.",
    });
  });

  it("says which list the API client may not read", async () => {
    await tenant.control.fault({ method: "GET", pathContains: "praPortal", kind: "401", times: 5 });
    const { of, wrong } = await examine();
    expect(wrong).toEqual(["zpa_portals"]);
    expect(of("zpa_portals")?.fix).toBe("Give the API client's role the right to see privileged portals.");
  });

  it.each([
    ["zpa_policies", "policySet", "access policies", "where a privileged approval would open nothing"],
    ["zpa_credentials", "/credential", "privileged credentials", "everything else works"],
  ])("says of %s what it is for", async (name, pathContains, what, otherwise) => {
    await tenant.control.fault({ method: "GET", pathContains, kind: "401", times: 5 });
    const { of, wrong } = await examine();
    expect(wrong).toEqual([name]);
    expect(of(name)?.fix).toContain(`Give the API client's role the right to see ${what}.`);
    expect(of(name)?.fix).toContain(otherwise);
  });

  it("says that ZPA is not there", async () => {
    const { of, wrong } = await examine({ ZPA_API_URL: nowhere, ZPA_AUTH_URL: nowhere });
    expect(wrong).toEqual(zpaWrong);
    expect(of("zpa_sign_in")?.detail).toMatch(/^no answer from ZPA \(.*ECONNREFUSED/);
  });

  it("says that Slack is not there", async () => {
    const { of } = await examine({ SLACK_API_URL: `${nowhere}/api/` });
    expect(of("slack_token")).toMatchObject({ status: "wrong", detail: expect.stringMatching(/^no answer from Slack \(.*ECONNREFUSED/) });
  });

  it("does not wait for ever for what does not answer", async () => {
    await tenant.control.fault({ method: "GET", pathContains: "microtenants", kind: "timeout-before-effect", times: 1 });
    const { of, wrong } = await examine({}, 2_000);
    expect(wrong).toEqual(["zpa_microtenants"]);
    expect(of("zpa_microtenants")?.detail).toBe("no answer within 2 seconds");
  });

  it("opens a data folder that nobody uses, and leaves a running bot alone", async () => {
    const used = join(folder, "used");
    await mkdir(join(used, "pglite"), { recursive: true });
    const running = ownFolder(used);
    expect((await examine({ DATA_DIR: used })).of("database")).toMatchObject({
      status: "ok",
      detail: `a running Portcullis owns ${used}`,
    });
    running.release();
    expect((await examine({ DATA_DIR: used }, 60_000)).of("database")).toMatchObject({
      status: "ok",
      detail: expect.stringContaining("up to date"),
    });
  }, 60_000);

  it("says that PostgreSQL is not there, and does not repeat the password", async () => {
    const { of, findings, wrong } = await examine({ DATABASE_URL: `${nowhere.replace("http://", "postgres://bot:hunter2@")}/portcullis` });
    expect(wrong).toEqual(["database"]);
    expect(of("database")?.detail).toContain("ECONNREFUSED");
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });
});
