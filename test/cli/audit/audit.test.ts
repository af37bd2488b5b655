import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/run-cli.ts";
import { type Control, startControl } from "../../../src/http/control/start-control.ts";
import { randomIds } from "../../../src/ids.ts";
import { requestLabel } from "../../../src/services/access/request.ts";
import { createAuditService } from "../../../src/services/audit/audit-service.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { noServices } from "../../http/no-services.ts";
import { aHouse, type House } from "../../services/access/a-house.ts";
import { aLedgerOn, anEvent, KEY, type Ledger } from "../../services/audit/a-ledger.ts";
import { type DataFolder, newDataFolder, newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";
import { praWith, projectFile } from "../pra.ts";

describe("pra audit while the bot runs", () => {
  let house: House;
  let data: DataFolder;
  let control: Control;
  let ledger: Ledger;
  let label: string;
  beforeAll(async () => {
    [house, data] = await Promise.all([aHouse(), newDataFolder()]);
    ledger = aLedgerOn({ db: house.db } as Parameters<typeof aLedgerOn>[0]);
    const request = await house.ask({ reason: '=HYPERLINK("http://evil")' });
    label = requestLabel(request);
    await house.approve(request.id);
    for (const { id } of await house.grants(request.id)) await house.provision(id);
    await ledger.append(...Array.from({ length: 1_200 }, () => anEvent({ actor: "@U1", subject: "-2" })));
    await ledger.seal();
    const services = { ...noServices, audit: createAuditService(ledger.ports) };
    control = await startControl({ folder: data.folder, services, ids: randomIds, log: keptLog().log });
  });
  afterAll(async () => {
    await control.close();
    await Promise.all([house.close(), data.remove()]);
  });
  const audit = (...args: readonly string[]) => praWith({ env: { DATA_DIR: data.folder } }, "audit", ...args);

  it("verifies the whole ledger, and a head that was noted", async () => {
    const first = await audit("verify", "--json");
    const result = JSON.parse(first.last);
    expect([first.status, result]).toMatchObject([0, { ok: true, firstBad: null, unsealed: 0, keys: { [KEY.id]: result.events } }]);
    expect(result.events).toBeGreaterThan(1_200);
    const again = await audit("verify", "--head", result.head);
    expect([again.status, again.out]).toEqual([0, expect.stringContaining(`Head: ${result.head}`)]);
  });

  it("exits with 1 for a head that the chain does not have, and 2 for one that is none", async () => {
    const foreign = await audit("verify", "--head", "0".repeat(64), "--json");
    expect([foreign.status, JSON.parse(foreign.last)]).toMatchObject([1, { ok: false, firstBad: { problem: "head_not_found" } }]);
    const none = await audit("verify", "--head", "abc", "--json");
    expect([none.status, JSON.parse(none.last).error.code]).toEqual([2, "invalid_input"]);
  });

  it("exits with 1, and says where, when something was changed", async () => {
    await ledger.tamper("update ledger_event set actor = 'UMAL' where id = 5");
    const { status, out } = await audit("verify");
    await ledger.tamper("update ledger_event set actor = 'portcullis' where id = 5");
    expect([status, out]).toEqual([1, expect.stringContaining("seal 5 does not fit event 5")]);
    expect((await audit("verify")).status).toBe(0);
  });

  it("exports every event once, in pages, as JSON whose text the mac covers", async () => {
    const { status, out } = await audit("export", "--json");
    const lines = out.trimEnd().split("\n");
    expect([status, JSON.parse(lines.pop() ?? "")]).toEqual([0, { exported: lines.length }]);
    const parsed = lines.map((line) => JSON.parse(line));
    expect(new Set(parsed.map(({ event }) => event.id)).size).toBe(lines.length);
    const [before, after] = parsed.toSorted((a, b) => a.number - b.number);
    const text =
      lines
        .find((line) => line.includes(after.mac))
        ?.replace(/^.*?,"event":/, "")
        .slice(0, -1) ?? "";
    expect(createHmac("sha256", KEY.secret).update(Buffer.from(before.mac, "hex")).update(text).digest("hex")).toBe(after.mac);
  });

  it("exports a time, and a request", async () => {
    const kinds = (out: string) => out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).event.kind]));
    const { out } = await audit("export", "--request", label);
    expect(kinds(out)).toEqual(expect.arrayContaining(["request.created", "approval.opened", "approval.settled", "grant.granted"]));
    expect(out.split("\n").every((line) => line === "" || JSON.parse(line).request === label)).toBe(true);
    expect(kinds((await audit("export", "--since", "2026-11-03")).out)).toEqual([]);
    expect(kinds((await audit("export", "--until", "2026-11-02T08:00:00.123", "--request", label)).out)).toHaveLength(kinds(out).length);
    const unknown = await audit("export", "--request", "PRA-9", "--json");
    expect([unknown.status, unknown.out]).toEqual([2, expect.stringContaining("request_unknown")]);
    for (const day of ["yesterday", "2026-02-30", "2026-13-01", "0000-01-01", "2026-02-29T10:00:00Z", "2026-11-01 10:00"])
      expect([day, (await audit("export", "--since", day, "--json")).status]).toEqual([day, 2]);
    expect((await audit("export", "--since", "2028-02-29T10:00:00+02:00", "--json")).status).toBe(0);
  });

  it("exports a table in which no cell is a formula", async () => {
    const { out } = await audit("export", "--since", "2026-11-01", "--format", "csv");
    const lines = out.split("\r\n");
    expect(lines[0]).toBe('"number","event_id","at","kind","request","actor","subject","before","after","mac","key_id"');
    expect(lines.at(-2)).toContain(`"'@U1","'-2"`);
    expect(out).not.toMatch(/(?:^|,)"[=@+-]/m);
  });

  it("waits for whoever reads the export slowly", async () => {
    const output = new PassThrough({ highWaterMark: 1_000 });
    let most = 0;
    const reading = (async () => {
      let bytes = 0;
      for await (const chunk of output) {
        most = Math.max(most, output.readableLength + output.writableLength);
        bytes += chunk.length;
      }
      return bytes;
    })();
    const errors = new PassThrough();
    const ports = {
      env: { DATA_DIR: data.folder },
      readFile: projectFile,
      output,
      errors,
      manifest: () => "",
      packageJson: () => '{"version":"0"}',
    };
    expect(await runCli(["audit", "export"], ports)).toBe(0);
    output.end();
    expect(await reading).toBeGreaterThan(most * 1.5);
  });

  it("bundles everything about a request, with what verifies it", async () => {
    const { status, last } = await audit("bundle", label, "--json");
    const bundle = JSON.parse(last);
    expect([status, bundle]).toMatchObject([
      0,
      { kind: "portcullis.evidence", label, approvals: [{ status: "APPROVED" }], grants: [{ status: "GRANTED" }] },
    ]);
    expect(bundle.attempts).toHaveLength(1);
    expect(bundle.ledger.unsealed).toEqual([]);
    expect(bundle.ledger.keyIds).toEqual([KEY.id]);
    const kinds = bundle.ledger.events.map(({ record }: { record: string }) => JSON.parse(record).kind);
    expect(kinds).toEqual(await house.ledger(bundle.request.id));
    for (const { previousMac, record, mac } of bundle.ledger.events)
      expect(createHmac("sha256", KEY.secret).update(Buffer.from(previousMac, "hex")).update(record).digest("hex")).toBe(mac);
    expect(bundle.proves.length * bundle.doesNotProve.length).toBeGreaterThan(0);
  });

  it("writes a bundle for its owner alone, and over nothing", async () => {
    const file = join(data.folder, "bundle.json");
    const { last } = await audit("bundle", label, "--out", file, "--json");
    expect(JSON.parse(last)).toMatchObject({ file, label, unsealed: 0 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ label });
    const again = await audit("bundle", label, "--out", file, "--json");
    expect([again.status, JSON.parse(again.last).error.code]).toEqual([2, "invalid_input"]);
  });
});

