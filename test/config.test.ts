import { describe, expect, it } from "vitest";
import { readSettings } from "../src/config/read-settings.ts";
import { SETTINGS, settingNames } from "../src/config/settings.ts";
import { checkConfig, readConfig, secretsAmong, secretsIn } from "../src/config.ts";
import { PortcullisError } from "../src/errors.ts";

const noFiles = (path: string): string => {
  throw Object.assign(new Error(`no ${path}`), { code: "ENOENT" });
};

const socket = {
  SLACK_BOT_TOKEN: "xoxb-1-secret",
  SLACK_APP_TOKEN: "xapp-1-secret",
  APPROVERS: "U0000000001, S0000000002",
  ALLOWED_EMAIL_DOMAINS: "Example.com,example.org",
  ZPA_CLIENT_ID: "client",
  ZPA_CLIENT_SECRET: "zpa-secret",
  ZPA_CUSTOMER_ID: "216196257331281920",
  ZPA_VANITY_DOMAIN: "acme",
};

const problemsOf = (env: Record<string, string | undefined>, readFile = noFiles) => {
  const reading = checkConfig(env, readFile);
  return reading.kind === "complete" ? [] : reading.problems;
};

const namesOf = (env: Record<string, string | undefined>) => problemsOf(env).map(({ code, setting }) => `${code} ${setting}`);

describe("a whole set of settings", () => {
  it("becomes a configuration with the defaults filled in", () => {
    const config = readConfig(socket, noFiles);
    expect(config.slack).toMatchObject({ mode: "socket", apiUrl: "https://slack.com/api/", port: 3000, approvalsChannel: null });
    expect(config.zpa).toMatchObject({ auth: "oneapi", cloud: "PRODUCTION", microtenants: true, apiUrl: null });
    expect(config.approvers).toEqual(["U0000000001", "S0000000002"]);
    expect(config.allowedEmailDomains).toEqual(["example.com", "example.org"]);
    expect(config).toMatchObject({ admins: [], selfApproval: false, overnightHours: "next-day", maxConsolesPerRequest: 20 });
    expect(config.database).toEqual({ url: null, folder: "./data" });
  });

  it("reads any secret from the file that its _FILE names, without the newline at the end", () => {
    const { ZPA_CLIENT_SECRET: _, ...rest } = socket;
    const config = readConfig({ ...rest, ZPA_CLIENT_SECRET_FILE: "/run/secrets/zpa" }, (path) => `from ${path}\n`);
    expect(config.zpa.clientSecret).toBe("from /run/secrets/zpa");
  });

  it("needs no client secret where a private key signs in", () => {
    const { ZPA_CLIENT_SECRET: _, ...rest } = socket;
    const pem = "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n";
    const config = readConfig({ ...rest, ZPA_PRIVATE_KEY_FILE: "/run/secrets/key" }, () => pem);
    expect(config.zpa).toMatchObject({ clientSecret: null, privateKey: pem.trimEnd() });
  });

  it("names for break-glass people alone, with an email or without, and nobody unless told to", () => {
    const named = readConfig({ ...socket, BREAK_GLASS: "U0ANA=Ana@Example.com, W0BEN" }, noFiles).breakGlass;
    expect([...named]).toEqual([
      ["U0ANA", "ana@example.com"],
      ["W0BEN", null],
    ]);
    const { breakGlass, breakGlassMaxMinutes, onCall, onCallMaxHours } = readConfig(socket, noFiles);
    expect([breakGlass.size, breakGlassMaxMinutes, onCall, onCallMaxHours]).toEqual([0, 60, [], 8]);
  });

  it("reads pairs of Slack email and ZPA user, in lower case, from a line or a file with notes", () => {
    expect([...readConfig({ ...socket, ZPA_USER_MAP: "Ana@Example.com=ARibeiro@corp, b@x.org=bo" }, noFiles).zpaUserByEmail]).toEqual([
      ["ana@example.com", "aribeiro@corp"],
      ["b@x.org", "bo"],
    ]);
    const file = "# people, whose names differ\nana@example.com=aribeiro@corp\n\nb@x.org=bo\n";
    expect(readConfig({ ...socket, ZPA_USER_MAP_FILE: "users" }, () => file).zpaUserByEmail.size).toBe(2);
  });

  it("accepts the example of every setting that is no secret", () => {
    for (const name of settingNames) {
      const { example, schema, secret } = SETTINGS[name];
      if (!secret) expect(schema.safeParse(example), name).toMatchObject({ success: true });
    }
  });
});

