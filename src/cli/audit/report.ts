import type { FirstBad } from "../../services/audit/seal-chain.ts";
import type { VerifyAnswer } from "./ask-ledger.ts";

/** What a person reads of a verification. */
export function verificationText({ ok, events, sealed, unsealed, head, firstBad, keys }: VerifyAnswer): string {
  const lines = [
    ok ? "The ledger is as it was sealed." : "The ledger is NOT as it was sealed.",
    ...(firstBad === null ? [] : [`First fault: ${faultText(firstBad)}`]),
    `${events} events; ${sealed} seals hold, ${unsealed} events wait for the sealer.`,
    ...Object.entries(keys).map(([id, count]) => `Key ${id}: ${count} seals.`),
    `Head: ${head ?? "none yet"}`,
  ];
  return `${lines.join("\n")}\n`;
}

export function faultText({ number, eventId, problem, keyId }: FirstBad): string {
  const event = eventId === null ? "an event" : `event ${eventId}`;
  switch (problem) {
    case "seal_missing":
      return `seal ${number} is missing.`;
    case "seal_unknown":
      return `there is a seal ${number} for ${event} that no sealer made.`;
    case "event_missing":
      return number === null ? `${event} was removed before it was sealed.` : `${event}, which seal ${number} is for, was removed.`;
    case "mac_differs":
      return `seal ${number} does not fit ${event}: one of them was changed, or put in another's place.`;
    case "key_unknown":
      return `seal ${number} was made with the key ${keyId}, which is not at hand.`;
    case "key_out_of_order":
      return `seal ${number} was made with the key ${keyId}, which had been replaced by then.`;
    case "never_sealed":
      return `${event} is neither sealed nor marked for the sealer.`;
    case "head_not_found":
      return `no seal has the head that you gave; the chain ends before seal ${number}.`;
  }
}
