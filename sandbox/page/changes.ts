type Change = "slack" | "tenant" | "sailpoint" | "clock";

/** Tells every open page what has changed, and asks the tenants, which have no push of their own, only while a page is open. */
export interface Changes {
  publish(change: Change): void;
  /** Calls `tell` on each change until the signal aborts; resolves then. */
  follow(signal: AbortSignal, tell: (change: Change) => Promise<void>): Promise<void>;
  close(): void;
}

const tenantPollMilliseconds = 700;
const slackRetryMilliseconds = 500;

/** What both tenants' states have, as far as the page is concerned. */
type Watched = Record<"approvals" | "calls" | "authCalls" | "rateLimited", unknown>;

/** Cheap to compare, and blind to the tenant's clock, which changes at every look. */
const fingerprint = ({ approvals, calls, authCalls, rateLimited }: Watched) => JSON.stringify([approvals, calls, authCalls, rateLimited]);

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });

export function followSimulators({
  slackUrl,
  tenantUrl,
  sailpointUrl,
}: {
  slackUrl: string;
  tenantUrl: string;
  sailpointUrl: string | null;
}): Changes {
  const followers = new Set<(change: Change) => Promise<void>>();
  const ended = new AbortController();
  const publish = (change: Change) => {
    // A page that went away in the middle of a message needs no news any more.
    for (const tell of followers) tell(change).catch(() => followers.delete(tell));
  };

  const watchSlack = async () => {
    while (!ended.signal.aborted) {
      try {
        const answer = await fetch(new URL("/control/events", slackUrl), { signal: ended.signal });
        for await (const chunk of answer.body ?? []) if (chunk.length > 0) publish("slack");
      } catch (error) {
        // A simulator that restarts, or the abort: both are answered by the loop's condition.
        if (!(error instanceof Error)) throw error;
      }
      await pause(slackRetryMilliseconds, ended.signal);
    }
  };

  const watchTenant = async (change: "tenant" | "sailpoint", url: string) => {
    let last = "";
    while (!ended.signal.aborted) {
      if (followers.size > 0) {
        try {
          const answer = await fetch(new URL("/control/state", url), { signal: ended.signal });
          const seen = fingerprint((await answer.json()) as Watched);
          if (seen !== last) publish(change);
          last = seen;
        } catch (error) {
          if (!(error instanceof Error)) throw error;
        }
      }
      await pause(tenantPollMilliseconds, ended.signal);
    }
  };

  void watchSlack();
  void watchTenant("tenant", tenantUrl);
  if (sailpointUrl !== null) void watchTenant("sailpoint", sailpointUrl);
  return {
    publish,
    follow: async (signal, tell) => {
      followers.add(tell);
      await new Promise<void>((resolve) => {
        for (const end of [signal, ended.signal]) end.addEventListener("abort", () => resolve(), { once: true });
      });
      followers.delete(tell);
    },
    close: () => ended.abort(),
  };
}
