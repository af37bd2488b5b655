import { fromUnknown } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { sleepUnlessWoken, type Timers } from "../../timers.ts";

/** A third of what a claim lasts: two renewals may fail before it runs out. */
const RENEW_MILLISECONDS = 20_000;

/**
 * Renews a claim for as long as the work under it takes: one message alone may wait for Slack several times a minute.
 * @returns stops renewing; resolves when no renewal is under way any more
 */
export const keepClaim = ({
  claim,
  timers,
  log,
}: {
  readonly claim: () => Promise<boolean>;
  readonly timers: Timers;
  readonly log: Log;
}): (() => Promise<void>) => {
  const over = new AbortController();
  const renew = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sleepUnlessWoken(timers, RENEW_MILLISECONDS, over.signal);
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
