import type { Transaction } from "kysely";
import type { Database } from "../store/schema.ts";
import type { Payload, QueueName } from "./queues.ts";

interface EnqueueOptions {
  /** Not before this instant of our clock. */
  readonly startAfter?: Date;
  /** Of the waiting jobs of a queue those with the higher number are taken first; 0 unless said. */
  readonly priority?: number;
}

export interface EnqueueNowOptions extends EnqueueOptions {
  /** While a job with this key waits, another is not added. */
  readonly singletonKey?: string;
  /** With the key, also none beside one that was added in the same span of this many seconds, whatever has become of it. */
  readonly onceInSeconds?: number;
}

/** Durable work. What is enqueued in a transaction exists exactly when the transaction commits. */
export interface Jobs {
  enqueue<Q extends QueueName>(trx: Transaction<Database>, queue: Q, payload: Payload<Q>, options?: EnqueueOptions): Promise<void>;
  /**
   * Outside a transaction. Calls of the same tick are written together in one insert; it resolves when they are committed.
   */
  enqueueNow<Q extends QueueName>(queue: Q, payload: Payload<Q>, options?: EnqueueNowOptions): Promise<void>;
  /** Registers the worker of a queue. A throw is retried with back-off and, in the end, logged with its reference. */
  work<Q extends QueueName>(
    queue: Q,
    handler: (payload: Payload<Q>, attempt: JobAttempt) => Promise<void>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Stops fetching, waits for running jobs, at most `graceMilliseconds`. */
  stop(graceMilliseconds: number): Promise<void>;
}

export interface JobAttempt {
  readonly jobId: string;
  /** 0 at the first run. */
  readonly retryCount: number;
  readonly isLast: boolean;
  /** Aborted when the job ran out of its time, lost its claim, or the process stops: another run may be on its way. */
  readonly signal: AbortSignal;
}

interface WorkOptions {
  /** Jobs run at once in this process; default 1. */
  readonly concurrency?: number;
}
