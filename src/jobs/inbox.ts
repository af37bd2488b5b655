import type { Db, JobInsert, PgBoss } from "pg-boss";
import { z } from "zod";
import type { Log } from "../log.ts";
import type { QueueName } from "./queues.ts";

/** A job on its way to its queue. Its id is given, so that it gets there once however often it is sent. */
export interface Sending {
  readonly queue: QueueName;
  readonly insert: JobInsert & { readonly id: string };
}

export const inboxQueue = "inbox";
const Parcel = z.object({ sendings: z.array(z.object({ queue: z.string(), insert: z.looseObject({ id: z.string() }) })) });

/**
 * Takes many jobs in with one row. A row in pg-boss's table costs its dozen indexes, and fifty clicks at once would each wait for
 * fifty of them: so a group is written as one job of its own, and unpacked when nobody is waiting.
 */
export async function startInbox({ boss, log }: { readonly boss: PgBoss; readonly log: Log }) {
  const options = { retryLimit: 1_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 30, expireInSeconds: 15, notify: true };
  await boss.createQueue(inboxQueue, options);
  const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
  await boss.work<object>(inboxQueue, polling, async ([job]) => {
    if (!job) return;
    const { sendings } = Parcel.parse(job.data);
    try {
      for (const [queue, group] of Map.groupBy(sendings, (sending) => sending.queue)) {
        await boss.insert(
          queue,
          group.map(({ insert }) => insert),
        );
      }
    } catch (err) {
      log.warn({ err, jobId: job.id }, "inbox.will_be_unpacked_later");
      throw err;
    }
  });
  return {
    /** Commits all of them through `db`. */
    async take(sendings: readonly Sending[], db: Db): Promise<void> {
      const [only] = sendings;
      if (sendings.length === 1 && only) await boss.insert(only.queue, [only.insert], { db });
      else await boss.insert(inboxQueue, [{ data: { sendings } }], { db });
    },
  };
}
