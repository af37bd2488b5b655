import { addHours } from "date-fns/addHours";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { settleAmendments } from "./amendments.ts";
import { type Claim, readClaim } from "./claim-grant.ts";
import { readIfThere, removeAll, search } from "./earlier-effects.ts";
import { END_PRIORITY } from "./end-access.ts";
import { failureOf } from "./failure.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrants, updateGrant } from "./grant-rows.ts";
import { type Held, onHeldGrant } from "./hold-grant.ts";
import { planLateSweep } from "./plan-late-sweep.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/**
 * Takes a grant out of ZPA, with whatever its lost attempts may have left there, and proves that it is gone by asking for it. An end is
 * never given up: what ZPA refuses is shown, with a reference, and tried again.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const endGrant = (ports: ProvisionPorts) => onHeldGrant(ports, "end-grant", (held) => endHeld(ports, held));

async function endHeld(ports: ProvisionPorts, { grantId, job }: Held): Promise<void> {
  const claim = await readClaim(ports, grantId, ({ status }) => status === "ENDING");
  if (claim === null) return;
  try {
    await ports.faultPoint("end.claimed");
    await removeAll(ports, claim, "end");
    await ports.faultPoint("end.deleted");
    await prove(ports, claim);
    await ports.faultPoint("end.proven");
    await markEnded(ports, claim.grant);
    await ports.faultPoint("end.committed");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (REFUSALS.has(error.code) || job.retryCount >= RETRIES_UNTOLD) await markNotEnded(ports, claim.grant, error);
    if (!job.isLast) throw error;
    const startAfter = addHours(ports.clock.now(), 1);
    await ports.jobs.enqueueNow("end-grant", { grantId }, { startAfter, singletonKey: grantId, priority: END_PRIORITY });
  }
}

/** About a minute: what is to be over and may be open is nothing to keep to oneself through an outage. */
const RETRIES_UNTOLD = 5;

const REFUSALS: ReadonlySet<ErrorCode> = new Set(["zpa_refused", "zpa_not_permitted", "zpa_sign_in_failed"]);

/** @throws PortcullisError `zpa_read_back_differs` while something is still there */
async function prove(ports: ProvisionPorts, claim: Claim): Promise<void> {
  const { zpaId } = claim.grant;
  const known = zpaId === null ? null : await readIfThere(ports, claim.grant, zpaId, "end");
  const [left] = known === null ? await search(ports, claim, "end") : [known];
  if (left !== undefined) throw new PortcullisError("zpa_read_back_differs", { params: { fields: "end", id: left.id } });
}

async function markEnded(ports: ProvisionPorts, ended: Grant): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, ended.requestId);
    if ((await lockGrant(trx, ended.id)).status !== "ENDING") return;
    await updateGrant(trx, ended.id, now, { status: "ENDED", failure: null, changingFrom: null });
    await appendToLedger(trx, now, [
      {
        kind: "grant.ended",
        requestId: request.id,
        actor: "portcullis",
        subject: ended.id,
        before: { status: "ENDING", zpaId: ended.zpaId },
        after: { status: "ENDED" },
      },
    ]);
    const open = (await readGrants(trx, request.id)).some(({ status }) => ["PLANNED", "GRANTED", "ENDING"].includes(status));
    if (!open && request.status === "ENDING") await updateRequest(trx, request.id, { status: "ENDED", failure: null });
    await settleAmendments(trx, request.id);
    await planLateSweep(trx, ports.jobs, ended.id, now);
    await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
  });
}

/** It may still be open: everybody who sees the card is to know. */
async function markNotEnded(ports: ProvisionPorts, grant: Grant, error: PortcullisError): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const current = await lockGrant(trx, grant.id);
    if (current.status !== "ENDING" || current.failure !== null) return; // said once, until it is gone
    const failure = failureOf(error, ports.ids.reference(), ports.log, { grantId: grant.id, requestId: grant.requestId });
    await updateGrant(trx, grant.id, now, { failure });
    await appendToLedger(trx, now, [
      { kind: "grant.not-ended", requestId: grant.requestId, actor: "portcullis", subject: grant.id, before: null, after: failure },
    ]);
    await ports.jobs.enqueue(trx, "project-request", { requestId: grant.requestId });
  });
}
