import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { examine as examineCheck } from "../../src/cli/doctor/finding.ts";
import { ledgerCheck, siemCheck } from "../../src/cli/doctor/ledger-checks.ts";
import { startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { createAuditService } from "../../src/services/audit/audit-service.ts";
import { loadLedgerKeys } from "../../src/services/audit/load-ledger-keys.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { ownFolder } from "../../src/store/own-folder.ts";
import { systemTimers } from "../../src/timers.ts";
import { noServices } from "../http/no-services.ts";
import { aLedgerOn, anEvent, KEY, type Ledger, OTHER_KEY } from "../services/audit/a-ledger.ts";
import { answer, aSiem } from "../services/audit/a-siem.ts";
import { type DataFolder, newDataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

const LONG_AGO = new Date("2024-01-01T00:00:00Z");
const { log } = keptLog();
const examine = (check: Parameters<typeof examineCheck>[0]) => examineCheck(check, systemTimers, 30_000);

describe("what pra doctor says of the ledger", () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await newMigratedFolder();
  });
  afterEach(() => data.remove());

  const within = async (use: (ledger: Ledger) => Promise<unknown>) => {
    const database = await openDatabase({ url: null, folder: data.folder, log });
    await use(aLedgerOn(database));
    await database.close();
  };
  const look = (key: string | null = KEY.secret, oldKeys: readonly string[] = []) =>
    examine(ledgerCheck({ database: { url: null, folder: data.folder }, ledger: { key, oldKeys } }, log));
  const sealed = () =>
    within(async (ledger) => {
      await ledger.append(anEvent(), anEvent());
      await ledger.seal();
    });

  it("sees nothing before the first start", { timeout: 60_000 }, async () => {
    expect(await look(null)).toMatchObject({ status: "not_checkable", detail: expect.stringContaining("makes a key") });
    const { folder, remove } = await newDataFolder();
    await remove();
    const none = await examine(ledgerCheck({ database: { url: null, folder }, ledger: { key: null, oldKeys: [] } }, log));
    expect(none).toMatchObject({ name: "ledger", status: "not_checkable" });
  });

  it("is wrong, rather than before the first start, when it cannot look", async () => {
    const notAFolder = join(data.folder, "a-file");
    await writeFile(notAFolder, "");
    const found = await examine(ledgerCheck({ database: { url: null, folder: notAFolder }, ledger: { key: null, oldKeys: [] } }, log));
    expect(found).toMatchObject({ name: "ledger", status: "wrong", detail: expect.stringContaining("ENOTDIR") });
  });

  it("verifies the newest seals, and names the first that does not hold", { timeout: 60_000 }, async () => {
    await sealed();
    expect(await look()).toMatchObject({ status: "ok", detail: expect.stringContaining("2 seals, of which the newest 2 hold") });
    await within((ledger) => ledger.tamper("update ledger_event set actor = 'x' where id = 2"));
    expect(await look()).toMatchObject({ status: "wrong", detail: expect.stringContaining("seal 2 does not fit event 2") });
  });

  it("says that the SIEM has another chain", { timeout: 60_000 }, async () => {
    await sealed();
    await within(({ db }) =>
      db
        .insertInto("siem_cursor")
        .values({ id: 1, shipped: "2", shipped_mac: "f".repeat(64), fork_after: null, fork_shipped: null })
        .execute(),
    );
    expect(await look()).toMatchObject({ status: "wrong", detail: "the seals after 0 are not those that the SIEM has" });
  });

  it("misses a key that was lost or changed", { timeout: 60_000 }, async () => {
    await sealed();
    expect(await look(null)).toMatchObject({ status: "wrong", detail: expect.stringContaining("there is no key here") });
    expect(await look(OTHER_KEY.secret)).toMatchObject({ status: "wrong", detail: expect.stringContaining(KEY.id) });
    expect(await look(OTHER_KEY.secret, [KEY.secret])).toMatchObject({ status: "ok" });
  });

  it("notices that nobody seals", { timeout: 60_000 }, async () => {
    await within(async (ledger) => {
      ledger.clock.at = LONG_AGO;
      await ledger.append(anEvent());
    });
    expect(await look()).toMatchObject({ status: "wrong", detail: expect.stringContaining("2024-01-01") });
  });

  it("asks the bot that has the database, and says when that one cannot be asked", { timeout: 60_000 }, async () => {
    const database = await openDatabase({ url: null, folder: data.folder, log });
    expect(await look()).toMatchObject({ status: "not_checkable", detail: expect.stringContaining("cannot be asked") });
    const ledger = aLedgerOn(database);
    await ledger.append(anEvent());
    await ledger.seal();
    const services = { ...noServices, audit: createAuditService(ledger.ports) };
    const control = await startControl({ folder: data.folder, services, ids: randomIds, log });
    expect(await look(null)).toMatchObject({ status: "ok", detail: expect.stringContaining(KEY.id) });
    await control.close();
    await database.close();
  });

  it("looks at a folder whose path leaves no room for a socket", { timeout: 60_000 }, async () => {
    const folder = join(data.folder, "x".repeat(110));
    await mkdir(folder);
    await cp(join(data.folder, "pglite"), join(folder, "pglite"), { recursive: true });
    const looked = await examine(ledgerCheck({ database: { url: null, folder }, ledger: { key: null, oldKeys: [] } }, log));
    expect(looked).toMatchObject({ status: "not_checkable", detail: expect.stringContaining("makes a key") });
  });

  it("leaves the folder to whoever starts next", { timeout: 60_000 }, async () => {
    await look();
    ownFolder(data.folder).release();
    expect(loadLedgerKeys({ settings: { key: null, oldKeys: [] }, folder: data.folder, whenMissing: "leave" }).current).toBeNull();
  });
});

describe("what pra doctor says of the ledger on PostgreSQL", () => {
  let server: EmbeddedServer;
  beforeAll(async () => {
    server = await startEmbeddedPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  it("wants the key to be set, and changes nothing in a database without tables", { timeout: 60_000 }, async () => {
    const url = await server.newDatabase();
    const look = (key: string | null) => examine(ledgerCheck({ database: { url, folder: "" }, ledger: { key, oldKeys: [] } }, log));
    expect(await look(null)).toMatchObject({ status: "wrong", fix: expect.stringContaining("LEDGER_KEY_FILE") });
    expect(await look(KEY.secret)).toMatchObject({ status: "not_checkable" });
    const database = await openDatabase({ url, folder: "", log });
    await aLedgerOn(database).append(anEvent());
    await database.close();
    expect(await look(null)).toMatchObject({ status: "wrong", fix: expect.stringContaining("LEDGER_KEY_FILE") });
  });
});

describe("what pra doctor says of the SIEM", () => {
  it("says whether a signed delivery is taken", async () => {
    const siem = await aSiem();
    const check = () => examine(siemCheck({ url: siem.url, secret: "siem-secret-for-tests" }));
    expect(await check()).toMatchObject({ name: "siem", status: "ok" });
    expect(JSON.parse(siem.deliveries[0]?.body ?? "")).toMatchObject({ test: true, events: [], head: null });
    siem.script.push(answer.status(401));
    expect(await check()).toMatchObject({ status: "wrong", detail: expect.stringContaining("HTTP 401") });
    await siem.close();
    expect(await check()).toMatchObject({ status: "wrong", detail: expect.stringContaining("ECONNREFUSED") });
  });
});
