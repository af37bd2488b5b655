import type { Jobs } from "../../jobs/jobs.ts";
import type { Timers } from "../../timers.ts";
import type { LoadedCatalog } from "../catalog/create-catalog.ts";
import type { Turns } from "../zpa/turns.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import type { AdministerPorts } from "../zpa-admin/administer.ts";

export interface ConsolesPorts extends AdministerPorts {
  readonly catalog: Pick<LoadedCatalog, "search" | "searchSwitchedOff" | "size" | "byId" | "onSegment">;
  readonly zpa: {
    readonly approvals: Pick<ZpaClient["approvals"], "list">;
    readonly applications: ZpaClient["applications"];
    readonly consoles: ZpaClient["consoles"];
    readonly portals: Pick<ZpaClient["portals"], "list">;
    readonly microtenants: Pick<ZpaClient["microtenants"], "list">;
  };
  /** Of everything that writes consoles, so that a second one sees what the first has made. */
  readonly consoleTurns: Turns;
  readonly jobs: Pick<Jobs, "enqueueNow">;
  readonly timers: Timers;
}
