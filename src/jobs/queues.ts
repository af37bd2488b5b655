import { z } from "zod";

const actor = z.object({ teamId: z.string(), userId: z.string() });

/** Where a person stands, so that an answer reaches them there. */
export const place = z.object({ channelId: z.string().nullable(), messageTs: z.string().nullable() });

/** Every durable job: its queue's name and the shape of its payload. Adding a job starts here. */
export const queues = {
  /** A click on Approve, written before it is acknowledged so that a crash cannot lose it. */
  "approve-click": z.object({ approvalId: z.string(), version: z.number().int(), by: actor, place }),
  /** Makes one grant real in ZPA and proves it. */
  "provision-grant": z.object({ grantId: z.string() }),
  /** Brings every card of a request up to its state, and says what has not been said yet. */
  "project-request": z.object({ requestId: z.string() }),
  /** Publishes a person's App Home anew. */
  "publish-home": z.object({ userId: z.string() }),
  /** Reads the catalog from ZPA. */
  "refresh-catalog": z.object({}),
  /** Computes a grant's crons anew at a change of its zone's offset and writes them to ZPA. */
  "realign-grant": z.object({ grantId: z.string() }),
  /** Marks a request ended when its window is over. */
  "end-request": z.object({ requestId: z.string() }),
} as const;

export type QueueName = keyof typeof queues;
export type Payload<Q extends QueueName> = z.infer<(typeof queues)[Q]>;
