import { systemClock } from "../../../src/clock.ts";
import { ackBody, type Deliver, type Outgoing } from "./outgoing.ts";
import { signedHeaders } from "./sign.ts";

export interface HttpDeliveryOptions {
  /** The app's request URL; asked at every delivery, null while there is none. */
  readonly target: () => string | null;
  readonly signingSecret: string;
  readonly ackLimitMilliseconds: number;
}

/** Deliveries as signed HTTP requests to the app's request URL. */
export function httpDeliveries({ target, signingSecret, ackLimitMilliseconds }: HttpDeliveryOptions): Deliver {
  return async (outgoing) => {
    const started = performance.now();
    const spent = () => Math.round(performance.now() - started);
    const url = target();
    if (!url) return { status: "unreachable", httpStatus: null, milliseconds: 0, body: null };
    const { contentType, body } = encoded(outgoing);
    // The machine's time, not the sandbox's: the receiving side holds the signature against its own machine's clock.
    const epochSeconds = Math.floor(systemClock.now().getTime() / 1000);
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": contentType, ...signedHeaders({ signingSecret, epochSeconds, body }), ...retryHeaders(outgoing) },
        body,
        signal: AbortSignal.timeout(ackLimitMilliseconds),
      });
      const answer = ackBody(await response.text());
      return { status: response.ok ? "acked" : "refused", httpStatus: response.status, milliseconds: spent(), body: answer };
    } catch (cause) {
      const timeout = cause instanceof DOMException && cause.name === "TimeoutError";
      return { status: timeout ? "timeout" : "unreachable", httpStatus: null, milliseconds: spent(), body: null };
    }
  };
}

/** Bolt wants the content types exactly so, without a charset. */
function encoded({ type, payload }: Outgoing): { contentType: string; body: string } {
  if (type === "events_api") return { contentType: "application/json", body: JSON.stringify(payload) };
  const fields = type === "interactive" ? { payload: JSON.stringify(payload) } : stringFields(payload);
  return { contentType: "application/x-www-form-urlencoded", body: new URLSearchParams(fields).toString() };
}

const stringFields = (payload: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]));

const retryHeaders = ({ retry }: Outgoing): Record<string, string> =>
  retry ? { "x-slack-retry-num": String(retry.attempt), "x-slack-retry-reason": retry.reason } : {};
