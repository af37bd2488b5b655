import type { Kysely } from "kysely";
import { sql } from "kysely";
import { fromUnknown } from "../../errors.ts";
import { readDepths } from "../../jobs/read-depths.ts";
import type { Log } from "../../log.ts";
import { countOpenRequests } from "../../services/access/count-requests.ts";
import { countFindings } from "../../services/access/reconcile/finding-rows.ts";
import { readPollStanding } from "../../services/sailpoint-inbox/poll-standing.ts";
import type { Slots } from "../../services/zpa/slots.ts";
import type { Database } from "../../store/schema.ts";
import { doneWithin, type Timers } from "../../timers.ts";
import type { StoredState } from "./state-gauges.ts";

/** However often somebody asks, the database is asked once in this time: probes and scrapes of several watchers share one answer. */
const KEPT_MILLISECONDS = 2_000;
const PATIENCE_MILLISECONDS = 2_000;

export interface WatchStatePorts {
  readonly db: Kysely<Database>;
  readonly slots: Pick<Slots, "left">;
  readonly timers: Timers;
  readonly log: Log;
}

/**
 * How the work in the database stands, a few seconds old at most; null while the database does not answer in time. Beside clicks it
 * costs one short transaction, which the database itself ends when it takes too long.
 */
export function watchState({ db, slots, timers, log }: WatchStatePorts): () => Promise<StoredState | null> {
  let last: { readonly at: number; readonly state: Promise<StoredState | null> } | null = null;
  let underWay: Promise<StoredState> | null = null;

  const read = async (): Promise<StoredState> => {
    const stored = await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(PATIENCE_MILLISECONDS)}`.execute(trx);
      return {
        requests: await countOpenRequests(trx),
        queues: await readDepths(trx),
        drift: { ...(await countFindings(trx)) },
        sailpoint: await readPollStanding(trx),
      };
    });
    return { ...stored, zpaBudget: await slots.left() };
  };

  /** A question that hangs is not asked a second time beside itself: it would take another of the pool's few connections. */
  const readInTime = async (): Promise<StoredState | null> => {
    underWay ??= read().finally(() => {
      underWay = null;
    });
    const reading = underWay;
    try {
      return (await doneWithin(timers, PATIENCE_MILLISECONDS, reading)) ? await reading : null;
    } catch (thrown) {
      log.warn({ err: fromUnknown(thrown) }, "health.state-not-read");
      return null;
    }
  };

  return () => {
    const now = timers.monotonicMilliseconds();
    if (last === null || now - last.at >= KEPT_MILLISECONDS) last = { at: now, state: readInTime() };
    return last.state;
  };
}
