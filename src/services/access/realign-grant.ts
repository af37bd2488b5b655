import { addHours } from "date-fns/addHours";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { alignedAt } from "./crons-of-grant.ts";
import { failureOf } from "./failure.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrant, updateGrant } from "./grant-rows.ts";
import { type Held, onHeldGrant } from "./hold-grant.ts";
import { differences, draftOf } from "./matching.ts";
import { planNextChange } from "./plan-realignment.ts";
import type { ProvisionPorts } from "./provision-ports.ts";

/** What a visit came to: the crons are right now, or a person changed the hours in ZPA and they are theirs to keep. */
type Visit = { readonly kind: "aligned" } | { readonly kind: "changed-elsewhere"; readonly fields: readonly string[] };

/**
 * Writes a grant's crons as the zone's offset now wants them, into the object as ZPA holds it: what a person changed there (a shorter
 * end, other hours) is left as it is and noted. Reads them back, and plans the visit at the next change whatever came of this one.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const realignGrant = (ports: ProvisionPorts) => onHeldGrant(ports, "realign-grant", (held) => realignHeld(ports, held));

async function realignHeld(ports: ProvisionPorts, { grantId, job, confirm }: Held): Promise<void> {
  const now = ports.clock.now();
  const grant = await readGrant(ports.db, grantId);
  if (grant.status !== "GRANTED" || grant.workingHours === null || grant.end <= now) return;
  // The run that writes the change takes the crons of its own instant, and plans the next visit.
  if (grant.changingFrom !== null) return;
  const aligned = alignedAt(grant, now);
  try {
    const visit = await bringIntoStep(ports, grant, aligned, confirm);
    if (visit.kind === "aligned") await conclude(ports, aligned, "grant.realigned", { workingHours: aligned.workingHours });
    else await conclude(ports, grant, "grant.changed-elsewhere", { fields: visit.fields });
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (!FINAL.has(error.code) && !job.isLast) throw error;
    const failure = failureOf(error, ports.ids.reference(), ports.log, { grantId, requestId: grant.requestId });
    await conclude(ports, { ...grant, failure }, "grant.not-realigned", failure);
    // Hours that are off by an hour for months are not left at that.
    const startAfter = addHours(ports.clock.now(), 1);
    await ports.jobs.enqueueNow("realign-grant", { grantId }, { startAfter, singletonKey: `${grantId}:again` });
  }
}

const FINAL: ReadonlySet<ErrorCode> = new Set(["zpa_refused", "zpa_not_permitted", "zpa_not_found", "zpa_read_back_differs"]);

async function bringIntoStep(ports: ProvisionPorts, grant: Grant, aligned: Grant, confirm: Held["confirm"]): Promise<Visit> {
  const { zpaId, workingHours } = aligned;
  if (zpaId === null || workingHours === null) throw new PortcullisError("zpa_not_found");
  const place = { microtenantId: grant.microtenantId };
  const found = await ports.zpa.approvals.get(zpaId, place);
  const changed = differences(found, draftOf(grant)).filter((field) => !isCron(field));
  if (changed.some((field) => HOURS.has(field))) return { kind: "changed-elsewhere", fields: changed };
  const draft = {
    ...draftOf(aligned),
    email: found.emailIds[0] ?? grant.email,
    segmentIds: found.segmentIds,
    start: found.start,
    end: found.end,
  };
  if (differences(found, draft).length === 0) return { kind: "aligned" };
  await confirm();
  await ports.zpa.approvals.update(found, draft);
  const fields = differences(await ports.zpa.approvals.get(zpaId, place), draft);
  if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: zpaId } });
  return { kind: "aligned" };
}

/** Fields that say which hours are meant; crons follow them. */
const HOURS: ReadonlySet<string> = new Set(["workingHours", "timeZone", "days", "hours"]);
const isCron = (field: string): boolean => field === "startTimeCron" || field === "endTimeCron";

async function conclude(ports: ProvisionPorts, grant: Grant, kind: string, after: object): Promise<void> {
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const before = await lockGrant(trx, grant.id);
    // Changed, or to end, since this run read it: that run has the last word.
    if (before.status !== "GRANTED" || before.changingFrom !== null) return;
    await updateGrant(trx, grant.id, now, {
      workingHours: grant.workingHours,
      failure: kind === "grant.not-realigned" ? grant.failure : null,
    });
    await appendToLedger(trx, now, [
      { kind, requestId: grant.requestId, actor: "portcullis", subject: grant.id, before: { workingHours: before.workingHours }, after },
    ]);
    await planNextChange(trx, ports.jobs, grant, now);
    await ports.jobs.enqueue(trx, "project-request", { requestId: grant.requestId });
  });
}
