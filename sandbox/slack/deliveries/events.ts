import type { Delivery } from "../control.ts";
import type { Deliver, Outgoing } from "./outgoing.ts";

/** Milliseconds before each of Slack's three further tries with an event (docs.slack.dev, Events API, "Retries"). */
const RETRY_AFTER = [0, 60_000, 300_000] as const;

const REASONS: Readonly<Record<Exclude<Delivery["status"], "acked">, NonNullable<Outgoing["retry"]>["reason"]>> = {
  timeout: "http_timeout",
  refused: "http_error",
  unreachable: "connection_failed",
};

/** Delivers events: the first try is the answer, later ones follow behind its back until one is acked. */
export function eventDeliveries(
  deliver: Deliver,
  { signal, retryAfterMilliseconds = RETRY_AFTER }: { signal: AbortSignal; retryAfterMilliseconds?: readonly number[] },
): Deliver {
  const retry = async (outgoing: Outgoing, first: Delivery) => {
    let last = first;
    for (const [index, milliseconds] of retryAfterMilliseconds.entries()) {
      if (last.status === "acked" || signal.aborted) return;
      const reason = REASONS[last.status];
      await pause(milliseconds, signal);
      if (!signal.aborted) last = await deliver({ ...outgoing, retry: { attempt: index + 1, reason } });
    }
  };
  return async (outgoing) => {
    const first = await deliver(outgoing);
    void retry(outgoing, first);
    return first;
  };
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
