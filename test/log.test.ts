import { describe, expect, it } from "vitest";
import { PortcullisError } from "../src/errors.ts";
import { createLog } from "../src/log.ts";

const logging = (secrets: readonly string[] = []) => {
  const lines: string[] = [];
  return { lines, log: createLog("debug", { secrets, to: { write: (line: string) => void lines.push(line) } }) };
};

describe("the log", () => {
  it.each([
    ["a bot token", "xoxb-1234-abcdEFGH"],
    ["an app token", "xapp-1-A0-99-deadbeef"],
    ["a bearer", "Bearer eyJhbGciOi.J9.x_y-z"],
    ["an address to answer at", "https://hooks.slack.com/actions/T01/2/abcDEF"],
  ])("masks %s wherever it stands", (_, secret) => {
    const { log, lines } = logging();
    const cause = new Error(`fetch failed for ${secret}`);
    log.warn({ err: new PortcullisError("slack_unreachable", { params: { method: secret } }, { cause }), [secret]: 1 }, `about ${secret}`);
    expect(lines).toHaveLength(1);
    expect(lines.join("")).not.toContain(secret.replace("Bearer ", ""));
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ msg: "about [redacted]" });
  });

  it("masks the values it was told, also where JSON writes them otherwise", () => {
    const key = '-----BEGIN PRIVATE KEY-----\nab"cd\n-----END PRIVATE KEY-----';
    const { log, lines } = logging([key, "a-signing-secret"]);
    log.error({ err: new Error(`bad key ${key}`) }, "signed with a-signing-secret");
    const line = lines.join("");
    expect(line).not.toContain('ab\\"cd');
    expect(line).not.toContain("a-signing-secret");
    expect(JSON.parse(line).level).toBe(50);
  });

  it("leaves words alone that are somebody's short password", () => {
    const { log, lines } = logging(["postgres"]);
    log.info({ database: "postgres" }, "started");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ database: "postgres" });
  });

  it.each(["token", "authorization", "response_url", "triggerId", "clientSecret", "password", "privateKey", "passphrase"])(
    "masks the field %s",
    (field) => {
      const { log, lines } = logging();
      log.info({ [field]: "s3cr3t-value", nested: { [field]: "s3cr3t-value" } }, "event");
      expect(lines.join("")).not.toContain("s3cr3t-value");
    },
  );
});
