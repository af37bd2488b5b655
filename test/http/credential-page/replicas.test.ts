import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { createPostgresTurns } from "../../../src/services/zpa/postgres-turns.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { dora, emil, kindsOf, NOW } from "../../services/credentials/a-credential-house.ts";
import { type TenantClient, tenantClient } from "../../services/zpa/support/tenant-client.ts";
import { tireless } from "../../services/zpa/support/tireless.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aBrowser, aPage, codeIn, csrfIn, headingIn, noLimits, PASSWORD, type PageUnderTest } from "./a-page.ts";

const ROUNDS = 8;

/**
 * Contract: however often one form is sent at the same instant, to however many replicas, one secret reaches ZPA, once; and of browsers that
 * continue at the same instant one has the link.
 */
describe("two replicas on one PostgreSQL", { timeout: 90_000 }, () => {
  let server: EmbeddedServer;
  let client: TenantClient;
  const databases: OpenDatabase[] = [];
  const replicas: PageUnderTest[] = [];
  const [one, other] = [() => replicas[0] ?? expect.fail(), () => replicas[1] ?? expect.fail()];

  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    client = await tenantClient({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() } });
    const url = await server.newDatabase();
    for (const _ of [1, 2]) {
      const database = await openDatabase({ url, folder: "", log: keptLog().log });
      databases.push(database);
      await migrate(database.db);
      replicas.push(
        await aPage({ db: database.db, client, limits: noLimits, credentialTurns: createPostgresTurns(database.pool, "zpa_credentials") }),
      );
    }
  }, 90_000);
  afterAll(async () => {
    await Promise.all(replicas.map((each) => each.close()));
    await Promise.all(databases.map((each) => each.close()));
    await client[Symbol.asyncDispose]();
    await server.stop();
  });
  const at = (replica: PageUnderTest, { url }: { readonly url: string }) => `${replica.direct}${new URL(url).pathname}`;

  it("send one secret once, whichever of six submissions comes first", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = `race ${round}`;
      const { browser, offered } = await one().readied({ name });
      const csrf = csrfIn(await browser.open());
      const twin = aBrowser(at(other(), offered));
      for (const [key, value] of browser.jar) twin.jar.set(key, value);
      const seen = await Promise.all([browser, twin].flatMap((each) => [1, 2, 3].map(() => each.send({ csrf, password: PASSWORD }))));
      expect(seen.map(({ status }) => status)).toEqual(Array(6).fill(200));
      for (const each of seen) expect(["The secret is in Zscaler", "The secret is being sent"]).toContain(headingIn(each));
      const { credentials } = await client.tenant.control.state();
      expect(credentials.filter((each) => each.name === name)).toHaveLength(1);
    }
    expect((await client.tenant.control.state()).calls.POST).toBe(ROUNDS);
    expect((await kindsOf(one().ports.db)).filter((kind) => kind === "credential.added")).toHaveLength(ROUNDS);
  });

  it("give a link to one of the browsers that continue at once", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const offered = await one().offer({ name: `browsers ${round}` });
      const browsers = [one(), other(), one(), other()].map((replica) => aBrowser(at(replica, offered)));
      const seen = await Promise.all(browsers.map((browser) => browser.begin()));
      expect(seen.filter((each) => codeIn(each) !== "")).toHaveLength(1);
      expect(seen.filter(({ status }) => status === 403)).toHaveLength(3);
    }
  });

  it("leave one link open of two that a person asks for at once", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const offers = await Promise.all([one(), other()].map((replica) => replica.offer({ name: `links ${round}` })));
      const seen = await Promise.all(offers.map((offer) => aBrowser(at(one(), offer)).open()));
      expect(seen.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    }
  });

  it("give a name to one of two people who add it at once; the other hears that it is taken, and keeps the link", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = `name ${round}`;
      const forms = [await one().readied({ name }), await other().readied({ name, by: emil })];
      const seen = await Promise.all(forms.map(({ browser }) => browser.send({ password: PASSWORD })));
      expect(seen.map(({ status }) => status).toSorted()).toEqual([200, 422]);
      expect(await one().stored(name)).toHaveLength(1);
    }
  });

  it("tell a person of an outcome once", async () => {
    const { browser, offered } = await one().readied({ name: "told once" });
    await browser.send({ password: PASSWORD });
    await Promise.all([one(), other(), one()].map((replica) => replica.settle({ handoverId: offered.handoverId })));
    expect([...one().told, ...other().told].filter(({ id }) => id === offered.handoverId)).toMatchObject([{ by: dora, outcome: "DONE" }]);
  });
});
