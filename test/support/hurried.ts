import { systemTimers, type Timers } from "../../src/timers.ts";

const TIMES = 20;

/**
 * Time that runs 20 times as fast, to pace a bot and its simulators by: ZPA's ten seconds and Slack's one a message pass in no time, in the
 * right proportion. That the bot keeps to them is held elsewhere (test/services/zpa, test/slack); a journey only waits for them.
 */
export const hurried: Timers = {
  sleep: (milliseconds, signal) => systemTimers.sleep(milliseconds / TIMES, signal),
  monotonicMilliseconds: () => systemTimers.monotonicMilliseconds() * TIMES,
};
