import { WebAPIPlatformError } from "@slack/web-api";
import { PortcullisError } from "../errors.ts";

/**
 * Words with which Slack says of itself that it does not work just now, with HTTP 200 as for every other word: the usual form of its
 * outages (docs.slack.dev, the errors common to all methods). They say nothing about what was asked.
 */
const OUTAGES: ReadonlySet<string> = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "ratelimited",
  "rate_limited",
  "team_added_to_org", // the workspace is being moved, and answers now and then
  "org_login_required",
]);

/** A page of a proxy or a load balancer that came with HTTP 200 stands where the word would. */
const A_WORD = /^[a-z_]+$/;

const isWord = (cause: unknown): cause is WebAPIPlatformError => cause instanceof WebAPIPlatformError && A_WORD.test(cause.data.error);

/** Slack's own word for what it refused (`channel_not_found`), or null when it did not answer at all, or only that it cannot. */
export const refusalOf = (cause: unknown): string | null => (isWord(cause) && !OUTAGES.has(cause.data.error) ? cause.data.error : null);

/** Whether Slack says that a view was closed, or sent, in the meantime. */
export const isGone = (cause: unknown): boolean => ["not_found", "view_not_found"].includes(refusalOf(cause) ?? "");

/**
 * What a failed Web API call means to us: Slack said no (`slack_refused`, with the method and its word), or no answer came
 * (`slack_unreachable`: network, time-out, 5xx, rate limit, and HTTP 200 with a word that Slack is down, or with no word of Slack's).
 */
export const slackFailure = (method: string, cause: unknown): PortcullisError => {
  if (cause instanceof PortcullisError) return cause;
  const reason = refusalOf(cause);
  return reason === null
    ? new PortcullisError("slack_unreachable", { params: { method } }, { cause: readable(cause) })
    : new PortcullisError("slack_refused", { params: { method, reason } }, { cause });
};

/** A page is for nobody's log. */
const readable = (cause: unknown): unknown =>
  cause instanceof WebAPIPlatformError && !isWord(cause) ? new Error("what Slack's address answered is not Slack's") : cause;

/** Runs one Web API call and speaks of its failure in our codes. */
export const asking = async <T>(method: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (cause) {
    throw slackFailure(method, cause);
  }
};
