import type { Delivery } from "../control.ts";

/** Something that Slack tells the app, before it is wrapped for the wire. */
export interface Outgoing {
  readonly type: "slash_commands" | "interactive" | "events_api";
  readonly payload: Record<string, unknown>;
  readonly retry?: { readonly attempt: number; readonly reason: "http_timeout" | "http_error" | "connection_failed" };
}

/** Hands one thing to the app and waits for its ack, at most as long as Slack would. */
export type Deliver = (outgoing: Outgoing) => Promise<Delivery>;

/** Milliseconds that the app has to ack. */
export const ACK_LIMIT = 3000;

/** The text of an ack as JSON when it is some, else as it is. */
export function ackBody(text: string): unknown {
  try {
    return text === "" ? "" : JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
}
