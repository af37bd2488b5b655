import type { Clock } from "../../clock.ts";
import { createTransport, isNoAnswer, type Timeouts } from "../http-client/transport.ts";
import { signedHeaders } from "./siem-delivery.ts";

/** What became of a delivery. Only `taken` means that the receiver has it. */
export type DeliveryOutcome =
  | { readonly kind: "taken" }
  /** The receiver will not take this, however often it comes: something must be mended there or here. */
  | { readonly kind: "refused"; readonly failure: string }
  /** As refused, and a smaller one may pass. */
  | { readonly kind: "too_large"; readonly failure: string }
  | { readonly kind: "failed"; readonly failure: string; readonly retryAfterSeconds: number | null };

export interface SiemClient {
  deliver(body: string): Promise<DeliveryOutcome>;
  close(): Promise<void>;
}

const TIMEOUTS: Timeouts = { connectMilliseconds: 5_000, headersMilliseconds: 15_000, bodyMilliseconds: 5_000, totalMilliseconds: 20_000 };

/** Answers that pass by themselves. A redirection is not followed: the secret's signature is for this address alone. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/**
 * Posts signed deliveries to the SIEM.
 * @param realClock the machine's time, which the receiver compares the timestamp with
 */
export function createSiemClient(
  { url, secret }: { readonly url: string; readonly secret: string },
  { realClock, timeouts = TIMEOUTS }: { readonly realClock: Clock; readonly timeouts?: Timeouts },
): SiemClient {
  const transport = createTransport(timeouts);
  return {
    deliver: async (body) => {
      const answer = await transport.send({ method: "POST", url, headers: signedHeaders(body, { secret, now: realClock.now() }), body });
      if (isNoAnswer(answer)) return { kind: "failed", failure: `no answer (${causeOf(answer.cause)})`, retryAfterSeconds: null };
      const { status, headers } = answer;
      if (status >= 200 && status < 300) return { kind: "taken" };
      const failure = `HTTP ${status}`;
      if (status >= 500 || PASSING.has(status))
        return { kind: "failed", failure, retryAfterSeconds: secondsOf(headers["retry-after"], realClock.now()) };
      return { kind: status === 413 ? "too_large" : "refused", failure };
    },
    close: () => transport.close(),
  };
}

/** Seconds, or a date in HTTP's form (RFC 9110, 10.2.3); null for what is neither, and for a date that is over. */
function secondsOf(retryAfter: string | undefined, now: Date): number | null {
  if (retryAfter === undefined) return null;
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter);
  const at = /^[A-Z][a-z]{2}, .* GMT$/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return at > now.getTime() ? Math.ceil((at - now.getTime()) / 1000) : null;
}

function causeOf(cause: unknown): string {
  if (cause instanceof AggregateError) return causeOf(cause.errors[0]);
  if (!(cause instanceof Error)) return "unknown";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
