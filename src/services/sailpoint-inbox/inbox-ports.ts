import type { Kysely, Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import type { Timers } from "../../timers.ts";
import type { Holder } from "../approvals/approval.ts";
import type { People, SlackDirectory } from "../directory/person.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import type { SailPointClient } from "../sailpoint/sailpoint-client.ts";

/** Told of every approval that is new or has changed, in the transaction that stores it. */
export type OnSeen = (trx: Transaction<Database>, approval: SailPointApproval, before: SailPointApproval | null) => Promise<void>;

/** Nothing comes of an approval of SailPoint's but what is decided about it. */
export const nothingOnSeen: OnSeen = async () => {};

export interface InboxPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Pick<Jobs, "enqueue" | "enqueueNow">;
  readonly sailpoint: Pick<SailPointClient, "approvals" | "ownerId">;
  readonly people: Pick<People, "trusted" | "membersOf" | "isAdmin">;
  readonly directory: Pick<SlackDirectory, "userIdsByEmail" | "teamId">;
  readonly admins: readonly Holder[];
  readonly onSeen: OnSeen;
  readonly pollSeconds: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "sailpointPoll">;
}
