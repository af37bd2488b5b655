import { fromUnknown } from "../errors.ts";
import type { Log } from "../log.ts";
import { sleepUnlessWoken, type Timers } from "../timers.ts";

/**
 * Renews a claim for as long as the work under it takes: one call may wait for its turn several times a minute.
 *
 * @param everyMilliseconds at most a third of what a claim lasts, so that two renewals may fail before it runs out
 * @returns stops renewing; resolves when no renewal is under way any more
 */
export const keepClaim = ({
  claim,
  everyMilliseconds,
  timers,
  log,
}: {
  readonly claim: () => Promise<boolean>;
  readonly everyMilliseconds: number;
  readonly timers: Timers;
  readonly log: Log;
}): (() => Promise<void>) => {
  const over = new AbortController();
  const renew = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sleepUnlessWoken(timers, everyMilliseconds, over.signal);
      if (over.signal.aborted) return;
      // Whether it still stands is asked again before anything is sent.
      await claim().catch((thrown: unknown) => log.warn({ err: fromUnknown(thrown) }, "claim.not-renewed"));
    }
  };
  const renewing = renew();
  return () => {
    over.abort();
    return renewing;
  };
};
