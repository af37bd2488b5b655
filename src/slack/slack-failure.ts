import { WebAPIPlatformError } from "@slack/web-api";
import { PortcullisError } from "../errors.ts";

/** Slack's own word for what it refused (`channel_not_found`), or null when it did not answer at all. */
export const refusalOf = (cause: unknown): string | null => (cause instanceof WebAPIPlatformError ? cause.data.error : null);

/** Whether Slack says that a view was closed, or sent, in the meantime. */
export const isGone = (cause: unknown): boolean => ["not_found", "view_not_found"].includes(refusalOf(cause) ?? "");

/**
 * What a failed Web API call means to us: Slack said no (`slack_refused`, with the method and its word), or no answer came
 * (`slack_unreachable`: network, time-out, 5xx, rate limit).
 */
export const slackFailure = (method: string, cause: unknown): PortcullisError => {
  if (cause instanceof PortcullisError) return cause;
  const reason = refusalOf(cause);
  return reason === null
    ? new PortcullisError("slack_unreachable", { params: { method } }, { cause })
    : new PortcullisError("slack_refused", { params: { method, reason } }, { cause });
};

/** Runs one Web API call and speaks of its failure in our codes. */
export const asking = async <T>(method: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (cause) {
    throw slackFailure(method, cause);
  }
};
