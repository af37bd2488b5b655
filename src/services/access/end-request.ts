import type { Kysely, Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { overtakeAmendments } from "./amendments.ts";
import { endGrantOf } from "./end-access.ts";
import type { Grant } from "./grant.ts";
import { readGrants, updateGrant } from "./grant-rows.ts";
import { requestLabel } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

interface EndPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly metrics?: Metrics;
}

/**
 * Marks a request and its grants ended once the window is over; also one that was granted in part. ZPA lets nobody in after the end by
 * itself. A visit that comes early, by a database clock that runs ahead of ours, comes again.
 */
export const endRequest =
  ({ db, jobs, clock, metrics }: EndPorts) =>
  async ({ requestId }: { readonly requestId: string }): Promise<void> => {
    const now = clock.now();
    const isOver = await db.transaction().execute(async (trx) => {
      const request = await lockRequest(trx, requestId);
      const open = (await readGrants(trx, requestId)).filter(({ status }) => ["PLANNED", "GRANTED", "ENDING"].includes(status));
      // What was never granted is for the run that would grant it: it fails, and says so.
      if (!open.some(({ status }) => status !== "PLANNED") || request.window === null) return false;
      if (request.window.end > now) {
        await jobs.enqueue(trx, "end-request", { requestId }, { startAfter: request.window.end });
        return false;
      }
      const ended: { readonly id: string; readonly status: "ENDED" | "ENDING" }[] = [];
      for (const grant of open) ended.push({ id: grant.id, status: await endAtWindow(trx, jobs, grant, now) });
      const status = ended.some((grant) => grant.status === "ENDING") ? "ENDING" : "ENDED";
      if (request.status === status) return false;
      await updateRequest(trx, requestId, { status });
      await overtakeAmendments(trx, requestId);
      await appendToLedger(trx, now, [
        {
          kind: "request.ended",
          requestId,
          actor: "portcullis",
          subject: requestLabel(request),
          before: { status: request.status, grants: open.map((grant) => ({ id: grant.id, status: grant.status })) },
          after: { status, grants: ended },
        },
      ]);
      await jobs.enqueue(trx, "project-request", { requestId });
      return true;
    });
    if (isOver) metrics?.request("ended");
  };

/**
 * One whose change is not proven may be open in ZPA for longer than the window, and one that was to be made may stand there unproven: those
 * have to be taken away.
 */
async function endAtWindow(trx: Transaction<Database>, jobs: Jobs, grant: Grant, now: Date): Promise<"ENDED" | "ENDING"> {
  if (grant.status === "GRANTED" && grant.changingFrom === null) {
    await updateGrant(trx, grant.id, now, { status: "ENDED" });
    return "ENDED";
  }
  return (await endGrantOf(trx, jobs, grant.id, now)) === "ending" ? "ENDING" : "ENDED";
}
