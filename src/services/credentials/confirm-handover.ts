import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { MOST_WRONG_CODES, standingOf } from "./decide.ts";
import type { Handover } from "./handover.ts";
import { codeHashOf, isSame, typedCode } from "./handover-keys.ts";
import { changeHandover, handoverById, lockHandover } from "./handover-rows.ts";

type Tried = { readonly kind: "confirmed"; readonly handover: Handover } | { readonly kind: "wrong"; readonly left: number };

/**
 * Takes the code that the page shows, from the person who asked for the link and from nobody else: so the browser that may send the secret
 * is the one that they look at. Five wrong ones end the link.
 */
export const confirmHandover =
  (ports: CredentialPorts): CredentialsService["confirm"] =>
  async ({ by, handoverId, code }) => {
    await administrator(ports, by);
    const known = await handoverById(ports.db, handoverId);
    // Another's link is told from none at all by nobody.
    if (known === null || known.by.userId !== by.userId || known.by.teamId !== by.teamId) throw new PortcullisError("handover_unknown");
    // What was tried counts, so it is committed before it is said.
    const tried = await ports.db.transaction().execute((trx) => tryCode(ports, trx, { handoverId, code }));
    if (tried.kind === "confirmed") return tried.handover;
    if (tried.left === 0) throw new PortcullisError("handover_over", { params: { why: "codes" } });
    throw new PortcullisError("handover_code_wrong", { field: "credentialCode", params: { left: tried.left } });
  };

async function tryCode(
  { clock }: CredentialPorts,
  trx: Transaction<Database>,
  { handoverId, code }: { readonly handoverId: string; readonly code: string },
): Promise<Tried> {
  const handover = await lockHandover(trx, handoverId);
  const now = clock.now();
  const standing = standingOf(handover, handover.browserHash, now);
  if (standing.kind === "over") throw new PortcullisError("handover_over", { params: { why: standing.why } });
  if (standing.kind === "sent") throw new PortcullisError("handover_over", { params: { why: "used" } });
  if (handover.codeHash === null) throw new PortcullisError("handover_not_opened", { field: "credentialCode" });
  if (standing.kind === "ready") return { kind: "confirmed", handover };
  const event = { requestId: null, actor: handover.by.userId, subject: handoverId, before: null };
  if (isSame(codeHashOf(typedCode(code), handoverId), handover.codeHash)) {
    await changeHandover(trx, handoverId, { confirmedAt: now });
    await appendToLedger(trx, now, [{ ...event, kind: "credential.code-confirmed", after: null }]);
    return { kind: "confirmed", handover: { ...handover, confirmedAt: now } };
  }
  const wrongCodes = handover.wrongCodes + 1;
  const left = Math.max(0, MOST_WRONG_CODES - wrongCodes);
  await changeHandover(trx, handoverId, { wrongCodes, ...(left === 0 ? { closed: { at: now, why: "codes" } } : {}) });
  await appendToLedger(trx, now, [
    { ...event, kind: "credential.code-wrong", after: { left } },
    ...(left === 0 ? [{ ...event, kind: "credential.link-closed", after: { why: "codes" } }] : []),
  ]);
  return { kind: "wrong", left };
}
