import type { Failure } from "../access/request.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import type { Handover, HandoverOutcome } from "./handover.ts";
import { changeHandover, lockHandover } from "./handover-rows.ts";

/** What became of a secret that was sent, as far as is known. */
export interface SettledOutcome {
  readonly outcome: HandoverOutcome;
  readonly credentialId: string | null;
  readonly failure: Failure | null;
}

const eventOf: Readonly<Record<HandoverOutcome, Readonly<Record<Handover["kind"], string>>>> = {
  DONE: { add: "credential.added", rotate: "credential.rotated" },
  REFUSED: { add: "credential.not-added", rotate: "credential.not-rotated" },
  UNKNOWN: { add: "credential.effect-unknown", rotate: "credential.effect-unknown" },
};

/** Writes the outcome, its ledger event, and has its person told. What is proven stays proven, whoever comes late. */
export const recordOutcome = (
  { db, clock, jobs }: Pick<CredentialPorts, "db" | "clock" | "jobs">,
  { id }: Pick<Handover, "id">,
  { outcome, credentialId, failure }: SettledOutcome,
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const handover = await lockHandover(trx, id);
    const isFinal = handover.outcome === "DONE" || handover.outcome === "REFUSED";
    if (isFinal || handover.outcome === outcome) return;
    const now = clock.now();
    await changeHandover(trx, id, { outcome, credentialId, failure });
    await appendToLedger(trx, now, [
      {
        kind: eventOf[outcome][handover.kind],
        requestId: null,
        actor: handover.by.userId,
        subject: credentialId ?? id,
        before: null,
        after: {
          handoverId: id,
          name: handover.fields.name,
          type: handover.fields.type,
          microtenantId: handover.fields.microtenantId,
          ...(failure === null ? {} : { code: failure.code, reference: failure.reference }),
        },
      },
    ]);
    await jobs.enqueue(trx, "settle-handover", { handoverId: id });
  });
