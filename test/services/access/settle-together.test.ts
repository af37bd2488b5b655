/**
 * Contract: requests of one person for the same consoles and window may be approved at the same instant, in whatever order each names
 * its consoles: both are granted, and neither waits for the other for ever (which PostgreSQL ends by failing one).
 */
import { expect, it, onTestFinished } from "vitest";
import { startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Jobs } from "../../../src/jobs/jobs.ts";
import { requestFromRow } from "../../../src/services/access/request-rows.ts";
import { settleRequest } from "../../../src/services/access/settle-request.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { anApproval } from "../approvals/an-approval.ts";
import { personOf } from "../approvals/race-rounds.ts";

const NOW = new Date("2026-11-02T09:00:00Z");
const noJobs: Jobs = { enqueue: async () => {}, enqueueNow: async () => {}, work: async () => {}, stop: async () => {} };

const consoleIn = (microtenantId: string) => ({
  ...{ id: `c${microtenantId}`, name: "console", description: null, enabled: true, segmentId: `seg-${microtenantId}` },
  ...{ segmentName: "segment", microtenantId, microtenantName: "Plant", privilegedApprovalsEnabled: true },
  ...{ protocol: "SSH", domain: null, portals: [] },
});
const aRequest = (id: string, round: number, microtenantIds: readonly string[]) => ({
  id,
  requester: JSON.stringify(personOf("ana")),
  beneficiary: JSON.stringify(personOf("ana")),
  requester_user_id: "ana",
  beneficiary_user_id: "ana",
  consoles: JSON.stringify(microtenantIds.map(consoleIn)),
  requested_time: JSON.stringify({ start: { kind: "onApproval" }, end: { kind: "after", seconds: 3600 + round }, workingHours: null }),
  reason: "OPS-1",
  status: "PENDING",
  submission_key: id,
  created_at: NOW,
});

it("grants both of two requests that are approved together", { timeout: 60_000 }, async () => {
  const server = await startEmbeddedPostgres();
  onTestFinished(() => server.stop());
  const { db, close } = await openDatabase({ url: await server.newDatabase(), folder: "", log: keptLog().log });
  onTestFinished(close);
  const settle = settleRequest({ jobs: noJobs, ids: randomIds, log: keptLog().log, overnightHours: "next-day" });
  const tenants = Array.from({ length: 8 }, (_, index) => String(index));
  for (let round = 0; round < 40; round += 1) {
    const ids = [randomIds.uuid(), randomIds.uuid()];
    await db
      .insertInto("request")
      .values(ids.map((id, index) => aRequest(id, round, index === 0 ? tenants : tenants.toReversed())))
      .execute();
    const settled = ids.map((requestId) =>
      db.transaction().execute((trx) => settle(trx, anApproval([], { requestId, status: "APPROVED" }), NOW)),
    );
    expect((await Promise.allSettled(settled)).map((each) => (each.status === "rejected" ? String(each.reason) : "granting"))).toEqual([
      "granting",
      "granting",
    ]);
    for (const id of ids) {
      const request = requestFromRow(await db.selectFrom("request").selectAll().where("id", "=", id).executeTakeFirstOrThrow());
      const grants = await db.selectFrom("access_grant").select("microtenant_key").where("request_id", "=", id).execute();
      expect([request.status, grants.length]).toEqual(["GRANTING", tenants.length]);
    }
  }
});
