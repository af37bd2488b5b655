import { addMinutes } from "date-fns/addMinutes";
import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { attemptsOf } from "./claim-grant.ts";
import { isUnknown } from "./matching.ts";

/** Minutes after the grant was settled. What comes later than the last is the reconciler's to find. */
const ROUNDS = [2, 15, 120] as const;

/** A POST without an answer may have its effect after the look-up that did not find it: somebody looks again. */
export async function planLateSweep(trx: Transaction<Database>, jobs: Jobs, grantId: string, now: Date, round = 0): Promise<void> {
  const minutes = ROUNDS[round];
  if (minutes === undefined || !(await attemptsOf(trx, grantId)).some(isUnknown)) return;
  await jobs.enqueue(trx, "sweep-late-effects", { grantId, round }, { startAfter: addMinutes(now, minutes) });
}
