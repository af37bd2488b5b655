/**
 * Contract: on one PostgreSQL with two replicas, an approval that both see approved at the same instant, whose job runs twice in each, makes
 * one request with one grant, and a refusal is in the ledger once. So in every round, and nothing locks up.
 */
import { expect, it, onTestFinished } from "vitest";
import { startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { ATTRIBUTES, aGovernedHouse, outcomeOf, pending, wire } from "./a-governed-house.ts";

const ROUNDS = 30;

it("makes one grant in each round", { timeout: 120_000 }, async () => {
  const server = await startEmbeddedPostgres();
  onTestFinished(() => server.stop());
  const url = await server.newDatabase();
  const open = (): Promise<OpenDatabase> => openDatabase({ url, folder: "", log: keptLog().log });
  const databases = [await open(), await open()];
  onTestFinished(async () => void (await Promise.all(databases.map((database) => database.close()))));
  const [first] = databases;
  if (first === undefined) throw new Error("no database");
  await migrate(first.db);
  const replicas = await Promise.all(databases.map((database) => aGovernedHouse(database)));
  const [watcher] = replicas;
  if (watcher === undefined) throw new Error("no replica");

  for (let round = 1; round <= ROUNDS; round++) {
    const id = `sp-${round}`;
    const isRefused = round % 3 === 0;
    // Every length is another, so that no grant is moved by a second.
    const change = {
      id,
      attributes: { ...ATTRIBUTES, portcullisDuration: `${60 + round}m` },
      ...(isRefused ? { approvedBy: [] } : {}),
    };
    for (const replica of replicas) {
      replica.clock.at = new Date("2026-11-02T08:16:00Z");
      replica.told.set(id, wire(change));
    }
    await Promise.all(replicas.map((replica) => replica.seen(pending({ ...change, status: "PENDING", approvedBy: [] }))));
    await Promise.all(replicas.map((replica) => replica.seen(wire(change), pending(change))));
    await Promise.all([...replicas, ...replicas].map((replica) => replica.settle(false, id)));
    expect(outcomeOf(await watcher.governed(id)), `round ${round}`).toBe(isRefused ? "governed_decider_unknown" : "GRANTED");
    const refused = Math.floor(round / 3);
    expect(
      [
        await watcher.requests(),
        await watcher.allGrants(),
        await watcher.events("access.governed"),
        await watcher.events("governed.refused"),
      ].map((rows) => rows.length),
      `round ${round}`,
    ).toEqual([round - refused, round - refused, round - refused, refused]);
  }
});
