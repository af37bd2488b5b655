import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { Timers } from "../../timers.ts";
import type { RequestOverview } from "../access/overview.ts";
import type { Holder } from "../approvals/approval.ts";
import type { NotifyPort } from "./notify-port.ts";

export interface ProjectPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly port: NotifyPort;
  readonly loadOverview: (requestId: string) => Promise<RequestOverview>;
  readonly groupMembers: (groupId: string) => Promise<readonly string[]>;
  readonly approvalsChannel: string | null;
  /** Who is called when nobody is left to escalate to. */
  readonly admins: readonly Holder[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
  readonly timers?: Timers;
}

/** One run: the state that it shows, its claim, and what has failed on the way. */
export interface Run extends ProjectPorts {
  readonly overview: RequestOverview;
  readonly claim: () => Promise<boolean>;
  readonly failures: unknown[];
  /** Who was asked to decide, and called; null while a group cannot be read. Whoever passed it on keeps a card without buttons. */
  readonly asked: ReadonlySet<string> | null;
}

/** Before anything is sent. @throws PortcullisError `unexpected` when another worker has taken the request over */
export const confirmClaim = async ({ claim }: Pick<Run, "claim">): Promise<void> => {
  if (!(await claim())) throw new PortcullisError("unexpected", { params: { reason: "the claim on the request was lost" } });
};
