import { isValidSlackRequest } from "@slack/bolt";
import { z } from "zod";
import type { Clock } from "../clock.ts";

/** What of an HTTP request proves that Slack sent it. */
export interface SignedRequest {
  readonly signature: string | undefined;
  /** Epoch seconds, as the header carries them. */
  readonly timestamp: string | undefined;
  readonly contentType: string | undefined;
  readonly rawBody: string;
}

export type GuardVerdict = "genuine" | "unsigned" | "forged" | "from-the-past" | "from-the-future" | "replayed";

const OLDEST_SECONDS = 5 * 60;
/** Slack's clock and ours may differ a little; Bolt itself accepts any future at all. */
const FURTHEST_AHEAD_SECONDS = 60;

/**
 * Judges requests before Bolt sees them: signed with our secret, at most five minutes old, at most a minute ahead, and not
 * delivered before. Signatures are remembered for as long as their timestamp would still pass, in this process; another replica
 * is protected by what makes each use-case happen once (event id, submission key, approval version).
 *
 * Loading the options of a select is exempt from the memory: it changes nothing, and the same letters typed twice within one
 * second are signed alike because that payload carries no id of its own. So are events: Slack brings one that was not acknowledged again
 * at once, often within the same second, and their ids are remembered in the database.
 */
export const createRequestGuard = ({ signingSecret, clock }: { readonly signingSecret: string; readonly clock: Clock }) => {
  const seen = new Map<string, number>();

  const forgetBefore = (epochSeconds: number): void => {
    for (const [signature, until] of seen) {
      if (until >= epochSeconds) return;
      seen.delete(signature);
    }
  };

  return (request: SignedRequest): GuardVerdict => {
    const { signature, timestamp } = request;
    if (signature === undefined || timestamp === undefined) return isCertificateCheck(request) ? "genuine" : "unsigned";
    const now = Math.floor(clock.now().getTime() / 1_000);
    const sentAt = Number(timestamp);
    if (!Number.isInteger(sentAt)) return "forged";
    if (sentAt < now - OLDEST_SECONDS) return "from-the-past";
    if (sentAt > now + FURTHEST_AHEAD_SECONDS) return "from-the-future";
    if (!isSignedBy(signingSecret, request.rawBody, signature, sentAt)) return "forged";
    forgetBefore(now);
    if (seen.has(signature)) return isOptionLoading(request.rawBody) || isEvent(request) ? "genuine" : "replayed";
    seen.set(signature, now + OLDEST_SECONDS + FURTHEST_AHEAD_SECONDS);
    return "genuine";
  };
};

/** The exact form only: Bolt overlooks what follows a second "=", and the same request would count as a new one. */
const isSignedBy = (signingSecret: string, body: string, signature: string, sentAt: number): boolean =>
  /^v0=[0-9a-f]{64}$/.test(signature) &&
  isValidSlackRequest({
    signingSecret,
    body,
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": sentAt },
    nowMilliseconds: sentAt * 1_000,
  });

/** Slack asks unsigned whether the address has a valid certificate; Bolt answers with an empty 200 and reads nothing else of it. */
const isCertificateCheck = ({ contentType, rawBody }: SignedRequest): boolean =>
  contentType === "application/x-www-form-urlencoded" && new URLSearchParams(rawBody).get("ssl_check") === "1";

const isEvent = ({ contentType, rawBody }: SignedRequest): boolean =>
  contentType === "application/json" && event.safeParse(jsonIn(rawBody)).success;

const event = z.object({ type: z.literal("event_callback"), event_id: z.string() });

/** Null for what is no JSON; Bolt answers that. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

const isOptionLoading = (rawBody: string): boolean =>
  new URLSearchParams(rawBody).get("payload")?.includes('"type":"block_suggestion"') ?? false;
