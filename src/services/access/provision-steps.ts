import type { Transaction } from "kysely";
import type { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { PrivilegedApproval } from "../zpa/zpa-client.ts";
import { refuseAmendments, settleAmendments } from "./amendments.ts";
import { alignedAt } from "./crons-of-grant.ts";
import { failureOf } from "./failure.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, microtenantKey, readGrant, segmentKey, updateGrant } from "./grant-rows.ts";
import { inOrder, sameTerms } from "./matching.ts";
import { planLateSweep } from "./plan-late-sweep.ts";
import { planRealignment } from "./plan-realignment.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";
import { freeStart } from "./taken-terms.ts";

/** ZPA refuses a start more than an hour in the past; five minutes are left for the call's own delays. */
const OLDEST_START_MILLISECONDS = 55 * 60 * 1000;

export interface RecordedAttempt {
  readonly id: string;
  /** As it is sent. */
  readonly grant: Grant;
}

/**
 * Writes down what is about to be sent, before it is sent. A start that ZPA would refuse by now is moved to this instant; the end
 * never moves. Null for a grant that is no longer wanted.
 */
export async function recordAttempt(ports: ProvisionPorts, planned: Grant): Promise<RecordedAttempt | null> {
  const now = ports.clock.now();
  return ports.db.transaction().execute(async (trx) => {
    const grant = await lockGrant(trx, planned.id);
    if (grant.status !== "PLANNED") return null;
    const id = ports.ids.uuid();
    const start = await freeStart(trx, grant, acceptedStart(grant.start, now));
    const attempted = alignedAt({ ...grant, start }, now);
    const { workingHours } = attempted;
    await updateGrant(trx, grant.id, now, { start, workingHours });
    await trx
      .insertInto("grant_attempt")
      .values({
        id,
        grant_id: grant.id,
        email: grant.email,
        segment_key: segmentKey(grant.segmentIds),
        microtenant_key: microtenantKey(grant.microtenantId),
        start_at: start,
        end_at: grant.end,
        attempted_at: now,
      })
      .execute();
    await ledger(trx, now, "grant.attempted", grant, { start, end: grant.end, segmentIds: grant.segmentIds, workingHours });
    return { id, grant: attempted };
  });
}

/** ZPA would not have it: that attempt has no effect to look for. */
export async function recordRefusal({ db }: Pick<ProvisionPorts, "db">, attemptId: string): Promise<void> {
  await db.updateTable("grant_attempt").set({ outcome: "REFUSED" }).where("id", "=", attemptId).execute();
}

const acceptedStart = (start: Date, now: Date): Date =>
  now.getTime() - start.getTime() > OLDEST_START_MILLISECONDS ? new Date(Math.floor(now.getTime() / 1000) * 1000) : start;

/**
 * Keeps the id under which ZPA stores the grant. Where another run has kept one already, the lower id stays and the other, which is
 * ours too, is deleted.
 *
 * @param attemptId the attempt that ZPA answered with this id; left out where the effect was found
 * @returns the id that stays
 */
export async function recordZpaId(ports: ProvisionPorts, grant: Grant, zpaId: string, attemptId?: string): Promise<string> {
  const { kept, twin } = await ports.db.transaction().execute(async (trx) => {
    const { zpaId: known } = await lockGrant(trx, grant.id);
    const [kept, twin] = known === null || known === zpaId ? [zpaId, null] : inOrder(known, zpaId);
    await updateGrant(trx, grant.id, ports.clock.now(), { zpaId: kept, start: grant.start });
    if (attemptId !== undefined) await trx.updateTable("grant_attempt").set({ outcome: "ANSWERED" }).where("id", "=", attemptId).execute();
    return { kept, twin };
  });
  if (twin !== null) {
    await ports.zpa.approvals.delete(twin, { microtenantId: grant.microtenantId });
    await recordEffectRemoved(ports, grant, twin);
  }
  return kept;
}

/** Keeps the id of an effect that came late in place of one that is gone from ZPA. */
export async function replaceZpaId(ports: ProvisionPorts, grant: Grant, zpaId: string): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    if ((await lockGrant(trx, grant.id)).zpaId !== grant.zpaId) return;
    await updateGrant(trx, grant.id, now, { zpaId });
    await ledger(trx, now, "grant.effect-kept", grant, { zpaId, gone: grant.zpaId });
  });
}

/** Privileged approvals that are another grant's: never taken for ours, never removed as a twin. */
export async function idsOfOtherGrants(ports: ProvisionPorts, grant: Grant): Promise<ReadonlySet<string>> {
  const rows = await ports.db
    .selectFrom("access_grant")
    .select("zpa_id")
    .where("email", "=", grant.email)
    .where("id", "!=", grant.id)
    .where("zpa_id", "is not", null)
    .execute();
  return new Set(rows.flatMap((row) => (row.zpa_id === null ? [] : [row.zpa_id])));
}

