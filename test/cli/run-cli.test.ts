import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runCli } from "../../src/cli/run-cli.ts";
import { pra, projectFile } from "./pra.ts";

describe("pra", () => {
  it.each([
    [],
    ["schedule"],
    ["config"],
    ["config", "put"],
    ["config", "apply"],
    ["doctor"],
    ["manifest"],
    ["version"],
    ["zpa"],
    ["zpa", "consoles", "create"],
  ])("explains %s with --help, examples included", async (...command) => {
    const { status, out } = await pra(...command, "--help");
    expect(status).toBe(0);
    expect(out).toMatch(/^Usage: pra/);
    expect(out).toMatch(/Examples?:\n +\$ /);
  });

  it("shows the help when no command is given, and says that it is an error", async () => {
    const { status, err, out } = await pra();
    expect(status).toBe(2);
    expect(err).toContain("Usage: pra");
    expect(out).toBe("");
  });

  it.each([
    ["an unknown command", ["grants"], /unknown command 'grants'/],
    ["an unknown option", ["doctor", "--fix"], /unknown option '--fix'/],
    ["an option without its value", ["manifest", "--url"], /argument missing/],
    ["a file that is not there", ["doctor", "--env", "/nowhere/.env"], /\/nowhere\/\.env cannot be read/],
    ["an address that Slack refuses", ["manifest", "--url", "http://pra.example.com"], /https/],
  ])("refuses %s with one sentence, or one line of JSON, and status 2", async (_, args, sentence) => {
    const people = await pra(...args);
    expect(people).toMatchObject({ status: 2, out: "" });
    expect(people.err).toMatch(sentence);
    const programs = await pra(...args, "--json");
    expect(programs.status).toBe(2);
    const { error } = JSON.parse(programs.last);
    expect(error).toEqual({ code: expect.stringMatching(/^(invalid_input|setting_invalid)$/), message: people.err.trimEnd() });
  });

  it("names an unexpected fault by a reference that is in the log on standard error, without a secret", async () => {
    const output = new PassThrough();
    const errors = new PassThrough();
    const manifest = () => {
      throw new Error("no way, xoxb-1-secret-of-somebody said ledger-key-0123456789-0123456789-01");
    };
    const env = { LEDGER_KEY: "ledger-key-0123456789-0123456789-01" };
    const ports = { env, readFile: projectFile, output, errors, manifest, packageJson: () => projectFile("package.json") };
    expect(await runCli(["manifest", "--json"], ports)).toBe(2);
    output.end();
    errors.end();
    const { error } = JSON.parse(await text(output));
    const reference = /\(([0-9A-F]{8})\)$/.exec(error.message)?.[1];
    const logged = await text(errors);
    expect(JSON.parse(logged)).toMatchObject({
      level: 50,
      msg: "pra.failed",
      reference,
      err: { message: expect.stringContaining("no way") },
    });
    expect(logged).not.toMatch(/secret-of-somebody|ledger-key-0123/);
  });

  it("takes --json before the command too", async () => {
    const { status, last } = await pra("--json", "version");
    expect(status).toBe(0);
    expect(JSON.parse(last)).toEqual({ portcullis: JSON.parse(projectFile("package.json")).version, node: process.version });
  });

  it("prints the manifest as it stands for Socket Mode", async () => {
    expect((await pra("manifest")).out).toBe(projectFile("manifest.yml"));
  });

  it("prints the manifest for HTTP with the address, as YAML and as JSON", async () => {
    const yaml = await pra("manifest", "--url", "https://pra.example.com");
    const json = await pra("manifest", "--url", "https://pra.example.com", "--json");
    expect(JSON.parse(json.last)).toEqual(parse(yaml.out));
    expect(JSON.parse(json.last).settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: "https://pra.example.com/slack/events" },
    });
  });

  it("ends with status 1 when the doctor finds something wrong, and with its findings as JSON", async () => {
    const people = await pra("doctor");
    expect(people.status).toBe(1);
    expect(people.out).toMatch(/^wrong {10}settings {2}SLACK_BOT_TOKEN is not set\.\n +→ /);
    const programs = await pra("doctor", "--json");
    expect(programs.status).toBe(1);
    expect(JSON.parse(programs.last)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([expect.objectContaining({ status: "wrong" })]),
    });
  });
});