describe("settings that are missing", () => {
  it("are all named at once, each with what to do", () => {
    const problems = problemsOf({});
    expect(problems.map(({ setting }) => setting)).toEqual([
      "SLACK_BOT_TOKEN",
      "SLACK_APP_TOKEN",
      "APPROVERS",
      "ALLOWED_EMAIL_DOMAINS",
      "ZPA_CLIENT_ID",
      "ZPA_CLIENT_SECRET",
      "ZPA_CUSTOMER_ID",
      "ZPA_VANITY_DOMAIN",
    ]);
    for (const { sentence } of problems) expect(sentence).toMatch(/^[A-Z_]+ is not set.*\. .+\.$/);
  });

  it("count as missing when they are empty", () => {
    expect(namesOf({ ...socket, SLACK_BOT_TOKEN: " " })).toEqual(["setting_missing SLACK_BOT_TOKEN"]);
  });

  it.each([
    [{ SLACK_MODE: "http", SLACK_APP_TOKEN: undefined }, ["setting_missing SLACK_SIGNING_SECRET"]],
    [{ ZPA_AUTH: "legacy", ZPA_VANITY_DOMAIN: undefined }, []],
    [{ ZPA_AUTH: "legacy", ZPA_CLIENT_SECRET: undefined }, ["setting_missing ZPA_CLIENT_SECRET"]],
    [{ ZPA_VANITY_DOMAIN: undefined, ZPA_AUTH_URL: "http://127.0.0.1:4100" }, []],
  ])("depend on the others: %o", (change, expected) => {
    expect(namesOf({ ...socket, ...change })).toEqual(expected);
  });

  it("throw one error that names them and carries the sentences", () => {
    const thrown = (() => {
      try {
        return readConfig({ ...socket, APPROVERS: "", ZPA_AUTH: "both" }, noFiles);
      } catch (error) {
        return error;
      }
    })();
    if (!(thrown instanceof PortcullisError)) throw new Error("it should have thrown ours");
    expect(thrown.code).toBe("setting_missing");
    expect(thrown.details.params?.settings).toBe("APPROVERS, ZPA_AUTH");
    expect(String(thrown.details.params?.problems).split("\n")).toHaveLength(2);
  });
});

describe("the settings of SailPoint", () => {
  const all = {
    SAILPOINT_API_URL: "https://acme.api.identitynow.com",
    SAILPOINT_CLIENT_ID: "client",
    SAILPOINT_CLIENT_SECRET: "sailpoint-secret",
  };

  it("are all of them, with the current contract unless another is named", () => {
    const config = readConfig({ ...socket, ...all }, noFiles);
    expect(config.sailpoint).toEqual({
      apiUrl: "https://acme.api.identitynow.com",
      clientId: "client",
      clientSecret: "sailpoint-secret",
      paths: "v1",
      pollSeconds: 60,
    });
    expect(secretsIn(config)).toContain("sailpoint-secret");
    expect(readConfig({ ...socket, ...all, SAILPOINT_PATHS: "v2025-seed" }, noFiles).sailpoint?.paths).toBe("v2025-seed");
  });

  it("or none", () => {
    expect(readConfig(socket, noFiles).sailpoint).toBeNull();
  });

  it.each([
    [["SAILPOINT_API_URL"], "SAILPOINT_CLIENT_ID"],
    [["SAILPOINT_CLIENT_ID"], "SAILPOINT_API_URL"],
    [["SAILPOINT_CLIENT_SECRET"], "SAILPOINT_API_URL"],
    [["SAILPOINT_API_URL", "SAILPOINT_CLIENT_ID"], "SAILPOINT_CLIENT_SECRET"],
    [["SAILPOINT_API_URL", "SAILPOINT_CLIENT_SECRET"], "SAILPOINT_CLIENT_ID"],
    [["SAILPOINT_CLIENT_ID", "SAILPOINT_CLIENT_SECRET"], "SAILPOINT_API_URL"],
  ] as const)("of %j alone one sentence says what is missing, and that it is all or none", (given, missing) => {
    const some = Object.fromEntries(given.map((name) => [name, all[name]]));
    const problems = problemsOf({ ...socket, ...some });
    expect(problems.map(({ setting }) => setting)).toEqual([missing]);
    expect(problems[0]?.sentence).toContain("are set together, or none of them is");
  });
});

