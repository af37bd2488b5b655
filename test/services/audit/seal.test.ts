import { chmod, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAuditService } from "../../../src/services/audit/audit-service.ts";
import { loadLedgerKeys } from "../../../src/services/audit/load-ledger-keys.ts";
import { GENESIS, macOf } from "../../../src/services/audit/seal-chain.ts";
import { newDataFolder } from "../../support/data-folder.ts";
import { aLedger, anEvent, KEY, OTHER_KEY } from "./a-ledger.ts";

describe("the sealer", () => {
  let ledger: Awaited<ReturnType<typeof aLedger>>;
  beforeAll(async () => {
    ledger = await aLedger();
  });
  afterAll(() => ledger.close());
  beforeEach(() => ledger.clear());

  it("gives every event one number, without a gap, and chains it to the one before", async () => {
    await ledger.append(anEvent(), anEvent({ actor: "UBEN", before: { a: 1 }, after: null }));
    expect(await ledger.seal()).toBe(2);
    expect(await ledger.seal()).toBe(0);
    const seals = await ledger.db.selectFrom("ledger_seal").selectAll().orderBy("number").execute();
    const at = "2026-11-02T08:00:00.123000Z";
    const first = `{"id":"1","at":"${at}","kind":"request.created","requestId":null,"actor":"UANA","subject":"PRA-1001","after":{"reason": "OPS-1"}}`;
    const second = `{"id":"2","at":"${at}","kind":"request.created","requestId":null,"actor":"UBEN","subject":"PRA-1001","before":{"a": 1}}`;
    const mac = macOf(KEY, GENESIS, first);
    expect(seals).toEqual([
      { number: "1", event_id: "1", mac, key_id: KEY.id },
      { number: "2", event_id: "2", mac: macOf(KEY, mac, second), key_id: KEY.id },
    ]);
  });

  it("goes through more events than one batch holds", async () => {
    await ledger.append(...Array.from({ length: 1_234 }, () => anEvent()));
    expect(await ledger.seal()).toBe(1_234);
    expect(await ledger.verify()).toMatchObject({ ok: true, sealed: 1_234, unsealed: 0 });
  });

  it("seals nothing when the transaction does not commit", async () => {
    await ledger.append(anEvent());
    await expect(
      ledger.seal({
        faultPoint: () => {
          throw new Error("killed");
        },
      }),
    ).rejects.toThrow("killed");
    expect(await ledger.verify()).toMatchObject({ ok: true, sealed: 0, unsealed: 1 });
    expect(await ledger.seal()).toBe(1);
  });

  it("seals nothing without a key, nor with one that nobody announced", async () => {
    await ledger.append(anEvent());
    await expect(ledger.seal({ keys: { current: null, older: [] } })).rejects.toMatchObject({ code: "ledger_key_missing" });
    await ledger.seal();
    await ledger.append(anEvent());
    const error = { code: "ledger_key_unknown", details: { params: { keyId: KEY.id } } };
    await expect(ledger.seal({ keys: { current: OTHER_KEY, older: [] } })).rejects.toMatchObject(error);
    expect((await ledger.verify({ keys: { current: OTHER_KEY, older: [] } })).firstBad).toMatchObject({
      number: 1,
      problem: "key_unknown",
      keyId: KEY.id,
    });
  });

  it("goes on with a key that was replaced on purpose, and says so in the ledger", async () => {
    await ledger.append(anEvent());
    await ledger.seal();
    const keys = { current: OTHER_KEY, older: [KEY] };
    expect(await ledger.seal({ keys })).toBe(1);
    expect(await ledger.seal({ keys })).toBe(0);
    const said = await ledger.db.selectFrom("ledger_event").select(["kind", "before", "after"]).where("id", "=", "2").executeTakeFirst();
    expect(said).toEqual({ kind: "ledger.key_replaced", before: { keyId: KEY.id }, after: { keyId: OTHER_KEY.id } });
    expect(await ledger.verify({ keys })).toMatchObject({ ok: true, keys: { [KEY.id]: 1, [OTHER_KEY.id]: 1 } });
    // Whoever has only the replaced key cannot go on with it.
    const record = `{"id":"1"}`;
    await ledger.tamper(
      "insert into ledger_event (at, kind, actor, subject) values (now(), 'x', 'UMAL', 'x')",
      `insert into ledger_seal values (3, 3, '${macOf(KEY, GENESIS, record)}', '${KEY.id}')`,
    );
    expect((await ledger.verify({ keys })).firstBad).toMatchObject({ number: 3, problem: "key_out_of_order" });
  });

  it("is looked at by the doctor without going through all of it", async () => {
    await ledger.append(...Array.from({ length: 10 }, () => anEvent()));
    await ledger.seal();
    await ledger.append(anEvent());
    const { examine } = createAuditService(ledger.ports);
    expect(await examine({ newest: 4 })).toMatchObject({ sealed: 10, unsealed: 1, checked: 4, firstBad: null, keyId: KEY.id, siem: null });
    expect(await examine({ newest: 40 })).toMatchObject({ checked: 10, firstBad: null });
    await ledger.tamper("update ledger_event set actor = 'x' where id = 8");
    expect(await examine({ newest: 4 })).toMatchObject({ checked: 1, firstBad: { number: 8 } });
    expect(await examine({ newest: 2 })).toMatchObject({ checked: 2, firstBad: null });
  });
});

describe("the key file", () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ folder, remove } = await newDataFolder());
  });
  afterEach(() => remove());
  const none = { key: null, oldKeys: [] };

  it("is made once, for its owner's eyes alone", async () => {
    const made = loadLedgerKeys({ settings: none, folder, whenMissing: "create" });
    const path = join(folder, "ledger.key");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(made.current?.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(loadLedgerKeys({ settings: none, folder, whenMissing: "create" })).toEqual(made);
    expect(await readFile(path, "utf8")).toBe(`${made.current?.secret}\n`);
  });

  it("is not made anew for a chain that had another, nor for a database that others share", async () => {
    loadLedgerKeys({ settings: none, folder, whenMissing: "create" });
    await rm(join(folder, "ledger.key"));
    expect(loadLedgerKeys({ settings: none, folder, whenMissing: "leave" }).current).toBeNull();
    expect(loadLedgerKeys({ settings: none, folder: null, whenMissing: "create" }).current).toBeNull();
  });

  it("that is empty is no key", async () => {
    const path = join(folder, "ledger.key");
    await writeFile(path, "");
    await chmod(path, 0o600);
    expect(() => loadLedgerKeys({ settings: none, folder, whenMissing: "create" })).toThrow("setting_invalid");
  });

  it("yields to the setting, whose id tells nothing of it", async () => {
    const keys = loadLedgerKeys({
      settings: { key: KEY.secret, oldKeys: [OTHER_KEY.secret] },
      folder,
      whenMissing: "create",
    });
    expect(keys).toEqual({ current: KEY, older: [OTHER_KEY] });
    expect(KEY.id).toMatch(/^[0-9a-f]{12}$/);
  });
});
