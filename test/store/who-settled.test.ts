import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../../src/store/database.ts";
import { up } from "../../src/store/migrations/0005-who-settled.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

/** Contract: approvals from before the engine kept who settled them get what could then only have been so. */
let data: DataFolder;
let database: OpenDatabase;
beforeAll(async () => {
  data = await newDataFolder();
  database = await openDatabase({ url: null, folder: data.folder, log: keptLog().log });
});
afterAll(async () => {
  await database.close();
  await data.remove();
});

const seat = (userId: string, at: string | null) => ({
  holder: { kind: "person", userId },
  decision: at === null ? null : { verdict: "APPROVED", by: { teamId: "T1", userId }, at },
});

describe("who settled an approval of before", () => {
  it.each([
    [
      "APPROVED",
      [seat("UBEN", "2026-01-01T10:00:00Z"), seat("UCHI", "2026-01-01T11:00:00Z"), seat("UDAN", null)],
      { teamId: "T1", userId: "UCHI" },
    ],
    ["CANCELLED", [seat("UBEN", null)], { teamId: "T1", userId: "UANA" }],
    ["EXPIRED", [seat("UBEN", null)], null],
    ["PENDING", [seat("UBEN", "2026-01-01T10:00:00Z")], undefined],
  ])("%s", async (status, seats, expected) => {
    const [requestId, id] = [randomUUID(), randomUUID()];
    const people = { requester_user_id: "UANA", beneficiary_user_id: "UANA", created_at: new Date() };
    const { db } = database;
    await db
      .insertInto("request")
      .values({
        ...{ ...people, id: requestId, requester: '{"teamId":"T1"}', beneficiary: "{}", consoles: "[]", requested_time: "{}" },
        ...{ reason: "OPS-1", status, submission_key: requestId },
      })
      .execute();
    await db
      .insertInto("approval")
      .values({ ...people, id, request_id: requestId, status, version: 1, body: JSON.stringify({ seats }), holder_keys: [] })
      .execute();
    await up(db as unknown as Kysely<unknown>);
    const { body } = await db.selectFrom("approval").select("body").where("id", "=", id).executeTakeFirstOrThrow();
    expect((body as { settledBy?: unknown }).settledBy).toEqual(expected);
  });
});
