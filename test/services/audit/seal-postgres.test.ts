/**
 * Contract: on one PostgreSQL, with many who write to the ledger at once and commit in any order, and two replicas that seal all the while,
 * every committed event is sealed once, none that was rolled back is, and the chain holds. A sealer that is killed between its seals and
 * their commit leaves nothing behind, and the next one goes on.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aLedgerOn, anEvent, type Ledger } from "./a-ledger.ts";

describe("sealing on PostgreSQL", () => {
  let server: EmbeddedServer;
  let url: string;
  let database: OpenDatabase;
  let ledger: Ledger;
  beforeAll(async () => {
    server = await startEmbeddedPostgres();
  }, 60_000);
  afterAll(() => server.stop());
  afterEach(() => database.close());
  const start = async () => {
    url = await server.newDatabase();
    database = await openDatabase({ url, folder: "", log: keptLog().log });
    ledger = aLedgerOn(database);
  };

  const replica = async (end: "lives" | "dies"): Promise<ChildProcess> => {
    const child = fork(join(import.meta.dirname, "seal-until-killed.ts"), [url, end], { execArgv: [] });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child, "message");
    return child;
  };
  const sealBy = async (child: ChildProcess): Promise<unknown> => {
    const told = once(child, "message");
    child.send("seal");
    return (await told)[0];
  };
  const insert = "insert into ledger_event (at, kind, actor, subject) values (now(), 'request.created', $1, 'PRA-1') returning id";
  const writer = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };

  it("finds an event that committed after others with higher ids were sealed", { timeout: 60_000 }, async () => {
    await start();
    const slow = await writer();
    await slow.query("begin");
    const { rows } = await slow.query(insert, ["USLOW"]);
    await ledger.append(anEvent(), anEvent());
    expect(await ledger.seal()).toBe(2);
    expect(await ledger.seal()).toBe(0);
    await slow.query("commit");
    await slow.end();
    expect(await ledger.seal()).toBe(1);
    expect(await ledger.verify()).toMatchObject({ ok: true, events: 3, sealed: 3, unsealed: 0 });
    const last = await ledger.db.selectFrom("ledger_seal").select("event_id").where("number", "=", "3").executeTakeFirst();
    expect(last?.event_id).toBe(rows[0]?.id);
  });

  it("loses none of 2,000 events whose transactions end in any order, with two sealers at once", { timeout: 120_000 }, async () => {
    await start();
    const sealers = await Promise.all([replica("lives"), replica("lives")]);
    let isWriting = true;
    const sealing = sealers.map(async (child) => {
      let sealed = 0;
      while (isWriting) sealed += Number(await sealBy(child));
      return sealed;
    });
    // Each writer keeps a transaction open over those of the others, and gives up every fifth.
    const committed = await Promise.all(
      Array.from({ length: 10 }, async (_, who) => {
        const client = await writer();
        const ids: string[] = [];
        for (let turn = 0; turn < 100; turn += 1) {
          await client.query("begin");
          const written = [];
          for (let each = 0; each < (turn % 3) + 1; each += 1) written.push((await client.query(insert, [`U${who}`])).rows[0].id);
          if (turn % 7 === who % 7) for (let look = 0; look < 20; look += 1) await client.query("select 1");
          const isKept = turn % 5 !== 4;
          await client.query(isKept ? "commit" : "rollback");
          if (isKept) ids.push(...written);
        }
        await client.end();
        return ids;
      }),
    );
    isWriting = false;
    const sealed = await Promise.all(sealing);
    const rest = Number(await ledger.seal());
    const all = committed.flat();
    expect(all.length).toBeGreaterThan(1_500);
    expect(rest + sealed.reduce((sum, each) => sum + each, 0)).toBe(all.length);
    const seals = await ledger.db.selectFrom("ledger_seal").select("event_id").orderBy("number").execute();
    expect(seals.map(({ event_id }) => event_id).toSorted()).toEqual(all.toSorted());
    // Or nothing of this was proved: ids were sealed in another order than their own, and by both.
    expect(seals.some(({ event_id }, place) => BigInt(event_id) < BigInt(seals[place - 1]?.event_id ?? 0))).toBe(true);
    expect(sealed.every((each) => each > 0)).toBe(true);
    expect(await ledger.verify()).toMatchObject({ ok: true, events: all.length, sealed: all.length, unsealed: 0 });
  });

  it("takes up what a sealer left that was killed before its commit", { timeout: 60_000 }, async () => {
    await start();
    await ledger.append(anEvent(), anEvent(), anEvent());
    const doomed = await replica("dies");
    expect(await sealBy(doomed)).toBe("sealed");
    // While it stands there, nobody else seals.
    expect(await ledger.seal()).toBe(0);
    doomed.kill("SIGKILL");
    await once(doomed, "exit");
    await isGone();
    expect(await ledger.verify()).toMatchObject({ ok: true, sealed: 0, unsealed: 3 });
    expect(await ledger.seal()).toBe(3);
    expect(await ledger.verify()).toMatchObject({ ok: true, sealed: 3, unsealed: 0 });
  });

  /** The server notices a dead client when it next reads from it: until then its transaction stands. */
  const isGone = async (): Promise<void> => {
    const client = await writer();
    await client.query("select pg_advisory_lock(hashtext('portcullis.ledger'))");
    await client.end();
  };
});
