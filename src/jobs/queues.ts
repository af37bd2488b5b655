import { z } from "zod";

const actor = z.object({ teamId: z.string(), userId: z.string() });

/** Where a person stands, so that an answer reaches them there. */
const place = z.object({ channelId: z.string().nullable(), messageTs: z.string().nullable() });

/** Whose card a message is, when it is one that can be kept current. */
const audience = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("channel"), channelId: z.string() }),
  z.object({ kind: z.enum(["approver", "requester"]), userId: z.string() }),
]);

/** Every durable job: its queue's name and the shape of its payload. Adding a job starts here. */
export const queues = {
  /** A click on Approve, written before it is acknowledged so that a crash cannot lose it. */
  "approve-click": z.object({
    approvalId: z.string(),
    version: z.number().int(),
    by: actor,
    place,
    audience: audience.nullable().default(null),
  }),
  /** Decides many approvals, one after the other, as one person asked. */
  "bulk-decide": z.object({ bulkId: z.string() }),
  /** Tells that person what became of each. */
  "show-bulk": z.object({ bulkId: z.string() }),
  /** Brings an approval's reminders, escalations and deadline about. */
  "approval-timer": z.object({ approvalId: z.string() }),
  /** Hands on the seats of approvers who have left Slack, and closes what was asked by or for somebody who has. */
  "sweep-leavers": z.object({}),
  /** Makes one grant real in ZPA and proves it. */
  "provision-grant": z.object({ grantId: z.string() }),
  /** Brings every card of a request up to its state, and says what has not been said yet. */
  "project-request": z.object({ requestId: z.string() }),
  /** A message that a person wrote in a thread of a card, or to the bot: recorded, or answered with why not. */
  "heard-message": z.object({
    kind: z.enum(["written", "edited"]),
    by: actor,
    channelId: z.string(),
    isDirect: z.boolean(),
    threadTs: z.string().nullable(),
    ts: z.string(),
    text: z.string(),
    hasFiles: z.boolean(),
  }),
  /** Says the comments of an approval that have not been said yet in the threads of its cards. */
  "relay-comments": z.object({ approvalId: z.string() }),
  /** Tells an approver what became of their proposal. */
  "tell-proposer": z.object({
    approvalId: z.string(),
    proposalId: z.string(),
    proposer: actor,
    outcome: z.enum(["declined", "lapsed"]),
  }),
  /** Asks the other administrators about a change of rules that loosens approval, and tells them what became of it. */
  "project-rules-change": z.object({ changeId: z.string() }),
  /** Publishes a person's App Home anew. */
  "publish-home": z.object({ userId: z.string() }),
  /** Reads the catalog from ZPA. */
  "refresh-catalog": z.object({}),
  /** Chains the events of the ledger that were committed since. */
  "seal-ledger": z.object({}),
  /** Sends what was sealed since to the SIEM. */
  "ship-ledger": z.object({}),
  /** Computes a grant's crons anew at a change of its zone's offset and writes them to ZPA. */
  "realign-grant": z.object({ grantId: z.string() }),
  /** Writes what has changed of a grant to ZPA and proves it. */
  "amend-grant": z.object({ grantId: z.string() }),
  /** Takes a grant out of ZPA and proves that it is gone. */
  "end-grant": z.object({ grantId: z.string() }),
  /** Looks for what an attempt without an answer may have left in ZPA after all. */
  "sweep-late-effects": z.object({ grantId: z.string(), round: z.number().int() }),
  /** Warns that access ends before long. */
  "warn-end": z.object({ requestId: z.string() }),
  /** Compares all that is in the tenant with what is intended. `askedBy`: who hears the result. */
  "reconcile-tenant": z.object({ askedBy: z.string().nullable() }),
  /** Brings what an administrator decided about a finding about. */
  "carry-out-finding": z.object({ findingId: z.string(), round: z.number().int() }),
  /** Brings a finding's messages up to its state. */
  "project-finding": z.object({ findingId: z.string() }),
  /** Asks whoever broke the glass for the review, when the access is over and every day until they answer. */
  "break-glass-review": z.object({ reviewId: z.string() }),
  /** Tells a person what became of the secret that they handed over, and looks in ZPA where nobody knows. */
  "settle-handover": z.object({ handoverId: z.string() }),
  /** Tells administrators which secrets of credentials are older than they should be. */
  "report-stale-credentials": z.object({}),
  /** Marks a request ended when its window is over. */
  "end-request": z.object({ requestId: z.string() }),
} as const;

