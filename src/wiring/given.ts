import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { FaultPoint } from "../fault-points.ts";
import type { Ids } from "../ids.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Timers } from "../timers.ts";

/** What the process was started with, and the machine's own where nothing else was given. */
export interface Given {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  /** What spaces calls to ZPA and messages to Slack. */
  readonly pacing: Timers;
  readonly random: () => number;
  readonly faultPoint: FaultPoint;
  readonly onFatal: ((cause: Error) => void) | undefined;
  readonly metrics: Metrics;
}
