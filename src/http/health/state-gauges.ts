import { Gauge, type Registry } from "prom-client";
import type { QueueDepth } from "../../jobs/read-depths.ts";
import type { PollStanding } from "../../services/sailpoint-inbox/poll-standing.ts";
import type { Lane } from "../../services/zpa/slots.ts";
import type { SlackStanding } from "./readiness.ts";

/** What is read from the database when metrics are asked for. The same from every replica: never to be summed. */
export interface StoredState {
  readonly requests: Readonly<Record<string, number>>;
  readonly queues: readonly QueueDepth[];
  readonly zpaBudget: Readonly<Record<Lane, number>>;
  /** What waits for an administrator, by class: changed, missing, foreign, list. */
  readonly drift: Readonly<Record<string, number>>;
  /** Null where SailPoint was never asked. */
  readonly sailpoint: PollStanding | null;
}

export interface StateSources {
  /** Null while the database does not answer. */
  readonly stored: () => Promise<StoredState | null>;
  readonly slack: () => SlackStanding;
  readonly catalogAgeSeconds: () => number | null;
  readonly now: () => Date;
  readonly catalogSize: () => number;
}

/** Gauges that are read when somebody asks: how things stand, not what has happened. */
export function registerStateGauges(registry: Registry, sources: StateSources): void {
  const registers = [registry];
  // A gauge whose source is silent has no sample: an old number would be taken for a new one.
  const fromStore = (name: string, help: string, labelNames: string[], set: (gauge: Gauge, state: StoredState) => void) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset();
        const state = await sources.stored();
        if (state !== null) set(this, state);
      },
    });
  new Gauge({
    name: "portcullis_database_up",
    help: "1 while the database answers within two seconds.",
    registers,
    async collect() {
      this.set((await sources.stored()) === null ? 0 : 1);
    },
  });
  fromStore("portcullis_requests_open", "Requests by status: PENDING, GRANTING, GRANTED.", ["status"], (gauge, { requests }) => {
    for (const [status, count] of Object.entries(requests)) gauge.set({ status }, count);
  });
  fromStore("portcullis_queue_depth", "Jobs that are due and not yet begun, by queue.", ["queue"], (gauge, { queues }) => {
    for (const { queue, due } of queues) gauge.set({ queue }, due);
  });
  fromStore("portcullis_queue_oldest_seconds", "How long the oldest of them has been due, by queue.", ["queue"], (gauge, { queues }) => {
    for (const { queue, oldestSeconds } of queues) gauge.set({ queue }, oldestSeconds);
  });
  fromStore("portcullis_zpa_budget_left", "Calls that ZPA's budget has left this instant, by lane.", ["lane"], (gauge, { zpaBudget }) => {
    for (const [lane, left] of Object.entries(zpaBudget)) gauge.set({ lane }, left);
  });
  fromStore(
    "portcullis_drift_findings",
    "Findings of the reconciler that wait for an administrator, by class.",
    ["class"],
    (gauge, { drift }) => {
      for (const [name, open] of Object.entries(drift)) gauge.set({ class: name }, open);
    },
  );
  fromStore("portcullis_sailpoint_pending", "Approvals that waited in SailPoint at the last good look.", [], (gauge, { sailpoint }) => {
    if (sailpoint?.pending != null) gauge.set(sailpoint.pending);
  });
  fromStore(
    "portcullis_sailpoint_poll_age_seconds",
    "Since the last look into SailPoint's queue that went well.",
    [],
    (gauge, { sailpoint }) => {
      if (sailpoint?.goodAt != null) gauge.set(Math.max(0, (sources.now().getTime() - sailpoint.goodAt.getTime()) / 1000));
    },
  );
  new Gauge({
    name: "portcullis_slack_connections",
    help: "Socket Mode: connections to Slack that stand, of two. HTTP: 1 while it listens.",
    registers,
    collect() {
      this.set(sources.slack().connected);
    },
  });
  new Gauge({
    name: "portcullis_slack_running_listeners",
    help: "Deliveries of Slack's that are being worked on.",
    registers,
    collect() {
      this.set(sources.slack().runningListeners);
    },
  });
  new Gauge({
    name: "portcullis_catalog_age_seconds",
    help: "Since the catalog was read from ZPA. No sample while there is none.",
    registers,
    collect() {
      const age = sources.catalogAgeSeconds();
      if (age === null) this.remove();
      else this.set(age);
    },
  });
  new Gauge({
    name: "portcullis_catalog_consoles",
    help: "Consoles in the catalog.",
    registers,
    collect() {
      this.set(sources.catalogSize());
    },
  });
}
