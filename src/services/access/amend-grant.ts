import { fromUnknown, PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { settleAmendments } from "./amendments.ts";
import { readClaim } from "./claim-grant.ts";
import { alignedAt } from "./crons-of-grant.ts";
import { failureOf } from "./failure.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, updateGrant } from "./grant-rows.ts";
import { type Held, onHeldGrant } from "./hold-grant.ts";
import { differences, draftOf, sameTerms } from "./matching.ts";
import { planRealignment } from "./plan-realignment.ts";
import { REFUSALS } from "./provision-grant.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { lockRequest } from "./request-rows.ts";
import { revertTerms } from "./revert-terms.ts";

/**
 * Writes a grant's changed end and hours to ZPA, as a whole object with the start that it has, and proves it by reading it back. What
 * ZPA refuses is taken back: then the grant says again what stands.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const amendGrant = (ports: ProvisionPorts) => onHeldGrant(ports, "amend-grant", (held) => amendHeld(ports, held));

async function amendHeld(ports: ProvisionPorts, { grantId, job, confirm }: Held): Promise<void> {
  const claim = await readClaim(ports, grantId, ({ status, changingFrom }) => status === "GRANTED" && changingFrom !== null);
  if (claim === null) return;
  try {
    await ports.faultPoint("amend.claimed");
    const amended = await write(ports, alignedAt(claim.grant, ports.clock.now()), confirm);
    await ports.faultPoint("amend.read-back");
    await markAmended(ports, amended);
    await ports.faultPoint("amend.committed");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (!REFUSALS.has(error.code) && error.code !== "zpa_read_back_differs" && !job.isLast) throw error;
    await markRefused(ports, claim.grant, error);
  }
}

async function write(ports: ProvisionPorts, grant: Grant, confirm: Held["confirm"]): Promise<Grant> {
  if (grant.zpaId === null) throw new PortcullisError("zpa_not_found");
  const place = { microtenantId: grant.microtenantId };
  const draft = draftOf(grant);
  const found = await ports.zpa.approvals.get(grant.zpaId, place);
  if (differences(found, draft).length === 0) return grant;
  await confirm();
  await ports.zpa.approvals.update(found, draft);
  await ports.faultPoint("amend.written");
  const fields = differences(await ports.zpa.approvals.get(grant.zpaId, place), draft);
  if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: grant.zpaId } });
  return grant;
}

/** The read-back agreed. What was changed once more meanwhile is written next. */
async function markAmended(ports: ProvisionPorts, amended: Grant): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    await lockRequest(trx, amended.requestId);
    const wanted = await lockGrant(trx, amended.id);
    if (wanted.status !== "GRANTED") return;
    const { workingHours, end } = amended;
    const isCurrent = sameTerms(wanted, amended);
    const terms = isCurrent ? { workingHours, changingFrom: null } : { changingFrom: { end, workingHours } };
    await updateGrant(trx, amended.id, now, { ...terms, failure: null });
    await appendToLedger(trx, now, [
      {
        kind: "grant.amended",
        requestId: amended.requestId,
        actor: "portcullis",
        subject: amended.id,
        before: amended.changingFrom,
        after: { end, workingHours },
      },
    ]);
    if (isCurrent) await planRealignment(trx, ports.jobs, amended, now);
    else await ports.jobs.enqueue(trx, "amend-grant", { grantId: amended.id });
    await settleAmendments(trx, amended.requestId);
    await ports.jobs.enqueue(trx, "project-request", { requestId: amended.requestId });
  });
}

async function markRefused(ports: ProvisionPorts, grant: Grant, error: PortcullisError): Promise<void> {
  const failure = failureOf(error, ports.ids.reference(), ports.log, { grantId: grant.id, requestId: grant.requestId });
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    await revertTerms(trx, ports.jobs, grant, failure, now);
  });
}
