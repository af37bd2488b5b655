import { useEffect, useState } from "preact/hooks";
import type { SailPointState } from "../../sailpoint/control.ts";
import type { SimState } from "../../slack/control.ts";
import type { TenantState } from "../../zpa/control.ts";
import type { Scene } from "../scene.ts";
import { page, sailpointControl, slackControl, tenantControl } from "./control.ts";

export interface Live {
  readonly scene: Scene;
  readonly slack: SimState;
  readonly tenant: TenantState;
  /** Null where the sandbox has no SailPoint. */
  readonly sailpoint: SailPointState | null;
  /** Simulated present minus the machine's. */
  readonly offsetMilliseconds: number;
  readonly isConnected: boolean;
}

/** One look at a time, and one more when something changed meanwhile: a burst of events costs two requests. */
function refresher(look: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isStale = false;
  return () => {
    isStale = true;
    running ??= (async () => {
      try {
        while (isStale) {
          isStale = false;
          await look();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  };
}

const changes = ["slack", "tenant", "sailpoint", "clock"] as const;
const isChange = (change: string): change is (typeof changes)[number] => changes.some((known) => known === change);

/** The state of the simulators, kept current by server-sent events. Null until the first look at all of it. */
export function useLive(): { live: Live | null; refresh: () => Promise<void> } {
  const [scene, setScene] = useState<Scene | null>(null);
  const [slack, setSlack] = useState<SimState | null>(null);
  const [tenant, setTenant] = useState<TenantState | null>(null);
  const [sailpoint, setSailPoint] = useState<SailPointState | null>(null);
  const [offsetMilliseconds, setOffset] = useState<number | null>(null);
  const [isConnected, setConnected] = useState(false);
  const [looks] = useState(() => ({
    slack: refresher(async () => setSlack(await slackControl.state())),
    tenant: refresher(async () => setTenant(await tenantControl.state())),
    sailpoint: refresher(async () => setSailPoint((await page.scene()).hasSailPoint ? await sailpointControl.state() : null)),
    clock: refresher(async () => setOffset((await page.clock()).offsetMilliseconds)),
  }));

  useEffect(() => {
    const lookAgain = (change: string) => {
      const due = isChange(change) ? [looks[change]] : Object.values(looks);
      // A simulator that is just going away: the stream breaks too, and looks again once it is back.
      Promise.all(due.map((look) => look())).catch(() => setConnected(false));
    };
    page.scene().then(setScene, () => setConnected(false));
    const events = new EventSource("/events");
    events.onmessage = ({ data }: MessageEvent<string>) => {
      setConnected(true);
      lookAgain(data);
    };
    events.onerror = () => setConnected(false);
    return () => events.close();
  }, [looks]);

  const isWhole = scene && slack && tenant && offsetMilliseconds !== null && (sailpoint !== null || !scene.hasSailPoint);
  const live = isWhole ? { scene, slack, tenant, sailpoint, offsetMilliseconds, isConnected } : null;
  return { live, refresh: looks.slack };
}

/** The simulated present, renewed every so many milliseconds. */
export function useNow(offsetMilliseconds: number, everyMilliseconds: number): Date {
  const present = () => new Date(Math.floor((Date.now() + offsetMilliseconds) / everyMilliseconds) * everyMilliseconds);
  const [now, setNow] = useState(present);
  useEffect(() => {
    setNow(present());
    const timer = setInterval(() => setNow(present()), Math.min(everyMilliseconds, 1000));
    return () => clearInterval(timer);
  }, [offsetMilliseconds, everyMilliseconds]);
  return now;
}
