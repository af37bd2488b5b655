import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { SlackControl } from "../control.ts";

export type Fault = Parameters<SlackControl["fault"]>[0];

/** Planned trouble, taken up by the next matching calls in the order in which it was planned. */
export interface Faults {
  plan(fault: Fault): void;
  /** What was planned and has not happened does not happen any more. */
  clear(): void;
  /** The trouble of this call, if any; counts it as used. */
  take(method: string): Fault | undefined;
}

/** Faults in the order of planning; the first that matches a call is the one that happens. */
export function createFaults(): Faults {
  const planned: Fault[] = [];
  return {
    plan: (fault) => {
      planned.push({ ...fault });
    },
    clear: () => {
      planned.length = 0;
    },
    take: (method) => {
      const index = planned.findIndex((fault) => fault.method === method || fault.method === "*");
      const fault = planned[index];
      if (!fault) return undefined;
      fault.times -= 1;
      if (fault.times <= 0) planned.splice(index, 1);
      return fault;
    },
  };
}

/** Answers as a Slack in that kind of trouble; `hold` resolves when a call that gets no answer may end. */
export async function troubled(c: Context<{ Bindings: HttpBindings }>, fault: Fault, hold: Promise<void>): Promise<Response> {
  switch (fault.kind) {
    case "429":
      return rateLimited(c, fault.retryAfterSeconds ?? 1);
    case "500":
      return c.text("Internal Server Error", 500);
    case "timeout":
      await hold;
      return c.text("Gateway Timeout", 504);
    case "reset":
      c.env.incoming.socket.destroy();
      return c.body(null, 500);
  }
}

/** Slack's answer to too many calls: HTTP 429 with the seconds to wait. */
export const rateLimited = (c: Context, retryAfterSeconds: number): Response =>
  c.json({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(retryAfterSeconds) });
