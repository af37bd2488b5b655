/**
 * Contract: approvals that waited before there was a queue are found by it afterwards as if they had been opened today: the keys that
 * the migration gives them are those that the service writes.
 */
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Approval, Seat } from "../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../src/services/approvals/approval-config.ts";
import { barredKeys, holderKey, seatedKeys, seatsInTurn } from "../../src/services/approvals/seats.ts";
import type { OpenDatabase } from "../../src/store/database.ts";
import * as firstTables from "../../src/store/migrations/0001-first-tables.ts";
import * as approvalEngine from "../../src/store/migrations/0002-approval-engine.ts";
import * as approvalQueue from "../../src/store/migrations/0006-approval-queue.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { anApproval, group, person } from "../services/approvals/an-approval.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

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

const at = new Date("2026-11-02T08:00:00Z");
const decided = (seat: Seat): Seat => ({
  ...seat,
  decision: { verdict: "APPROVED", by: { teamId: "T1", userId: "UDAN" }, at, comment: null, capacity: "APPROVER" },
});
const serial = (approval: Approval): Approval => ({ ...approval, criteria: { ...approval.criteria, type: "SERIAL" } });
const ofThree = (change: Partial<Approval> = {}) => anApproval([group("SOPS"), person("UBEN"), person("UCHI")], change);
const firstDecided = (approval: Approval): Approval => ({
  ...approval,
  seats: approval.seats.map((seat, place) => (place === 0 ? decided(seat) : seat)),
});

const CASES: readonly (readonly [name: string, approval: Approval])[] = [
  ["parallel", ofThree()],
  ["serial", serial(ofThree())],
  ["serial, the first decided", firstDecided(serial(ofThree()))],
  ["parallel, the first decided", firstDecided(ofThree())],
  ["whoever asks may decide", ofThree({ config: parseApprovalConfig({ selfApproval: "ALLOWED" }) })],
  ["for somebody else", ofThree({ beneficiaryUserId: "UEVA", interestedZpaUsers: ["ana@example.com", "eva@example.com"] })],
];

it.each(CASES)("an approval that waits: %s", async (_, approval) => {
  // A database as it was: without any of the tables that the schema knows.
  const old = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) });
  const keys = await old.transaction().execute(async (trx) => {
    await sql`create schema before`.execute(trx);
    await sql`set local search_path = before`.execute(trx);
    for (const { up } of [firstTables, approvalEngine]) await up(trx);
    const requestId = crypto.randomUUID();
    const open = approval.seats.filter(({ decision }) => decision === null).map(({ holder }) => holderKey(holder));
    await sql`insert into request (id, requester, beneficiary, requester_user_id, beneficiary_user_id, consoles, requested_time, reason, status, submission_key, created_at)
      values (${requestId}, '{}', '{}', 'UANA', 'UANA', '[]', '{}', '', 'PENDING', ${requestId}, ${at})`.execute(trx);
    await sql`insert into approval (id, request_id, status, version, body, requester_user_id, beneficiary_user_id, holder_keys, created_at)
      values (${crypto.randomUUID()}, ${requestId}, 'PENDING', 1, ${JSON.stringify(approval)}, ${approval.requesterUserId}, ${approval.beneficiaryUserId},
        ${sql.val(open)}::text[], ${at})`.execute(trx);
    await approvalQueue.up(trx);
    const { rows } = await sql<Record<"holder_keys" | "barred_keys" | "seated_keys", string[]>>`
      select holder_keys, barred_keys, seated_keys from approval`.execute(trx);
    await sql`drop schema before cascade`.execute(trx);
    return rows[0];
  });
  expect(keys?.holder_keys).toEqual(seatsInTurn(approval).map(({ holder }) => holderKey(holder)));
  expect(keys?.barred_keys.toSorted()).toEqual(barredKeys(approval).toSorted());
  expect(keys?.seated_keys).toEqual(seatedKeys(approval));
});
