import type { Config } from "../../config.ts";

/** What the bot is doing with itself. */
export type Phase = "starting" | "running" | "draining";

export interface SlackStanding {
  /** Whether deliveries can come in. */
  readonly ok: boolean;
  readonly mode: Config["slack"]["mode"];
  /** Sockets that stand; HTTP: 1 while it listens. */
  readonly connected: number;
  readonly runningListeners: number;
}

/** How everything stands, as {@link readinessOf} judges it. */
export interface Standing {
  readonly phase: Phase;
  readonly databaseAnswers: boolean;
  readonly slack: SlackStanding | null;
  /** Workers of queues that run, of how many. */
  readonly workers: { readonly running: number; readonly expected: number };
  readonly catalog: { readonly ageSeconds: number | null; readonly refreshMinutes: number };
  /** Seconds since ZPA last answered as it should, when its last answer was no such answer; null while all is well. */
  readonly zpaAwaySeconds: number | null;
  /** Seconds since looks into SailPoint's queue began to fail; null while all is well, or none is set up. */
  readonly sailpointAwaySeconds: number | null;
  /** For how long the oldest job has been due. */
  readonly oldestJobSeconds: number;
}

export type ReasonCode =
  | "starting"
  | "draining"
  | "database_not_answering"
  | "slack_not_connected"
  | "slack_not_listening"
  | "workers_not_running";
export type WarningCode = "zpa_not_answering" | "sailpoint_not_answering" | "catalog_missing" | "catalog_old" | "jobs_late";

export interface Remark<Code extends string> {
  readonly code: Code;
  readonly message: string;
}

export interface Readiness {
  readonly ready: boolean;
  /** Why no clicks should be sent here. */
  readonly reasons: readonly Remark<ReasonCode>[];
  /** What somebody should look at; it is no reason to send clicks elsewhere, because every replica would say the same. */
  readonly warnings: readonly Remark<WarningCode>[];
}

/** A refresh that failed is tried again; twice the interval without one is worth a look. */
const OLD_REFRESHES = 2;
const LATE_SECONDS = 300;
/** One poll that fails is nothing yet. */
const SAILPOINT_AWAY_SECONDS = 180;

/** Whether a bot can take clicks in, and why not. ZPA is no reason: requests and decisions go on without it. */
export function readinessOf(standing: Standing): Readiness {
  const reasons = [...reasonsIn(standing)];
  return { ready: reasons.length === 0, reasons, warnings: [...warningsIn(standing)] };
}

function* reasonsIn({ phase, databaseAnswers, slack, workers }: Standing): Generator<Remark<ReasonCode>> {
  if (phase === "draining") yield { code: "draining", message: "The bot is stopping and takes nothing new in." };
  if (phase === "starting") {
    yield { code: "starting", message: "The bot is starting: tables are brought up to date, then workers and Slack." };
    return;
  }
  if (!databaseAnswers) yield { code: "database_not_answering", message: "The database does not answer within two seconds." };
  if (slack !== null && !slack.ok && phase === "running")
    yield slack.mode === "socket"
      ? { code: "slack_not_connected", message: "No Socket Mode connection to Slack stands." }
      : { code: "slack_not_listening", message: "The receiver for Slack's requests does not listen." };
  if (workers.running < workers.expected && phase === "running")
    yield { code: "workers_not_running", message: `${workers.running} of ${workers.expected} workers run.` };
}

function* warningsIn({ phase, catalog, zpaAwaySeconds, sailpointAwaySeconds, oldestJobSeconds }: Standing): Generator<Remark<WarningCode>> {
  if (phase === "starting") return;
  const { ageSeconds, refreshMinutes } = catalog;
  const age = ageSeconds === null ? "there is no catalog yet" : `the catalog is ${inWords(ageSeconds)} old`;
  if (zpaAwaySeconds !== null)
    yield {
      code: "zpa_not_answering",
      message: `ZPA has not answered as it should for ${inWords(zpaAwaySeconds)}; ${age}. Requests and decisions go on, grants wait.`,
    };
  if (ageSeconds === null) yield { code: "catalog_missing", message: "No catalog was read from ZPA yet: nobody can ask for anything." };
  else if (ageSeconds > OLD_REFRESHES * refreshMinutes * 60)
    yield { code: "catalog_old", message: `The catalog is ${inWords(ageSeconds)} old; it should be read every ${refreshMinutes} minutes.` };
  if (sailpointAwaySeconds !== null && sailpointAwaySeconds > SAILPOINT_AWAY_SECONDS)
    yield {
      code: "sailpoint_not_answering",
      message: `SailPoint has not answered as it should for ${inWords(sailpointAwaySeconds)}. Its approvals wait; our own go on.`,
    };
  if (oldestJobSeconds > LATE_SECONDS) yield { code: "jobs_late", message: `A job has been due for ${inWords(oldestJobSeconds)}.` };
}

/** @example inWords(59) // "59 seconds"; inWords(7200) // "2 hours" */
export function inWords(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, "second"] : seconds < 7_200 ? [seconds / 60, "minute"] : [seconds / 3_600, "hour"];
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
