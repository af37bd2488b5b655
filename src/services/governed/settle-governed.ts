import { addHours } from "date-fns/addHours";
import type { Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { JobAttempt } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import { failureOf } from "../access/failure.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Person } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import type { SailPointClient } from "../sailpoint/sailpoint-client.ts";
import { connectedSince, type GovernedApproval, lockGoverned, readGoverned, updateGoverned } from "./governed-rows.ts";
import { judgeApproval } from "./judge-approval.ts";
import { type OpenGovernedPorts, openGoverned } from "./open-governed.ts";
import { personBehind } from "./person-by-email.ts";
import { type GovernedPlan, type PlanPorts, planGoverned } from "./plan-governed.ts";
import { rememberShown } from "./see-governed.ts";
import { withdrawGoverned } from "./withdraw-governed.ts";

export interface SettleGovernedPorts extends PlanPorts, OpenGovernedPorts {
  readonly sailpoint: { readonly approvals: Pick<SailPointClient["approvals"], "get"> };
  readonly types: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
  readonly metrics?: Metrics;
}

/** What says nothing about the approval: the job comes back. */
export const isPassing = (code: ErrorCode): boolean =>
  code.startsWith("slack_") ||
  (code.startsWith("sailpoint_") && code !== "sailpoint_not_found") ||
  ["database_unreachable", "catalog_empty", "unexpected"].includes(code);

/** What comes of a decided approval. */
type Outcome =
  | { readonly kind: "granted"; readonly plan: GovernedPlan }
  | { readonly kind: "refused"; readonly error: PortcullisError; readonly requestee: Person | null }
  | { readonly kind: "not-ours" };

/**
 * Reads an approval in SailPoint again, and makes of it what follows: requests with planned grants, a refusal that is told once, or the end
 * of what it opened. All that follows is one transaction under the approval's row lock, and is made once however often, and on however many
 * replicas, the job runs. While SailPoint or Slack cannot be asked, or SailPoint does not say what it said before, nothing is made; the job
 * comes back, in the end every hour.
 *
 * @throws PortcullisError what keeps it from being settled now
 */
export const settleGoverned =
  (ports: SettleGovernedPorts) =>
  async ({ sailpointId }: { readonly sailpointId: string }, attempt: Pick<JobAttempt, "isLast">): Promise<void> => {
    const { db, jobs, clock } = ports;
    try {
      const known = await readGoverned(db, sailpointId);
      if (known?.status === "WATCHED") await readWhole(ports, known);
      if (known?.status === "DUE") await settle(ports, known);
      if (known?.status === "WITHDRAWING") await withdrawGoverned(ports, known);
    } catch (thrown) {
      if (attempt.isLast)
        await jobs.enqueueNow("settle-governed", { sailpointId }, { startAfter: addHours(clock.now(), 1), singletonKey: sailpointId });
      throw thrown;
    }
  };

/** Of one that waits, what a list did not say of its attributes is asked for, before anybody decides on them. */
async function readWhole(ports: SettleGovernedPorts, { sailpointId }: GovernedApproval): Promise<void> {
  const approval = await ports.sailpoint.approvals.get(sailpointId);
  if (approval.status !== "PENDING") return; // whoever looks at what is decided finds it
  await ports.db.transaction().execute(async (trx) => {
    const locked = await lockGoverned(trx, sailpointId);
    if (locked !== null) await rememberShown(trx, locked, approval, ports.clock.now());
  });
}

async function settle(ports: SettleGovernedPorts, known: GovernedApproval): Promise<void> {
  const outcome = await outcomeOf(ports, known);
  const isSettledNow = await ports.db.transaction().execute(async (trx) => {
    const locked = await lockGoverned(trx, known.sailpointId);
    if (locked?.status !== "DUE") return false;
    await write(ports, trx, locked, outcome);
    await ports.faultPoint("governed.before-commit");
    return true;
  });
  await ports.faultPoint("governed.committed");
  if (isSettledNow && outcome.kind === "granted") for (const _ of outcome.plan.parts) ports.metrics?.request("submitted");
}

/** @throws PortcullisError what says nothing about the approval */
async function outcomeOf(ports: SettleGovernedPorts, known: GovernedApproval): Promise<Outcome> {
  let requestee: Person | null = null;
  try {
    const approval = await read(ports, known);
    const connectedAt = await connectedSince(ports.db, known.type);
    if (connectedAt === null) throw new PortcullisError("unexpected", { params: { reason: "the type is on the list and not connected" } });
    const judged = judgeApproval(approval, known, connectedAt);
    if (judged.kind === "not-ours") return judged;
    if (judged.kind === "undecided") throw new PortcullisError("sailpoint_answer_not_understood", { params: { status: approval.status } });
    const person = await requesteeOf(ports, approval);
    if (!(person instanceof PortcullisError)) requestee = person;
    if (judged.kind === "refused") throw judged.error;
    if (person instanceof PortcullisError) throw person;
    return { kind: "granted", plan: await planGoverned(ports)(approval, judged, person, ports.clock.now()) };
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (isPassing(error.code)) throw thrown;
    return { kind: "refused", error, requestee };
  }
}

async function read(ports: SettleGovernedPorts, { sailpointId, type }: GovernedApproval): Promise<SailPointApproval> {
  const notListed = (found: string | null) => new PortcullisError("governed_type_not_listed", { params: { type: found ?? "" } });
  if (!ports.types.includes(type)) throw notListed(type);
  const approval = await ports.sailpoint.approvals.get(sailpointId);
  await ports.faultPoint("governed.read");
  if (approval.type !== type) throw notListed(approval.type);
  return approval;
}

/** Whom it is for, or what speaks against them. */
async function requesteeOf(ports: SettleGovernedPorts, { requestee }: SailPointApproval): Promise<Person | PortcullisError> {
  try {
    return await personBehind(ports)(requestee ?? { email: null, type: null, name: null });
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code === "governed_person_unknown" || isVerdictOnPerson(error.code)) return error;
    throw error;
  }
}

async function write(
  ports: SettleGovernedPorts,
  trx: Transaction<Database>,
  { sailpointId, name, type }: GovernedApproval,
  outcome: Outcome,
): Promise<void> {
  const now = ports.clock.now();
  switch (outcome.kind) {
    case "not-ours":
      return updateGoverned(trx, sailpointId, { status: "NOT_OURS", settledAt: now });
    case "granted": {
      const requestIds = await openGoverned(ports, trx, outcome.plan, now);
      const requesteeUserId = outcome.plan.beneficiary.userId;
      return updateGoverned(trx, sailpointId, { status: "GRANTED", requestIds, requesteeUserId, settledAt: now });
    }
    case "refused": {
      const refusal = failureOf(outcome.error, ports.ids.reference(), ports.log, { sailpointId });
      const requesteeUserId = outcome.requestee?.userId ?? null;
      await updateGoverned(trx, sailpointId, { status: "REFUSED", refusal, requesteeUserId, settledAt: now });
      const after = { ...refusal, sailpoint: { approvalId: sailpointId, approvalType: type, approvalName: name }, requesteeUserId };
      await appendToLedger(trx, now, [
        { kind: "governed.refused", requestId: null, actor: "portcullis", subject: sailpointId, before: null, after },
      ]);
      return ports.jobs.enqueue(trx, "tell-governed", { sailpointId });
    }
  }
}
