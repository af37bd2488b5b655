import { PortcullisError } from "../errors.ts";
import type { OutboundMessage } from "./outbound.ts";

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Answers at a command's `response_url`, seen by the person who typed it alone: the one way to reach them in a channel that the
 * bot is not in. Five answers within thirty minutes.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export const respondAt = async (responseUrl: string, { text, blocks }: OutboundMessage): Promise<void> => {
  const answer = await post(responseUrl, JSON.stringify({ response_type: "ephemeral", replace_original: false, text, blocks }));
  if (answer.status === 429 || answer.status >= 500) throw new PortcullisError("slack_unreachable", { params: { method: "response_url" } });
  if (!answer.ok) throw new PortcullisError("slack_refused", { params: { method: "response_url", reason: `HTTP ${answer.status}` } });
};

const post = async (url: string, body: string): Promise<Response> => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    return await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body, redirect: "error", signal });
  } catch (cause) {
    throw new PortcullisError("slack_unreachable", { params: { method: "response_url" } }, { cause });
  }
};
