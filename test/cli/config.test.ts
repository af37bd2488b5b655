import { rmSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isConfirmed } from "../../src/cli/config/confirm.ts";
import { type Control, startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { ownFolder } from "../../src/store/own-folder.ts";
import { noServices } from "../http/no-services.ts";
import { aRulebook, dora, emil, type Rulebook, TENANT } from "../services/rules/a-rulebook.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { piped, praWith, typing } from "./pra.ts";

describe("pra config while the bot runs", () => {
  let book: Rulebook;
  let control: Control;
  beforeAll(async () => {
    book = await aRulebook();
    control = await startControl({
      folder: book.folder,
      services: { ...noServices, rules: book.rules },
      ids: randomIds,
      log: keptLog().log,
    });
  });
  beforeEach(() => book.clear());
  afterAll(async () => {
    await control.close();
    await book.close();
  });
  const config = (yaml: string, ...args: readonly string[]) =>
    praWith({ env: { DATA_DIR: book.folder }, input: piped(yaml) }, "config", ...args);
  const json = async (yaml: string, ...args: readonly string[]) => {
    const { last, status } = await config(yaml, ...args, "--json");
    return { status, ...JSON.parse(last) };
  };

  it("shows what changes and applies it", async () => {
    const { status, out } = await config("longestWindowHours: 8", "put", "tenant", "--yes");
    expect([status, out]).toEqual([0, "Whole tenant: new rules\n+ longestWindowHours: 8\n\nWhole tenant: in force, revision 1\n"]);
    expect((await config("", "get", "tenant")).out).toBe("longestWindowHours: 8\n");
    expect(await json("", "get", "tenant")).toMatchObject({
      scope: "TENANT",
      revision: 1,
      changedBy: expect.stringMatching(/^cli:/),
      rules: { longestWindowHours: 8 },
    });
  });

  it("has what loosens wait, says why, and cannot confirm it for itself", async () => {
    const { out } = await config("approvers: [UEVE]", "put", "tenant", "--yes");
    expect(out).toContain("What becomes looser:\n  More people may decide.");
    const { changes } = await json("", "changes");
    expect(changes).toMatchObject([{ scope: "TENANT", status: "WAITING", loosens: expect.arrayContaining(["approvers_added"]) }]);
    expect(await json("", "confirm", changes[0].id)).toMatchObject({ status: 2, error: { code: "second_admin_needed" } });
    expect(await json("", "decline", changes[0].id)).toMatchObject({ status: "DECLINED" });
    expect((await config("", "changes")).out).toBe("Nothing waits.\n");
  });

  it("confirms what somebody proposed in Slack", async () => {
    const { changeId } = await book.rules.put({ ...TENANT, yaml: "approvers: [UEVE]", by: dora, expectedRevision: null, mode: "apply" });
    expect(await json("", "confirm", changeId ?? "")).toMatchObject({ status: "APPLIED", proposedBy: "UDORA" });
  });

  it("asks at a terminal, and does nothing unless it hears yes", async () => {
    const at = (answer: string) =>
      praWith({ env: { DATA_DIR: book.folder }, input: typing(answer) }, "config", "put", "tenant", "--file", "test/fixtures/rules.yaml");
    expect((await at("n")).out).toContain("Nothing was changed.");
    expect(await json("", "export")).toMatchObject({ rules: [] });
    expect((await at("y")).out).toContain("in force, revision 1");
  });

  it("refuses to change anything where nobody can be asked", async () => {
    expect(await json("longestWindowHours: 8", "put", "tenant")).toMatchObject({ status: 2, error: { code: "confirmation_needed" } });
    expect(await json("longestWindowHours: 8", "put", "tenant", "--dry-run")).toMatchObject({
      status: 0,
      changes: [{ result: "planned" }],
    });
    expect(await json("", "export")).toMatchObject({ rules: [] });
  });

  it("names a microtenant by its name, and a segment by its id", async () => {
    await config("longestWindowHours: 8", "put", "microtenant", "plant", "--yes");
    await config("longestWindowHours: 4", "put", "segment", "216196257331372731", "--yes");
    expect((await json("", "export")).rules).toMatchObject([
      { scope: "MICROTENANT", scopeId: "77", name: "Plant" },
      { scope: "APPLICATION_SEGMENT", scopeId: "216196257331372731", name: "Databases" },
    ]);
    expect(await json("", "get", "microtenant", "nowhere")).toMatchObject({ error: { code: "scope_invalid" } });
    expect(await json("", "get", "segment")).toMatchObject({ error: { code: "scope_invalid" } });
    expect(await json("", "get", "planet")).toMatchObject({ error: { code: "scope_invalid" } });
  });

  it("takes its own export back, and prunes only when told to", async () => {
    await config("longestWindowHours: 8", "put", "tenant", "--yes");
    await config("longestWindowHours: 8", "put", "microtenant", "77", "--yes");
    const { out: document } = await config("", "export");
    expect(await json(document, "apply", "--yes")).toMatchObject({ changes: [{ result: "unchanged" }, { result: "unchanged" }] });
    const shorter = document.slice(0, document.indexOf("  - scope: MICROTENANT"));
    expect((await json(shorter, "apply", "--yes")).changes).toHaveLength(1);
    expect((await json(shorter, "apply", "--prune", "--yes")).changes).toMatchObject([{}, { kind: "remove", result: "applied" }]);
  });

  it("refuses a revision that is not the scope's, and what belongs to a single request", async () => {
    expect(await json("longestWindowHours: 8", "put", "tenant", "--revision", "3", "--yes")).toMatchObject({
      error: { code: "rules_changed_meanwhile" },
    });
    expect(await json("{}", "put", "tenant", "--revision", "x", "--yes")).toMatchObject({ error: { code: "invalid_input" } });
    expect(await json("{}", "put", "request", "PRA-1001", "--yes")).toMatchObject({ error: { code: "scope_frozen" } });
    expect(await json("", "delete", "request", "PRA-1001", "--yes")).toMatchObject({ error: { code: "scope_frozen" } });
    expect(await json("", "get", "request", "PRA-1001")).toMatchObject({ error: { code: "request_unknown" } });
  });

  it("takes a terminal that is closed instead of an answer for a no", async () => {
    const closing = Object.assign(new PassThrough(), { isTTY: true });
    closing.end();
    const put = ["config", "put", "tenant", "--file", "test/fixtures/rules.yaml"];
    const { status, out, err } = await praWith({ env: { DATA_DIR: book.folder }, input: closing }, ...put);
    expect([status, out.endsWith("Nothing was changed.\n"), err]).toEqual([0, true, "Apply this? [y/N] \n"]);
    expect((await json("", "get", "tenant")).error.code).toBe("rules_unknown");
  });

  it.each([
    ["Ctrl-D", "\u0004"],
    ["Ctrl-C", "\u0003"],
  ])("takes %s for a no", async (_, key) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    input.write(key);
    expect(await isConfirmed({ input, errors: Object.assign(new PassThrough(), { isTTY: true }) })).toBe(false);
  });

  it("asks for --yes where the rules themselves were typed: nothing more can be read from there", async () => {
    const { status, last } = await praWith(
      { env: { DATA_DIR: book.folder }, input: typing("longestWindowHours: 8") },
      "config",
      "put",
      "tenant",
      "--json",
    );
    expect([status, JSON.parse(last).error.code]).toEqual([2, "confirmation_needed"]);
  });

  it("applies nothing that changed between the plan and the yes", async () => {
    await config("longestWindowHours: 8", "put", "tenant", "--yes");
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    const running = praWith(
      { env: { DATA_DIR: book.folder }, input: terminal },
      "config",
      "put",
      "tenant",
      "--file",
      "test/fixtures/rules.yaml",
      "--json",
    );
    await expect
      .poll(() => terminal.listenerCount("data") + terminal.listenerCount("keypress") + terminal.listenerCount("end"))
      .toBeGreaterThan(1);
    await book.rules.put({ ...TENANT, yaml: "longestWindowHours: 5", by: emil, expectedRevision: 1, mode: "apply" });
    terminal.end("y\n");
    expect(JSON.parse((await running).last)).toMatchObject({ error: { code: "rules_changed_meanwhile" } });
  });
});

