import type { PgBoss } from "pg-boss";
import { fromUnknown } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { JobAttempt } from "./jobs.ts";
import { type Payload, type QueueName, queues } from "./queues.ts";

interface StartWorkerOptions<Q extends QueueName> {
  readonly boss: PgBoss;
  readonly queue: Q;
  readonly handler: (payload: Payload<Q>, attempt: JobAttempt) => Promise<void>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "jobFailed">;
}

/**
 * One worker: one job at a time. NOTIFY wakes it for a new job; jobs that become due later are found by polling.
 * @returns its id
 */
export async function startWorker<Q extends QueueName>({ boss, queue, handler, log, metrics }: StartWorkerOptions<Q>): Promise<string> {
  let id: string | undefined;
  const options = { includeMetadata: true, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 } as const;
  id = await boss.work<object, void, typeof options>(queue, options, async ([job]) => {
    if (!job) return;
    // Otherwise it would wait out its polling interval after every job, however many are waiting.
    if (id) boss.notifyWorker(id);
    const { id: jobId, retryCount, signal } = job;
    const attempt: JobAttempt = { jobId, retryCount, isLast: retryCount >= job.retryLimit, signal };
    try {
      await handler(queues[queue].parse(job.data) as Payload<Q>, attempt);
    } catch (cause) {
      const { code } = fromUnknown(cause);
      const fields = { queue, jobId, retryCount, isLast: attempt.isLast, code, err: cause };
      if (attempt.isLast) {
        metrics.jobFailed(queue);
        log.error(fields, "job.failed");
      } else log.warn(fields, "job.will_be_retried");
      // pg-boss stores what is thrown: the code is enough there, and a cause may carry what must not be stored.
      throw new Error(code);
    }
  });
  return id;
}
