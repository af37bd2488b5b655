import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Metrics } from "../../metrics.ts";

/** Seconds: ZPA answers within one, a spent budget takes ten, an outage hours. */
const GRANT_BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 36_000];

export interface Prometheus {
  readonly registry: Registry;
  readonly metrics: Metrics;
}

/** The counters of one bot, in a registry of its own: a test, or a bench, has several bots in one process. */
export function createPrometheus(): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: "portcullis_requests_total",
    help: "Requests by what became of them: submitted, approved, rejected, cancelled, expired, passed, granted, failed, ended.",
    labelNames: ["outcome"],
    registers,
  });
  const decisions = new Counter({
    name: "portcullis_decisions_total",
    help: "What people did to approvals: approve, reject, reassign, cancel and so on.",
    labelNames: ["verdict"],
    registers,
  });
  const timeToGrant = new Histogram({
    name: "portcullis_time_to_grant_seconds",
    help: "From the decision to the proof that the request's privileged approvals are in ZPA.",
    buckets: GRANT_BUCKETS,
    registers,
  });
  const zpaCalls = new Counter({
    name: "portcullis_zpa_calls_total",
    help: "Exchanges with ZPA: reads, writes and sign-ins, by what became of them. rate_limited is a 429.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const sailpointPolls = new Counter({
    name: "portcullis_sailpoint_polls_total",
    help: "Looks into SailPoint's queue, by what became of them: ok, failed.",
    labelNames: ["outcome"],
    registers,
  });
  const failedJobs = new Counter({
    name: "portcullis_jobs_failed_total",
    help: "Jobs that will not be tried again, by queue.",
    labelNames: ["queue"],
    registers,
  });
  // A series that is there from the start with 0 is one that an alert on its increase can see.
  for (const outcome of ["submitted", "approved", "rejected", "granted", "failed"]) requests.inc({ outcome }, 0);
  for (const verdict of ["approve", "reject"]) decisions.inc({ verdict }, 0);
  for (const kind of ["read", "write"]) for (const outcome of ["ok", "rate_limited"]) zpaCalls.inc({ kind, outcome }, 0);
  return {
    registry,
    metrics: {
      request: (outcome) => requests.inc({ outcome }),
      decision: (verdict) => decisions.inc({ verdict }),
      timeToGrant: (seconds) => timeToGrant.observe(Math.max(0, seconds)),
      zpaCall: (labels) => zpaCalls.inc(labels),
      sailpointPoll: (outcome) => sailpointPolls.inc({ outcome }),
      jobFailed: (queue) => failedJobs.inc({ queue }),
    },
  };
}