describe("pra audit with the database in its own hands", () => {
  it("finds an empty ledger as it was sealed, without any key", { timeout: 60_000 }, async () => {
    const { folder, remove } = await newDataFolder();
    const { status, last } = await praWith({ env: { DATA_DIR: folder } }, "audit", "verify", "--json");
    expect([status, JSON.parse(last)]).toEqual([0, { ok: true, events: 0, sealed: 0, unsealed: 0, head: null, firstBad: null, keys: {} }]);
    await remove();
  });

  it("ends quietly when the other side of the pipe has read enough", { timeout: 60_000 }, async () => {
    const { folder, remove } = await newMigratedFolder();
    const main = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));
    const child = spawn(process.execPath, [main, "audit", "export", "--format", "csv"], {
      env: { ...process.env, DATA_DIR: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    const [said, [status]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect([said, status]).toEqual(["", 0]);
    await remove();
  });

  it("verifies with the key that is set, and makes none", { timeout: 60_000 }, async () => {
    const { folder, remove } = await newMigratedFolder();
    const database = await openDatabase({ url: null, folder, log: keptLog().log });
    const ledger = aLedgerOn(database);
    await ledger.append(anEvent());
    await ledger.seal();
    await database.close();
    const none = await praWith({ env: { DATA_DIR: folder } }, "audit", "verify", "--json");
    expect([none.status, JSON.parse(none.last).error.code]).toEqual([2, "ledger_key_missing"]);
    const verified = await praWith({ env: { DATA_DIR: folder, LEDGER_KEY: KEY.secret } }, "audit", "verify", "--json");
    expect([verified.status, JSON.parse(verified.last)]).toMatchObject([0, { ok: true, events: 1 }]);
    const short = await praWith({ env: { DATA_DIR: folder, LEDGER_KEY: "short" } }, "audit", "verify", "--json");
    expect([short.status, JSON.parse(short.last).error.code]).toEqual([2, "setting_invalid"]);
    await remove();
  });
});
