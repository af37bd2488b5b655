import { PortcullisError } from "../../errors.ts";
import { systemTimers } from "../../timers.ts";

export const LOOK_MILLISECONDS = 500;

/** How long `pra` waits for a folder that a starting bot holds. */
const PATIENCE_MILLISECONDS = 120_000;

/** An instant of the monotonic clock up to which to be patient, from now on. */
export const patienceFromNow = (): number => systemTimers.monotonicMilliseconds() + PATIENCE_MILLISECONDS;

/** A bot that cannot reach Slack may stop, and start again, between any two questions. */
export async function againUntil<T>(until: number, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      const isAway = thrown instanceof PortcullisError && thrown.code === "control_unreachable";
      if (!isAway || systemTimers.monotonicMilliseconds() >= until) throw thrown;
      await systemTimers.sleep(LOOK_MILLISECONDS);
    }
  }
}
