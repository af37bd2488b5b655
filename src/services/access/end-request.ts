import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { endGrantOf } from "./end-access.ts";
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
      const granted = (await readGrants(trx, requestId)).filter((grant) => grant.status === "GRANTED");
      if (granted.length === 0 || request.window === null) return false;
      if (request.window.end > now) {
        await jobs.enqueue(trx, "end-request", { requestId }, { startAfter: request.window.end });
        return false;
      }
      // What was shortened and could not be written yet is open in ZPA for longer than the window: that one has to be taken away.
      const outlasting = granted.filter(({ changingFrom }) => changingFrom !== null && changingFrom.end > now);
      for (const grant of granted)
        if (outlasting.includes(grant)) await endGrantOf(trx, jobs, grant.id, now);
        else await updateGrant(trx, grant.id, now, { status: "ENDED", changingFrom: null });
      const isOver = outlasting.length === 0 && request.status !== "ENDING";
      const status = isOver ? "ENDED" : "ENDING";
      await updateRequest(trx, requestId, { status });
      await appendToLedger(trx, now, [
        {
          kind: "request.ended",
          requestId,
          actor: "portcullis",
          subject: requestLabel(request),
          before: { status: request.status, grants: granted.map(({ id, status }) => ({ id, status })) },
          after: { status, grants: granted.map((grant) => ({ id: grant.id, status: outlasting.includes(grant) ? "ENDING" : "ENDED" })) },
        },
      ]);
      await jobs.enqueue(trx, "project-request", { requestId });
      return true;
    });
    if (isOver) metrics?.request("ended");
  };
