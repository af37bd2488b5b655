import { createHash, createHmac } from "node:crypto";
import { recordText } from "./ledger-record.ts";
import type { SealRow } from "./seal-chain.ts";

/** A seal whose event exists. */
export type SealedEvent = SealRow & { readonly event: NonNullable<SealRow["event"]> };

interface Head {
  readonly number: number;
  readonly mac: string;
}

/** How large a body grows before the next event waits for the next batch. */
const MOST_BYTES = 1_000_000;

/** As many events from the front as fit into one body, one at least. */
export function fitting(seals: readonly SealedEvent[]): readonly SealedEvent[] {
  let bytes = 0;
  const first = seals.findIndex((seal, place) => {
    bytes += Buffer.byteLength(recordText(seal.event)) + 200;
    return bytes > MOST_BYTES && place > 0;
  });
  return first < 0 ? seals : seals.slice(0, first);
}

/** That the chain is not the one that was delivered: from the number after `after` on, where one up to `delivered` had been. */
interface Differs {
  readonly after: number;
  readonly delivered: number;
}

const differing = (differs: Differs | null): string => (differs === null ? "" : `,"differs":${JSON.stringify(differs)}`);

/** A batch in the order of its seals. Its head is the mac of its last seal, so that a batch sent again is the same bytes. */
export function eventsBody(seals: readonly SealedEvent[], differs: Differs | null): string {
  const last = seals.at(-1);
  const events = seals.map(
    ({ number, keyId, mac, event }) =>
      `${JSON.stringify({ number: Number(number), keyId, mac }).slice(0, -1)},"event":${recordText(event)}}`,
  );
  const head = last === undefined ? null : { number: Number(last.number), mac: last.mac };
  return `{"version":1,"events":[${events.join(",")}],"head":${JSON.stringify(head)}${differing(differs)}}`;
}

/** A delivery without events: the head as it is now. */
export const headBody = (head: Head | null, at: Date, differs: Differs | null): string =>
  JSON.stringify({ version: 1, events: [], head, headAt: at.toISOString(), ...(differs === null ? {} : { differs }) });

/** What the doctor sends: that the receiver is there and takes our signature. */
export const testBody = (at: Date): string => JSON.stringify({ version: 1, test: true, events: [], head: null, headAt: at.toISOString() });

/**
 * The headers of a delivery. The signature is HMAC-SHA256 over the timestamp (epoch seconds), a full stop and the body; the id is the
 * same whenever the same body is sent.
 */
export function signedHeaders(body: string, { secret, now }: { readonly secret: string; readonly now: Date }): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    "content-type": "application/json",
    "user-agent": "portcullis",
    "x-portcullis-timestamp": timestamp,
    "x-portcullis-signature": `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`,
    "x-portcullis-delivery": createHash("sha256").update(body).digest("hex").slice(0, 32),
  };
}
