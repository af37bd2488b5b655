import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import type { Timers } from "../../timers.ts";
import type { People, Person } from "../directory/person.ts";
import type { ApprovalsApi } from "../zpa/zpa-client.ts";

/** What making a grant real, and keeping it so, needs. */
export interface ProvisionPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly zpa: { readonly approvals: ApprovalsApi };
  readonly people: People;
  /** Who somebody is whom BREAK_GLASS names, also while Slack does not answer. @throws PortcullisError as `people.trusted` */
  readonly namedForBreakGlass?: (userId: string) => Promise<Pick<Person, "zpaUser">>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
  /** As the settings say; `next-day` where left out. */
  readonly overnightHours?: "next-day" | "split";
  readonly metrics?: Metrics;
  /** Real time, in which a hold on a grant is renewed. */
  readonly timers?: Timers;
}
