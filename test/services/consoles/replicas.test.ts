import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import type { NewConsoles } from "../../../src/services/consoles/consoles.ts";
import { createPostgresTurns } from "../../../src/services/zpa/postgres-turns.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { type TenantClient, tenantClient } from "../zpa/support/tenant-client.ts";
import { tireless } from "../zpa/support/tireless.ts";
import { aConsoleDeskOn, dora, tenantClock } from "./a-console-desk.ts";

const ROUNDS = 6;
const bench = { application: "bench-1.lab.acme.example", portal: "Infrastructure portal" };

/** Contract: on however many replicas the same console is made at the same instant, ZPA has it once, and the others hear that things changed. */
describe("two replicas on one PostgreSQL", { timeout: 60_000 }, () => {
  let server: EmbeddedServer;
  let client: TenantClient;
  let databases: readonly OpenDatabase[];
  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    client = await tenantClient({ tenant: { clock: tenantClock, monotonicMilliseconds: tireless() } });
    const url = await server.newDatabase();
    databases = await Promise.all([1, 2].map(() => openDatabase({ url, folder: "", log: keptLog().log })));
  }, 60_000);
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await Promise.all(databases.map((each) => each.close()));
    await server.stop();
  });

  it("make one console when both are told to at once", async () => {
    const replicas = [];
    for (const { db, pool } of databases)
      replicas.push(await aConsoleDeskOn({ db, client, consoleTurns: createPostgresTurns(pool, "zpa_consoles") }));
    const [first] = replicas;
    if (first === undefined) throw new Error("no replica");
    for (let round = 0; round < ROUNDS; round++) {
      const { applications, portals } = await first.consoles.room({ by: dora, microtenantId: null });
      const wanted: NewConsoles = {
        microtenantId: null,
        applicationIds: applications.filter(({ domain }) => domain === bench.application).map(({ id }) => id),
        portalIds: portals.filter(({ name }) => name === bench.portal).map(({ id }) => id),
        pattern: "{host}",
      };
      const { seal } = await first.consoles.plan({ by: dora, wanted });
      const settled = await Promise.allSettled([...replicas, ...replicas].map(({ consoles }) => consoles.make({ by: dora, wanted, seal })));
      expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const each of settled)
        if (each.status === "rejected") expect(each.reason).toMatchObject({ code: expect.stringMatching(/^console(s_changed|_exists)$/) });
      const made = await first.inTenant("bench-1");
      expect(made).toHaveLength(1);
      for (const { id } of made) await client.zpa.consoles.delete(String(id));
    }
    expect((await client.tenant.control.state()).calls.POST).toBe(ROUNDS);
  });
});
