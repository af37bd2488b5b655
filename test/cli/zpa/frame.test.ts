import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { zpaFrame } from "../../../src/cli/zpa/frame.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aTenant, type TenantAtHand } from "./a-tenant.ts";

describe("what every write of pra zpa has in common", () => {
  let at: TenantAtHand;
  beforeAll(async () => {
    at = await aTenant();
  });
  afterAll(() => at.close());

  it("says with exit status 1 that something else stands than was asked for", async () => {
    const [output, errors] = [new PassThrough(), new PassThrough()];
    const statuses: number[] = [];
    const nothing = () => "";
    const frame = zpaFrame({
      env: at.env,
      readFile: nothing,
      output,
      errors,
      manifest: nothing,
      packageJson: nothing,
      exitWith: (status) => statuses.push(status),
    });
    await frame.write(
      { json: true, withoutLedger: true },
      {
        plan: async () => ({
          ...{ object: "console", verb: "update", subject: "7", before: null, intended: { enabled: false } },
          write: async () => {},
          readBack: async () => ({ enabled: true }),
          noted: (read) => read,
          asIntended: ({ enabled }) => !enabled,
        }),
        show: (read) => ({ json: { console: read }, lines: [] }),
      },
    );
    output.end();
    errors.end();
    expect(JSON.parse(await text(output))).toEqual({ console: { enabled: true }, asIntended: false, recorded: "not" });
    expect(await text(errors)).toContain("What stands in ZPA is not what was asked for");
    expect(statuses).toEqual([1]);
  });
});

describe("pra zpa beside bots on a PostgreSQL", () => {
  let server: EmbeddedServer;
  beforeAll(async () => {
    server = await startEmbeddedPostgres();
  });
  afterAll(() => server.stop());

  it("keeps to their budget, and writes into their ledger", async () => {
    const url = await server.newDatabase();
    const at = await aTenant({ DATABASE_URL: url });
    try {
      const made = await at.json(...["consoles", "create", "--name", "bench", "--segment", "Test bench", "--portal", "Plant portal"]);
      expect(made).toMatchObject({ console: { name: "bench" }, asIntended: true, recorded: "whole" });
      const database = await openDatabase({ url, folder: "", log: keptLog().log });
      try {
        const kinds = await database.db.selectFrom("ledger_event").select("kind").orderBy("id").execute();
        expect(kinds.map(({ kind }) => kind)).toEqual(["zpa.console.create.intended", "zpa.console.create.done"]);
        const { rows } = await database.pool.query<{ lane: string; taken: number }>(
          "select lane, sum(ticket)::integer as taken from zpa_slot group by lane order by lane",
        );
        // Segments, applications, portals and the read-back; one create.
        expect(rows).toEqual([
          { lane: "read", taken: 4 },
          { lane: "write", taken: 1 },
        ]);
      } finally {
        await database.close();
      }
    } finally {
      await at.close();
    }
  });
});
