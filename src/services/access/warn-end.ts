import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { warnAt } from "./end-warning.ts";
import { readRequest } from "./request-rows.ts";

/**
 * Has the cards of access whose end is near drawn anew, and the warning said. Enqueued whenever an end is set: a visit that comes before
 * its time, because the end is later by now, or nobody knew when it would be, comes again then. What the warning is, and that it is said
 * once for each end, follows from the state.
 */
export const warnEnd =
  ({
    db,
    jobs,
    clock,
    endWarningMinutes,
  }: {
    readonly db: Kysely<Database>;
    readonly jobs: Jobs;
    readonly clock: Clock;
    readonly endWarningMinutes: number;
  }) =>
  async ({ requestId }: { readonly requestId: string }): Promise<void> => {
    const { status, window } = await readRequest(db, requestId);
    const now = clock.now();
    if (window === null || status !== "GRANTED" || window.end <= now) return;
    const due = warnAt(window, endWarningMinutes);
    if (now < due) await jobs.enqueueNow("warn-end", { requestId }, { startAfter: due, singletonKey: `${requestId}:${due.getTime()}` });
    else await jobs.enqueueNow("project-request", { requestId }, { singletonKey: requestId });
  };
