import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import { PortcullisError } from "../../../errors.ts";
import type { Database } from "../../../store/schema.ts";
import { approvalFromRow } from "../../approvals/approval-rows.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import { cronsAt } from "../../schedule/cron.ts";
import { LONGEST_WINDOW_HOURS } from "../change-access.ts";
import { lockGrant, readGrant, readGrants, updateGrant } from "../grant-rows.ts";
import { planRealignment } from "../plan-realignment.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { type AccessRequest, type Amendment, requestLabel } from "../request.ts";
import { lockRequest, updateRequest } from "../request-rows.ts";
import { freeEnd } from "../taken-terms.ts";
import { closeFinding, closeNow, type Outcome } from "./close-finding.ts";
import type { Finding, FindingTerms } from "./finding.ts";
import { fingerprintOfChange, intendedOf } from "./fingerprint.ts";

/** Who has access to what, and since when, is what was approved; only until when and in which hours can be taken over. */
const ADOPTABLE: ReadonlySet<string> = new Set(["endTime", "workingHours", "startTimeCron", "endTimeCron", "timeZone", "days", "hours"]);

/** Whether what stands can become what is intended. Pure. */
export function isAdoptable({ kind, body: { fields, seen } }: Pick<Finding, "kind" | "body">, now: Date): boolean {
  if (kind === "FOREIGN") return true;
  return kind === "CHANGED" && seen !== null && seen.end > now && fields.every((field) => ADOPTABLE.has(field)) && areOwnCrons(seen, now);
}

/** Crons that are not those of their hours would be written anew at the next change of the clocks: nobody could mean them. */
function areOwnCrons({ workingHours, start }: FindingTerms, now: Date): boolean {
  if (workingHours === null) return true;
  try {
    const crons = cronsAt(workingHours, max([start, now]));
    return crons.startTimeCron === workingHours.startTimeCron && crons.endTimeCron === workingHours.endTimeCron;
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return false; // no hours that could be meant
    throw thrown;
  }
}

/**
 * Takes what somebody changed in ZPA over as what is intended, and records it as a change of the access by whoever adopts it. ZPA is not
 * written to. The grant is held.
 *
 * @throws PortcullisError `finding_changed`, `finding_not_possible`
 */
export async function adoptChange(ports: ProvisionPorts, finding: Finding, grantId: string): Promise<Outcome> {
  const now = ports.clock.now();
  const { seen, fields } = finding.body;
  const { wanted } = finding;
  if (seen === null || wanted === null || !isAdoptable(finding, now))
    throw new PortcullisError("finding_not_possible", { params: { verdict: "adopt" } });
  const { requestId, changingFrom, status } = await readGrant(ports.db, grantId);
  if (status === "PLANNED" || changingFrom !== null) return "come-back";
  if (status !== "GRANTED") return closeNow(ports, finding, "GONE");
  const { end, workingHours } = seen;
  await ports.db.transaction().execute(async (trx) => {
    if (!(await closeFinding(ports, trx, finding, "ADOPTED"))) return;
    const request = await lockRequest(trx, requestId);
    const grant = await lockGrant(trx, grantId);
    const isSame = fingerprintOfChange(fields, seen, intendedOf(grant)) === finding.fingerprint;
    if (grant.status !== "GRANTED" || grant.changingFrom !== null || !isSame) throw new PortcullisError("finding_changed");
    const others = (await readGrants(trx, requestId)).filter((each) => each.id !== grantId && ["PLANNED", "GRANTED"].includes(each.status));
    const isFree = (await freeEnd(trx, grant, end)).getTime() === end.getTime();
    // Hours are the request's: with several grants of one request they would no longer be one thing.
    const changesHours = fields.some((field) => field !== "endTime");
    if (!isFree || request.window === null || (changesHours && others.length > 0))
      throw new PortcullisError("finding_not_possible", { params: { verdict: "adopt" } });
    await refuseTooLong(trx, request, end);
    await updateGrant(trx, grantId, now, { end, workingHours, failure: null });
    const window = { start: request.window.start, end: max([end, ...others.map((other) => other.end)]) };
    const hours =
      workingHours === null
        ? null
        : { days: workingHours.days, start: workingHours.start, end: workingHours.end, timeZone: workingHours.timeZone };
    const time = changesHours ? { ...request.time, workingHours: hours } : request.time;
    const amendment: Amendment = {
      id: finding.id,
      by: wanted.by,
      at: now,
      reason: wanted.reason,
      before: { end: request.window.end, workingHours: request.time.workingHours },
      after: { end: window.end, workingHours: time.workingHours },
      outcome: "WRITTEN",
      failure: null,
    };
    await updateRequest(trx, requestId, { window, time, amendments: [...request.amendments, amendment] });
    const { before, after, reason } = amendment;
    await appendToLedger(trx, now, [
      {
        kind: "access.amended",
        requestId,
        actor: wanted.by,
        subject: requestLabel(request),
        before,
        after: { ...after, reason, adopted: finding.id },
      },
    ]);
    await planRealignment(trx, ports.jobs, { ...grant, end, workingHours }, now);
    await ports.jobs.enqueue(trx, "end-request", { requestId }, { startAfter: window.end });
    await ports.jobs.enqueue(trx, "warn-end", { requestId });
    await ports.jobs.enqueue(trx, "project-request", { requestId });
  });
  return "done";
}

/** Nobody could have had it longer by asking, or by a change. @throws PortcullisError `window_over_rules` */
async function refuseTooLong(trx: Transaction<Database>, { id, window, consoles }: AccessRequest, end: Date): Promise<void> {
  if (window === null || end <= window.end) return;
  const row = await trx.selectFrom("approval").selectAll().where("request_id", "=", id).executeTakeFirst();
  const limit = (row === undefined ? null : approvalFromRow(row).rules.longestWindowHours) ?? LONGEST_WINDOW_HOURS;
  if (end.getTime() - window.start.getTime() > limit * 60 * 60 * 1000)
    throw new PortcullisError("window_over_rules", { params: { limit, consoles: consoles.map(({ name }) => name).join(", ") } });
}
