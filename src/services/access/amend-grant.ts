import { addHours } from "date-fns/addHours";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { settleAmendments } from "./amendments.ts";
import { readClaim } from "./claim-grant.ts";
import { alignedAt } from "./crons-of-grant.ts";
import { readIfThere } from "./earlier-effects.ts";
import { failureOf } from "./failure.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, updateGrant } from "./grant-rows.ts";
import { type Held, onHeldGrant } from "./hold-grant.ts";
import { differences, draftOf, sameTerms } from "./matching.ts";
import { planAgain } from "./plan-again.ts";
import { planRealignment } from "./plan-realignment.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { lockRequest } from "./request-rows.ts";
import { revertTerms } from "./revert-terms.ts";

/**
 * Writes a grant's changed end and hours to ZPA, as a whole object with the start that it has, and proves it by reading it back. What ZPA
 * refuses is taken back: then the grant says again what stands. An end that comes earlier is never given up: what ZPA would not shorten is
 * taken away when its time has come. Where nobody knows what ZPA holds, nothing is taken back either.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const amendGrant = (ports: ProvisionPorts) => onHeldGrant(ports, "amend-grant", (held) => amendHeld(ports, held));

async function amendHeld(ports: ProvisionPorts, { grantId, job, confirm }: Held): Promise<void> {
  const claim = await readClaim(ports, grantId, ({ status, changingFrom }) => status === "GRANTED" && changingFrom !== null);
  if (claim === null) return;
  const { grant } = claim;
  try {
    await ports.faultPoint("amend.claimed");
    const amended = await write(ports, alignedAt(grant, ports.clock.now()), confirm);
    await ports.faultPoint("amend.read-back");
    if (amended === "over-in-zpa") return await makeAnew(ports, grant);
    await markAmended(ports, amended);
    await ports.faultPoint("amend.committed");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (NO_EFFECT.has(error.code) && !isShortened(grant)) return await markRefused(ports, grant, error);
    if (!NO_EFFECT.has(error.code) && !job.isLast) throw error;
    await markNotYet(ports, grant, error);
  }
}

/** Answers that prove that nothing was written. */
const NO_EFFECT: ReadonlySet<ErrorCode> = new Set(["zpa_refused", "zpa_not_found"]);

const isShortened = ({ end, changingFrom }: Grant): boolean => changingFrom !== null && end < changingFrom.end;

async function write(ports: ProvisionPorts, grant: Grant, confirm: Held["confirm"]): Promise<Grant | "over-in-zpa"> {
  const found = grant.zpaId === null ? null : await readIfThere(ports, grant, grant.zpaId);
  const now = ports.clock.now();
  // ZPA changes nothing that is over: an extension that comes after the old end is a privileged approval of its own.
  if (isOver(found?.end ?? grant.changingFrom?.end ?? grant.end, now)) return "over-in-zpa";
  if (found === null) throw new PortcullisError("zpa_not_found");
  const draft = draftOf(grant);
  if (differences(found, draft).length === 0) return grant;
  await confirm();
  await ports.zpa.approvals.update(found, draft);
  await ports.faultPoint("amend.written");
  const fields = differences(await ports.zpa.approvals.get(found.id, { microtenantId: grant.microtenantId }), draft);
  if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: found.id } });
  return grant;
}

const isOver = (end: Date, now: Date): boolean => end <= now;

/** The window's own end, where that has come, is for the job that ends requests. */
async function makeAnew(ports: ProvisionPorts, { id, requestId }: Grant): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    await lockRequest(trx, requestId);
    const current = await lockGrant(trx, id);
    if (current.status === "GRANTED" && !isOver(current.end, now)) await planAgain(trx, ports.jobs, current, "portcullis", now);
  });
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
  await ports.db.transaction().execute((trx) => revertTerms(ports, trx, { grant, failure }, now));
}

/** What is wanted stays wanted: said once, and tried again every hour. */
async function markNotYet(ports: ProvisionPorts, { id, requestId }: Grant, error: PortcullisError): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const current = await lockGrant(trx, id);
    if (current.status !== "GRANTED" || current.changingFrom === null || current.failure !== null) return;
    const failure = failureOf(error, ports.ids.reference(), ports.log, { grantId: id, requestId });
    await updateGrant(trx, id, now, { failure });
    await appendToLedger(trx, now, [
      { kind: "grant.not-amended-yet", requestId, actor: "portcullis", subject: id, before: current.changingFrom, after: failure },
    ]);
    await ports.jobs.enqueue(trx, "project-request", { requestId });
  });
  await ports.jobs.enqueueNow("amend-grant", { grantId: id }, { startAfter: addHours(now, 1), singletonKey: id });
}
