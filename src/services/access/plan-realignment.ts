import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { transitions } from "../schedule/transitions.ts";
import type { Grant } from "./grant.ts";

/** ZPA never rewrites a cron: a job comes back to the grant at the next change of its zone's offset, if one falls before the end. */
export async function planRealignment(trx: Transaction<Database>, jobs: Jobs, grant: Grant, now: Date): Promise<void> {
  if (grant.workingHours === null) return;
  const after = max([grant.start, now]);
  const [next] = transitions(grant.workingHours, { from: after, until: grant.end });
  if (next !== undefined) await jobs.enqueue(trx, "realign-grant", { grantId: grant.id }, { startAfter: next.at });
}