describe("settings that are wrong", () => {
  it.each([
    ["SLACK_MODE", "rtm"],
    ["SLACK_BOT_TOKEN", "xoxp-1-secret"],
    ["SLACK_APP_TOKEN", "xoxb-1-secret"],
    ["SLACK_API_URL", "http://slack.example.com/api/"],
    ["SLACK_API_URL", "slack.com"],
    ["ZPA_API_URL", "http://10.0.0.1"],
    ["ZPA_API_URL", "ftp://127.0.0.1"],
    ["ZPA_AUTH_URL", "http://localhost.example.com"],
    ["PORT", "0"],
    ["PORT", "3000x"],
    ["APPROVERS", "@ana"],
    ["APPROVERS", ","],
    ["APPROVALS_CHANNEL", "#pra-approvers"],
    ["ALLOWED_EMAIL_DOMAINS", "*"],
    ["ALLOWED_EMAIL_DOMAINS", "@example.com"],
    ["SELF_APPROVAL", "yes"],
    ["ZPA_AUTH", "saml"],
    ["ZPA_CUSTOMER_ID", "acme"],
    ["ZPA_VANITY_DOMAIN", "acme.zslogin.net"],
    ["ZPA_USER_MAP", "ana@example.com"],
    ["ZPA_USER_MAP", "ana@example.com=a,ANA@example.com=b"],
    ["BREAK_GLASS", "S0123456789"],
    ["BREAK_GLASS", "U0ANA=ana"],
    ["BREAK_GLASS", "U0ANA,U0ANA=ana@example.com"],
    ["ON_CALL", "@rota"],
    ["ON_CALL_MAX_HOURS", "0"],
    ["BREAK_GLASS_MAX_MINUTES", "481"],
    ["ZPA_PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----"],
    ["OVERNIGHT_HOURS", "allow"],
    ["MAX_CONSOLES_PER_REQUEST", "101"],
    ["CATALOG_REFRESH_MINUTES", "-1"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["LOG_LEVEL", "trace"],
  ])("%s=%s is refused with a sentence that does not repeat the value", (name, value) => {
    const [problem, ...others] = problemsOf({ ...socket, [name]: value });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "setting_invalid", setting: name });
    expect(problem?.sentence).toMatch(new RegExp(`^${name} must .+\\. .+\\.$`));
    if (value.length > 4) expect(problem?.sentence).not.toContain(value);
  });

  it("allow plain http to this machine only", () => {
    for (const url of ["http://127.0.0.1:4100", "http://localhost:4100", "http://[::1]:4100", "https://api.zsapi.net"]) {
      expect(readConfig({ ...socket, ZPA_API_URL: url }, noFiles).zpa.apiUrl).toBe(url);
    }
  });

  it("refuse a secret that is given twice", () => {
    expect(problemsOf({ ...socket, SLACK_BOT_TOKEN_FILE: "/run/secrets/bot" })).toEqual([
      {
        code: "setting_invalid",
        setting: "SLACK_BOT_TOKEN",
        sentence: "SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set. Keep one of them.",
      },
    ]);
  });

  it("say why a file cannot be read, and when it is empty", () => {
    const { SLACK_BOT_TOKEN: _, ...rest } = socket;
    const env = { ...rest, SLACK_BOT_TOKEN_FILE: "/nowhere" };
    expect(problemsOf(env)[0]?.sentence).toBe(
      "SLACK_BOT_TOKEN_FILE names a file that cannot be read (ENOENT). Check its path and its rights.",
    );
    expect(problemsOf(env, () => "\n")[0]?.sentence).toMatch(/names a file that is empty/);
  });
});

describe("what the log masks by value", () => {
  const named = settingNames.filter((name) => SETTINGS[name].secret);
  const given = Object.fromEntries(
    named.map((name) => {
      const { example } = SETTINGS[name];
      if (name === "DATABASE_URL") return [name, "postgres://portcullis:p%40ssword-of-the-database@localhost/portcullis"];
      const start = /^x[a-z]+-/.exec(example)?.[0] ?? "";
      return [
        name,
        name === "ZPA_PRIVATE_KEY"
          ? `-----BEGIN PRIVATE KEY-----\n${name}\n-----END PRIVATE KEY-----`
          : `${start}${name}-0123456789-0123456789-0123456789`,
      ];
    }),
  );
  const env: Record<string, string> = {
    ...socket,
    SIEM_URL: "https://siem.example.com/hook",
    SAILPOINT_API_URL: "https://acme.api.identitynow.com",
    SAILPOINT_CLIENT_ID: "client",
    ...given,
  };

  it.each(named)("includes %s", (name) => {
    const among = secretsAmong(readSettings(env, noFiles));
    const inIt = secretsIn(readConfig(env, noFiles));
    for (const secrets of [among, inIt]) {
      expect(secrets).toContain(env[name]);
      expect(secrets).toContain("p@ssword-of-the-database");
    }
  });

  it("includes every key that sealed before", () => {
    const keys = ["1", "2"].map((end) => `an-old-key-of-the-ledger-0123456789-${end}`);
    const old = { ...env, LEDGER_OLD_KEYS: keys.join("\n") };
    for (const secrets of [secretsAmong(readSettings(old, noFiles)), secretsIn(readConfig(old, noFiles))])
      expect(secrets).toEqual(expect.arrayContaining(keys));
  });
});