export type QueueName = keyof typeof queues;
export type Payload<Q extends QueueName> = z.infer<(typeof queues)[Q]>;

/** How a queue treats a job that throws, runs too long, or is many. */
export interface QueueSettings {
  readonly retryLimit: number;
  /** The pause doubles from here, with jitter … */
  readonly retryDelay: number;
  /** … up to here. Seconds. */
  readonly retryDelayMax: number;
  /** A run longer than this is taken for dead. Seconds. */
  readonly expireInSeconds: number;
}

const slackAnswers: QueueSettings = { retryLimit: 20, retryDelay: 1, retryDelayMax: 120, expireInSeconds: 120 };
/** About nine hours of trying: an outage of ZPA through a night. What ZPA refuses for good ends at once. */
const zpaWrites: QueueSettings = { retryLimit: 120, retryDelay: 2, retryDelayMax: 300, expireInSeconds: 300 };

export const queueSettings: Readonly<Record<QueueName, QueueSettings>> = {
  // Only our own database stands between a click and its decision: quick retries, then it is a fault of ours.
  "approve-click": { retryLimit: 10, retryDelay: 1, retryDelayMax: 30, expireInSeconds: 60 },
  // Fifty decisions, each behind a question to Slack.
  "bulk-decide": { retryLimit: 10, retryDelay: 1, retryDelayMax: 30, expireInSeconds: 300 },
  "show-bulk": slackAnswers,
  "approval-timer": { retryLimit: 100, retryDelay: 2, retryDelayMax: 300, expireInSeconds: 60 },
  // The next one comes within the hour anyway.
  "sweep-leavers": { retryLimit: 3, retryDelay: 10, retryDelayMax: 120, expireInSeconds: 600 },
  "provision-grant": zpaWrites,
  "realign-grant": zpaWrites,
  "amend-grant": zpaWrites,
  "end-grant": zpaWrites,
  "sweep-late-effects": zpaWrites,
  // A card that stays stale misleads: half an hour of Slack being down must not leave one behind.
  "project-request": slackAnswers,
  "heard-message": slackAnswers,
  // An answer that approvers wait for: through a night without Slack. What is left after that goes out with the next comment.
  "relay-comments": { ...slackAnswers, retryLimit: 100, retryDelayMax: 300 },
  // Through a night without Slack: it also brings what those who were skipped have not been told yet.
  "break-glass-review": { ...slackAnswers, retryLimit: 100, retryDelayMax: 300 },
  "tell-proposer": slackAnswers,
  // Through a night without Slack, or without ZPA: somebody waits to hear whether their secret arrived.
  "settle-handover": { ...slackAnswers, retryLimit: 100, retryDelayMax: 300 },
  // Many microtenants take minutes to read at 20 reads in 10 s.
  "report-stale-credentials": { retryLimit: 20, retryDelay: 30, retryDelayMax: 900, expireInSeconds: 900 },
  "project-rules-change": slackAnswers,
  "project-finding": slackAnswers,
  "carry-out-finding": zpaWrites,
  // The next pass comes by itself; at 20 reads in 10 s a tenant of many microtenants takes minutes.
  "reconcile-tenant": { retryLimit: 1, retryDelay: 30, retryDelayMax: 120, expireInSeconds: 1800 },
  // The next visit publishes it anyway.
  "publish-home": { ...slackAnswers, retryLimit: 3 },
  // The schedule enqueues the next one anyway; a large tenant takes minutes to read at 20 reads in 10 s.
  "refresh-catalog": { retryLimit: 5, retryDelay: 5, retryDelayMax: 120, expireInSeconds: 900 },
  // The next one comes within a minute anyway.
  "seal-ledger": { retryLimit: 1, retryDelay: 10, retryDelayMax: 10, expireInSeconds: 600 },
  "ship-ledger": { retryLimit: 1, retryDelay: 10, retryDelayMax: 10, expireInSeconds: 600 },
  "warn-end": { retryLimit: 20, retryDelay: 2, retryDelayMax: 300, expireInSeconds: 60 },
  "end-request": { retryLimit: 20, retryDelay: 2, retryDelayMax: 300, expireInSeconds: 60 },
};
