import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { readGrants, updateGrant } from "./grant-rows.ts";
import { requestLabel } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/**
 * Marks a request and its grants ended once the window is over; also one that was granted in part. ZPA lets nobody in after the end by
 * itself. A visit that comes early, by a database clock that runs ahead of ours, comes again.
 */
export const endRequest =
  ({ db, jobs, clock }: { readonly db: Kysely<Database>; readonly jobs: Jobs; readonly clock: Clock }) =>
  async ({ requestId }: { readonly requestId: string }): Promise<void> => {
    const now = clock.now();
    await db.transaction().execute(async (trx) => {
      const request = await lockRequest(trx, requestId);
      const granted = (await readGrants(trx, requestId)).filter((grant) => grant.status === "GRANTED");
      if (granted.length === 0 || request.window === null) return;
      if (request.window.end > now) {
        await jobs.enqueue(trx, "end-request", { requestId }, { startAfter: request.window.end });
        return;
      }
      await updateRequest(trx, requestId, { status: "ENDED" });
      for (const grant of granted) await updateGrant(trx, grant.id, now, { status: "ENDED" });
      await appendToLedger(trx, now, [
        {
          kind: "request.ended",
          requestId,
          actor: "portcullis",
          subject: requestLabel(request),
          before: { status: request.status, grants: granted.map(({ id, status }) => ({ id, status })) },
          after: { status: "ENDED", grants: granted.map(({ id }) => ({ id, status: "ENDED" })) },
        },
      ]);
      await jobs.enqueue(trx, "project-request", { requestId });
    });
  };
