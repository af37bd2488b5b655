import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { JobAttempt, Jobs } from "../../jobs/jobs.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { Failure } from "../access/request.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { mayPass } from "./approve-click.ts";
import type { BulkItem } from "./bulk.ts";
import { type BulkCommand, finishBulk, noteResult, previewRows, readBulk } from "./bulk-rows.ts";
import type { decideApproval, PersonCommand } from "./decide-approval.ts";
import { didEarlier } from "./did-earlier.ts";
import { showableFrom } from "./submit-bulk.ts";

export interface RunBulkPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly decide: ReturnType<typeof decideApproval>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
}

/**
 * The job behind a command on many approvals: decides each through the use-case of a single decision, with the version that was shown,
 * and notes what became of it; what fails stops no other. A run that was killed goes on where it was: what it had decided without
 * having noted it counts as done. Faults that may pass are tried again with the job.
 */
export const runBulk =
  (ports: RunBulkPorts) =>
  async ({ bulkId }: Payload<"bulk-decide">, attempt: JobAttempt): Promise<void> => {
    const command = await readBulk(ports.db, bulkId);
    if (command.finishedAt !== null) return;
    const left = command.items.filter(({ approvalId }) => !(approvalId in command.results));
    let putOff: PortcullisError | null = null;
    for (const item of left) {
      attempt.signal.throwIfAborted(); // another run is on its way
      const error = await decideOne(ports, command, item);
      await ports.faultPoint("bulk.item-decided");
      if (error !== null && mayPass(error) && !attempt.isLast) putOff = error;
      else await noteResult(ports.db, bulkId, item.approvalId, error === null ? null : failed(ports, error, bulkId, item));
    }
    if (putOff !== null) throw putOff;
    await finish(ports, bulkId);
  };

/**
 * Another run may have decided it: the one before, which died before it noted that, or one that is taken for dead and is not.
 * @returns why it was not done, or null
 */
async function decideOne({ db, decide }: RunBulkPorts, command: BulkCommand, item: BulkItem): Promise<PortcullisError | null> {
  try {
    await decide(item.approvalId, commandFor(command, item.version));
    return null;
  } catch (thrown) {
    const error = fromUnknown(thrown);
    return !mayPass(error) && (await didEarlier(db, command, item.approvalId)) ? null : error;
  }
}

function commandFor({ verdict, by, comment: written, to }: BulkCommand, version: number): PersonCommand {
  const comment = written === "" ? null : written;
  switch (verdict) {
    case "approve":
    case "reject":
      return { kind: verdict, by, version, comment };
    case "reassign":
      if (to === null) throw new PortcullisError("assignee_missing");
      return { kind: verdict, by, version, from: null, to, comment };
    case "cancel":
      return { kind: verdict, by, comment };
  }
}

/** A fault has a reference in the log; a refusal says it all by itself. */
function failed({ ids, log }: RunBulkPorts, error: PortcullisError, bulkId: string, { approvalId }: BulkItem): Failure {
  const reference = mayPass(error) ? ids.reference() : "";
  log.warn({ err: error, reference, bulkId, approvalId }, "bulk.item-refused");
  return { code: error.code, params: error.details.params ?? {}, reference };
}

async function finish({ db, jobs, clock }: RunBulkPorts, bulkId: string): Promise<void> {
  const now = clock.now();
  const command = await readBulk(db, bulkId);
  const rows = await previewRows(db, command.items);
  const labels = new Map(rows.map(({ item, label }) => [item.approvalId, label]));
  const items = command.items.map(({ approvalId }) => ({
    approvalId,
    label: labels.get(approvalId) ?? null,
    result: command.results[approvalId]?.code ?? "ok",
  }));
  const { verdict, by, to } = command;
  await db.transaction().execute(async (trx) => {
    if (!(await finishBulk(trx, bulkId, now))) return;
    await appendToLedger(trx, now, [
      { kind: "approvals.bulk_decided", requestId: null, actor: by.userId, subject: bulkId, before: null, after: { verdict, to, items } },
    ]);
    await jobs.enqueue(trx, "show-bulk", { bulkId }, { startAfter: showableFrom(command.createdAt) });
    await jobs.enqueue(trx, "publish-home", { userId: by.userId });
  });
}
