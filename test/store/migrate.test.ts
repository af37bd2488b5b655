import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import type { OpenDatabase } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

const { log } = keptLog();

/** Contract: both databases get the same tables with the same rules, and replicas that start at once do not trip over each other. */
describe.each(["pglite", "postgres"] as const)("the tables on %s", (kind) => {
  let data: DataFolder | undefined;
  let server: EmbeddedServer | undefined;
  let database: OpenDatabase;

  beforeAll(async () => {
    if (kind === "pglite") {
      data = await newDataFolder();
      database = await openDatabase({ url: null, folder: data.folder, log });
      return;
    }
    server = await startEmbeddedPostgres();
    const url = await server.newDatabase();
    const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ url, folder: "", log })));
    const [first, ...others] = replicas;
    if (!first) throw new Error("no replica");
    await Promise.all(others.map((other) => other.close()));
    database = first;
  });
  afterAll(async () => {
    await database.close();
    await data?.remove();
    await server?.stop();
  });

  const request = (submissionKey: string) => ({
    id: randomUUID(),
    requester: "{}",
    beneficiary: "{}",
    requester_user_id: "U1",
    beneficiary_user_id: "U1",
    consoles: "[]",
    requested_time: "{}",
    reason: "OPS-1",
    status: "PENDING",
    submission_key: submissionKey,
    created_at: new Date(),
  });

  it("numbers requests from 1001", async () => {
    const rows = await database.db
      .insertInto("request")
      .values([request("view-1"), request("view-2")])
      .returning("number")
      .execute();
    expect(rows).toEqual([{ number: 1001 }, { number: 1002 }]);
  });

  it("makes one request of one submission", async () => {
    await expect(database.db.insertInto("request").values(request("view-1")).execute()).rejects.toMatchObject({ code: "23505" });
  });

  it.each(["update ledger_event set actor = 'nobody'", "delete from ledger_event", "truncate ledger_event"])(
    "refuses to change the ledger: %s",
    async (change) => {
      await database.db
        .insertInto("ledger_event")
        .values({ at: new Date(), kind: "request.created", actor: "U1", subject: "PRA-1001" })
        .execute();
      await expect(sql.raw(change).execute(database.db)).rejects.toThrow("append-only");
    },
  );
});
