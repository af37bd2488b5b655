import { createHmac } from "node:crypto";
import { z } from "zod";
import { inOrderOfUse, type LedgerKey, type LedgerKeys } from "./ledger-keys.ts";
import { type RecordRow, recordText } from "./ledger-record.ts";

/** What stands before the first seal. */
export const GENESIS = "0".repeat(64);

/** The mac of a seal, in hex: HMAC-SHA256 over the previous mac's 32 bytes and the canonical JSON of the event, in UTF-8. */
export const macOf = (key: LedgerKey, previousMac: string, record: string): string =>
  createHmac("sha256", key.secret).update(Buffer.from(previousMac, "hex")).update(record).digest("hex");

/** A seal as it is stored, with the event that it names where that exists. */
export interface SealRow {
  readonly number: string;
  readonly eventId: string;
  readonly mac: string;
  readonly keyId: string;
  readonly event: RecordRow | null;
}

/** Up to where the chain holds. */
export interface ChainPlace {
  readonly number: number;
  readonly mac: string;
  readonly keyId: string | null;
}

export const CHAIN_START: ChainPlace = { number: 0, mac: GENESIS, keyId: null };

/** The first thing in the ledger that is not as it was sealed. */
export const FirstBad = z.object({
  /** Place in the chain; null for an event outside of it. */
  number: z.number().int().nullable(),
  eventId: z.string().nullable(),
  problem: z.enum([
    "seal_missing", // there is a gap in the numbers
    "seal_unknown", // a number that no sealer gives
    "event_missing", // sealed, or marked for the sealer, and gone
    "mac_differs", // the event or the seal was changed, or put in another's place
    "key_unknown", // see keyId
    "key_out_of_order", // a key that had been replaced by then
    "never_sealed", // an event that no sealer will find
    "head_not_found", // the chain once had this head, and has it no more
  ]),
  keyId: z.string().nullable(),
});
export type FirstBad = z.infer<typeof FirstBad>;

/** Whether a seal continues the chain: the place that it brings, or what is wrong. */
export function follow(place: ChainPlace, seal: SealRow, keys: LedgerKeys): ChainPlace | FirstBad {
  const expected = place.number + 1;
  const number = Number(seal.number);
  const bad = (problem: FirstBad["problem"], at: number = number): FirstBad => ({
    number: at,
    eventId: at === number ? seal.eventId : null,
    problem,
    keyId: seal.keyId,
  });
  if (number > expected) return bad("seal_missing", expected);
  if (number < expected) return bad("seal_unknown");
  if (seal.event === null) return bad("event_missing");
  const order = inOrderOfUse(keys);
  const used = order.findIndex(({ id }) => id === seal.keyId);
  const key = order[used];
  if (key === undefined) return bad("key_unknown");
  if (used < order.findIndex(({ id }) => id === place.keyId)) return bad("key_out_of_order");
  if (macOf(key, place.mac, recordText(seal.event)) !== seal.mac) return bad("mac_differs");
  return { number, mac: seal.mac, keyId: seal.keyId };
}

export const isBad = (outcome: ChainPlace | FirstBad): outcome is FirstBad => "problem" in outcome;
