import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MILLISECONDS = 20;
const NANOSECONDS_PER_MILLISECOND = 1e6;

export interface EventLoop {
  /** The middle and the worst delay of timers since the last question but one. */
  lag(): { readonly medianMilliseconds: number; readonly mostMilliseconds: number };
  close(): void;
}

/** Watches how late timers of this process are. */
export function watchEventLoop(): EventLoop {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLISECONDS });
  histogram.enable();
  return {
    lag: () => {
      // The histogram counts the interval itself as delay, and says NaN of nothing.
      const milliseconds = (nanoseconds: number): number =>
        histogram.count === 0 ? 0 : Math.max(0, nanoseconds / NANOSECONDS_PER_MILLISECOND - RESOLUTION_MILLISECONDS);
      const lag = { medianMilliseconds: milliseconds(histogram.percentile(50)), mostMilliseconds: milliseconds(histogram.max) };
      histogram.reset();
      return lag;
    },
    close: () => void histogram.disable(),
  };
}
