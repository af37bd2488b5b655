import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../../sandbox/start-postgres.ts";
import { randomIds } from "../../../../src/ids.ts";
import type { Jobs } from "../../../../src/jobs/jobs.ts";
import type { Found } from "../../../../src/services/access/reconcile/finding.ts";
import { readOurs } from "../../../../src/services/access/reconcile/read-ours.ts";
import { recordFindings } from "../../../../src/services/access/reconcile/record-findings.ts";
import type { PrivilegedApproval } from "../../../../src/services/zpa/zpa-client.ts";
import { openDatabase } from "../../../../src/store/open-database.ts";
import { keptLog } from "../../../support/silent-log.ts";

const now = new Date("2026-11-02T12:00:00Z");
const STORED = 40_000;

/**
 * Contract: passes of two replicas that run into one another record each finding once; and what a pass looks up is found by indexes,
 * however much is stored.
 */
describe("on one PostgreSQL", { timeout: 120_000 }, () => {
  let server: EmbeddedServer;
  let replicas: Awaited<ReturnType<typeof openDatabase>>[];
  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    const url = await server.newDatabase();
    const first = await openDatabase({ url, folder: "", log: keptLog().log });
    replicas = [first, await openDatabase({ url, folder: "", log: keptLog().log })];
  }, 60_000);
  afterAll(async () => {
    await Promise.all(replicas.map((each) => each.close()));
    await server.stop();
  });
  const db = (which: number) => replicas[which]?.db ?? expect.fail();

  const seen = {
    emailIds: ["eve@example.com"],
    segmentIds: ["seg-1"],
    start: now,
    end: new Date(now.getTime() + 3_600_000),
    workingHours: null,
  };
  const foreign = (zpaId: string, fingerprint = "f"): Found => ({
    kind: "FOREIGN",
    subject: `/${zpaId}`,
    microtenantId: null,
    zpaId,
    grantId: null,
    fingerprint,
    body: { microtenantName: "Default", fields: [], intended: null, seen, counts: {} },
  });
  const record = (which: number, found: readonly Found[], told: string[]) => {
    const jobs: Pick<Jobs, "enqueue"> = { enqueue: async (_, __, payload) => void told.push(JSON.stringify(payload)) };
    return recordFindings(
      { db: db(which), ids: randomIds, jobs },
      { microtenantId: null, microtenantName: "Default", found, isUnsure: () => false, now },
    );
  };

  it("two passes at once record each finding once, and have it told once", async () => {
    for (let round = 0; round < 15; round += 1) {
      const told: string[] = [];
      const found = [foreign(`${round}-a`), foreign(`${round}-b`)];
      const opened = await Promise.all([record(0, found, told), record(1, found, told)]);
      expect(opened.toSorted()).toEqual([0, 2]);
      expect(told.filter((payload, place) => told.indexOf(payload) !== place)).toEqual([]);
      const rows = await db(0).selectFrom("finding").select("subject").where("status", "=", "OPEN").execute();
      expect(rows.map(({ subject }) => subject).toSorted()).toEqual([`/${round}-a`, `/${round}-b`]);
    }
  });

  it("finds what a pass needs by indexes among many stored requests", async () => {
    await sql`
      insert into request (id, requester, beneficiary, requester_user_id, beneficiary_user_id, consoles, requested_time, reason, status, submission_key, created_at)
      select gen_random_uuid(), '{}', '{}', 'U1', 'U1', '[]', '{}', 'OPS', 'ENDED', 'stored-' || n, ${now}::timestamptz from generate_series(1, ${sql.lit(STORED)}) n`.execute(
      db(0),
    );
    await sql`
      insert into access_grant (id, request_id, microtenant_key, part, email, segment_ids, segment_key, console_ids, start_at, end_at, status, zpa_id, created_at, updated_at)
      select gen_random_uuid(), id, '', 0, 'p' || number % 500 || '@example.com', '["seg-1"]', 'seg-1', '[]',
        ${now}::timestamptz - number * interval '1 hour', ${now}::timestamptz - (number - 1) * interval '1 hour', 'ENDED', number::text, ${now}::timestamptz, ${now}::timestamptz
      from request`.execute(db(0));
    await sql`
      insert into grant_attempt (id, grant_id, email, segment_key, microtenant_key, start_at, end_at, attempted_at, outcome)
      select gen_random_uuid(), id, email, segment_key, '', start_at, end_at, start_at, 'UNKNOWN' from access_grant`.execute(db(0));
    await sql`analyze`.execute(db(0));

    const rows = await db(0).selectFrom("access_grant").selectAll().orderBy("start_at").limit(200).execute();
    const listed = rows.map(
      (row): PrivilegedApproval => ({
        id: row.zpa_id ?? randomUUID(),
        emailIds: [row.email.toUpperCase()],
        segmentIds: ["seg-1"],
        start: row.start_at,
        end: row.end_at,
        workingHours: null,
        status: null,
        microtenantId: null,
        raw: {},
      }),
    );
    const ours = await readOurs(db(0), { microtenantId: null, approvals: listed, askedAt: now }, now);
    expect(ours.map(({ grant }) => grant.zpaId).toSorted()).toEqual(listed.map(({ id }) => id).toSorted());
    expect(ours.every(({ attempts }) => attempts.length === 1)).toBe(true);

    const sequential = await db(1)
      .transaction()
      .execute(async (trx) => {
        await readOurs(trx, { microtenantId: null, approvals: listed, askedAt: now }, now);
        const { rows: counted } = await sql<{ scans: number }>`
          select (pg_stat_get_xact_numscans('access_grant'::regclass) + pg_stat_get_xact_numscans('grant_attempt'::regclass))::int as scans`.execute(
          trx,
        );
        return counted[0]?.scans;
      });
    expect(sequential).toBe(0);
  });
});