/** What ZPA stores under the grant's id is over, while the grant is not. */
export async function forgetZpaId(ports: ProvisionPorts, grant: Grant): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const { zpaId } = await lockGrant(trx, grant.id);
    await updateGrant(trx, grant.id, now, { zpaId: null });
    await ledger(trx, now, "grant.effect-over", grant, { zpaId });
  });
}

/** A privileged approval of this grant that must not stand (a twin, or the rest of a grant that failed) is gone from ZPA. */
export async function recordEffectRemoved(ports: ProvisionPorts, grant: Grant, zpaId: string): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const { status, zpaId: known } = await lockGrant(trx, grant.id);
    // One that is over keeps the id that it had.
    if (known === zpaId && status === "PLANNED") await updateGrant(trx, grant.id, now, { zpaId: null });
    await ledger(trx, now, "grant.effect-removed", { ...grant, zpaId }, { zpaId });
  });
}

/**
 * The read-back agreed: the grant is real. With the last of a request's grants the request is GRANTED. What was changed while it was
 * being written is written next. Does nothing for a grant that another run has settled, or that is to end.
 */
export async function markGranted(ports: ProvisionPorts, granted: Grant, found: PrivilegedApproval): Promise<void> {
  const now = ports.clock.now();
  const complete = await ports.db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, granted.requestId);
    const wanted = await lockGrant(trx, granted.id);
    if (wanted.status !== "PLANNED") return null;
    const { workingHours, end } = granted;
    const isCurrent = sameTerms(wanted, granted);
    const terms = isCurrent ? { workingHours, changingFrom: null } : { changingFrom: { end, workingHours } };
    await updateGrant(trx, granted.id, now, { status: "GRANTED", zpaId: found.id, failure: null, ...terms });
    await ledger(trx, now, "grant.granted", granted, found.raw);
    const open = await trx
      .selectFrom("access_grant")
      .select("id")
      .where("request_id", "=", request.id)
      .where("status", "=", "PLANNED")
      .executeTakeFirst();
    const isComplete = open === undefined && request.status === "GRANTING";
    if (isComplete) {
      await updateRequest(trx, request.id, { status: "GRANTED" });
      if (request.renewsId !== null) await ports.jobs.enqueue(trx, "project-request", { requestId: request.renewsId });
    }
    await ports.jobs.enqueue(trx, "end-request", { requestId: request.id }, { startAfter: wanted.end });
    await ports.jobs.enqueue(trx, "warn-end", { requestId: request.id });
    if (isCurrent) await planRealignment(trx, ports.jobs, granted, now);
    else await ports.jobs.enqueue(trx, "amend-grant", { grantId: granted.id });
    await settleAmendments(trx, request.id);
    await planLateSweep(trx, ports.jobs, granted.id, now);
    await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
    return isComplete ? request : null;
  });
  if (complete === null) return;
  ports.metrics?.request("granted");
  if (complete.decidedAt !== null) ports.metrics?.timeToGrant((now.getTime() - complete.decidedAt.getTime()) / 1000);
}

/** No further run can help: the request says why, with a reference that is in the log, until an admin runs it again. */
export async function markFailed(ports: ProvisionPorts, grantId: string, error: PortcullisError): Promise<void> {
  const now = ports.clock.now();
  const { requestId } = await readGrant(ports.db, grantId);
  const failure = failureOf(error, ports.ids.reference(), ports.log, { grantId, requestId });
  const isFirst = await ports.db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, requestId);
    const grant = await lockGrant(trx, grantId);
    if (grant.status !== "PLANNED") return false;
    await updateGrant(trx, grant.id, now, { status: "FAILED", failure });
    await ledger(trx, now, "grant.failed", grant, failure);
    if (request.status === "GRANTING") await updateRequest(trx, request.id, { status: "FAILED", failure });
    // Of a request that is not granted yet the change goes with the next try.
    if (request.status === "GRANTED") await refuseAmendments(trx, request.id, failure);
    await planLateSweep(trx, ports.jobs, grant.id, now);
    await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
    return request.status === "GRANTING";
  });
  if (isFirst) ports.metrics?.request("failed");
}

const ledger = (trx: Transaction<Database>, at: Date, kind: string, grant: Grant, after: object): Promise<void> =>
  appendToLedger(trx, at, [{ kind, requestId: grant.requestId, actor: "portcullis", subject: grant.id, before: stateOf(grant), after }]);

/** What an event of a grant may change. */
const stateOf = ({ status, zpaId, start, end, workingHours }: Grant) => ({ status, zpaId, start, end, workingHours });