describe("pra config while no bot runs", () => {
  let data: DataFolder;
  beforeAll(async () => {
    data = await newMigratedFolder();
  });
  afterEach(() => rmSync(join(data.folder, "run"), { recursive: true, force: true }));
  afterAll(() => data.remove());
  const config = (env: NodeJS.Dict<string>, yaml: string, ...args: readonly string[]) =>
    praWith({ env: { DATA_DIR: data.folder, ...env }, input: piped(yaml) }, "config", ...args, "--json");

  it("opens the database itself, and needs no other setting", { timeout: 60_000 }, async () => {
    expect(JSON.parse((await config({}, "longestWindowHours: 8", "put", "tenant", "--yes")).last)).toMatchObject({
      changes: [{ result: "applied" }],
    });
    // Who decides is not known without APPROVERS: that counts as loosening.
    const unknown = JSON.parse((await config({}, "approvers: [UBEN]\nlongestWindowHours: 8", "put", "tenant", "--dry-run")).last);
    expect(unknown.changes[0].loosens).toContain("approvers_unknown");
    const known = JSON.parse(
      (await config({ APPROVERS: "UBEN" }, "approvers: [UBEN]\nlongestWindowHours: 8", "put", "tenant", "--yes")).last,
    );
    expect(known).toMatchObject({ changes: [{ result: "applied", loosens: [] }] });
  });

  it("says so when a bot has the folder and does not answer", async () => {
    const owner = ownFolder(data.folder);
    const { status, last } = await config({}, "", "export");
    owner.release();
    expect([status, JSON.parse(last).error.code]).toEqual([2, "control_unreachable"]);
  });

  it("names a setting that is wrong", async () => {
    expect(JSON.parse((await config({ DATABASE_URL: "mysql://x" }, "", "export")).last).error).toMatchObject({ code: "setting_invalid" });
  });
});
