import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Log } from "../log.ts";
import { boltLogger } from "./bolt-logger.ts";

/** A modal's trigger lives three seconds: an answer later than this is of no use. */
const INTERACTIVE_TIMEOUT_MILLISECONDS = 2_500;
const PATIENT_TIMEOUT_MILLISECONDS = 10_000;

/**
 * Three clients, because one WebClient pauses all of its calls while Slack rate-limits a single one.
 * - `interactive`: what a person waits for. Fails fast, never retries.
 * - `outbound`: messages. The outbound queue itself waits and retries, channel by channel.
 * - `patient`: long readings in the background. Waits out rate limits by itself.
 */
export interface WebClients {
  readonly interactive: WebClient;
  readonly outbound: WebClient;
  readonly patient: WebClient;
}

export const createWebClients = (slack: { readonly botToken: string; readonly apiUrl: string }, log: Log): WebClients => {
  // A fresh object each: the SDK keeps and changes the options that it is given.
  const client = (options: WebClientOptions): WebClient =>
    new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logger: boltLogger(log), allowAbsoluteUrls: false, ...options });
  const failFast = { rejectRateLimitedCalls: true, retryConfig: { retries: 0 } };
  return {
    interactive: client({ ...failFast, timeout: INTERACTIVE_TIMEOUT_MILLISECONDS }),
    outbound: client({ ...failFast, timeout: PATIENT_TIMEOUT_MILLISECONDS }),
    patient: client({ timeout: PATIENT_TIMEOUT_MILLISECONDS, retryConfig: { retries: 5, factor: 2 }, maxRequestConcurrency: 4 }),
  };
};
