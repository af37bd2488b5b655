import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { praWith } from "../../cli/pra.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aRulebookOn, dora, emil, shell, TENANT } from "./a-rulebook.ts";

const PLANT = { scope: "MICROTENANT", scopeId: "77" } as const;
const ROUNDS = 20;

/**
 * Contract: on however many replicas rules are changed at once, a change is confirmed once, a revision stands for one text, and whether a
 * change loosens is decided by what stands beside it when it is written.
 */
describe("two replicas on one PostgreSQL", { timeout: 60_000 }, () => {
  let server: EmbeddedServer;
  let url: string;
  let replicas: ReturnType<typeof aRulebookOn>[];
  const [one, other] = [() => replicas[0] ?? expect.fail(), () => replicas[1] ?? expect.fail()];

  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    url = await server.newDatabase();
    const databases = await Promise.all([1, 2].map(() => openDatabase({ url, folder: "", log: keptLog().log })));
    replicas = databases.map(aRulebookOn);
  }, 60_000);
  beforeEach(() => one().clear());
  afterAll(async () => {
    await Promise.all(replicas.map((each) => each.close()));
    await server.stop();
  });
  const put = (replica: typeof one, yaml: string, over: Partial<Parameters<ReturnType<typeof aRulebookOn>["rules"]["put"]>[0]> = {}) =>
    replica().rules.put({ ...TENANT, yaml, by: dora, expectedRevision: null, mode: "apply", ...over });

  it("settle a change once: confirmed by one and declined by the other, one of them hears that it is settled", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await one().clear();
      const { changeId } = await put(one, "approvers: [UEVE]", { by: shell });
      const settled = await Promise.allSettled([
        one().rules.confirm({ changeId: changeId ?? "", by: dora }),
        other().rules.decline({ changeId: changeId ?? "", by: emil }),
      ]);
      const [done, ...more] = settled.filter((each) => each.status === "fulfilled");
      expect(more).toEqual([]);
      expect(settled.find((each) => each.status === "rejected")?.reason).toMatchObject({ code: "change_settled" });
      const { rules } = await one().rules.list({ by: dora });
      expect(rules.map(({ revision }) => revision)).toEqual(done?.value.status === "APPLIED" ? [1] : []);
    }
  });

  it("compare a change with what stands beside it when it is written, not when it was read", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await one().clear();
      await put(one, "longestWindowHours: 8");
      await put(one, "longestWindowHours: 8", PLANT);
      const looser = await put(one, "longestWindowHours: 9", { by: shell });
      const [gone] = await Promise.all([
        one().rules.delete({ ...PLANT, by: dora, expectedRevision: 1, mode: "apply" }),
        other().rules.confirm({ changeId: looser.changeId ?? "", by: emil }),
      ]);
      // Taken away before the tenant's became looser, it loosened nothing; after that it does, and waits.
      const order = (await one().ledger()).map(({ kind, subject }) => `${kind} ${subject}`);
      const loosened = order.lastIndexOf("rules.changed TENANT");
      if (gone.result === "applied") expect(order.indexOf("rules.deleted MICROTENANT 77")).toBeLessThan(loosened);
      else {
        expect(gone).toMatchObject({ result: "waiting", loosens: ["longest_window_longer"] });
        expect(order.indexOf(`rules.change_proposed ${gone.changeId}`)).toBeGreaterThan(loosened);
      }
    }
  });

  it("are told of each other's revision", async () => {
    await put(one, "longestWindowHours: 8");
    const settled = await Promise.allSettled(
      [one, other].map((replica, index) => put(replica, `longestWindowHours: ${index + 1}`, { expectedRevision: 1 })),
    );
    expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("see what pra changed, which opens the database by itself", async () => {
    const input = Readable.from(["longestWindowHours: 8"]);
    const { last } = await praWith(
      { env: { DATABASE_URL: url, DATA_DIR: "/nowhere" }, input },
      "config",
      "put",
      "tenant",
      "--yes",
      "--json",
    );
    expect(JSON.parse(last)).toMatchObject({ changes: [{ result: "applied", revision: 1 }] });
    expect(await other().rules.get({ ...TENANT, by: dora })).toMatchObject({ changedBy: expect.stringMatching(/^cli:/) });
  });
});
