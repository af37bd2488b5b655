import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { nextRewrite } from "../schedule/crons-over-time.ts";
import { alignedAt } from "./crons-of-grant.ts";
import type { Grant } from "./grant.ts";

/**
 * ZPA never rewrites a cron: a job comes back to a new grant at the next change of its zone's offset, and at once where the offset
 * changed between writing the crons and now.
 */
export async function planRealignment(trx: Transaction<Database>, jobs: Jobs, grant: Grant, now: Date): Promise<void> {
  if (sameCrons(grant, alignedAt(grant, now))) await planNextChange(trx, jobs, grant, now);
  else await jobs.enqueue(trx, "realign-grant", { grantId: grant.id });
}

/** Plans the visit at the zone's next change of offset after now, if one falls before the grant's end. */
export async function planNextChange(trx: Transaction<Database>, jobs: Jobs, grant: Grant, now: Date): Promise<void> {
  const startAfter = nextChangeOf(grant, now);
  if (startAfter !== null) await jobs.enqueue(trx, "realign-grant", { grantId: grant.id }, { startAfter });
}

/** When the grant's crons must be written anew next; null when they are right until its end. */
export function nextChangeOf(grant: Grant, now: Date): Date | null {
  if (grant.workingHours === null) return null;
  return nextRewrite(grant.workingHours, { after: max([grant.start, now]), until: grant.end });
}

export const sameCrons = (a: Grant, b: Grant): boolean =>
  a.workingHours?.startTimeCron === b.workingHours?.startTimeCron && a.workingHours?.endTimeCron === b.workingHours?.endTimeCron;
