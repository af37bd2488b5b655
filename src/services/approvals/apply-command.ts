import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { changeTerms } from "../access/change-terms.ts";
import type { Approval, Holder } from "./approval.ts";
import type { ApprovalEvent } from "./approval-events.ts";
import { lockApproval, recordEvents, saveApproval } from "./approval-rows.ts";
import { type ApprovalCommand, decide } from "./decide.ts";
import { handOn } from "./hand-on.ts";
import { NOBODY_ASKED, type Presence } from "./presence.ts";
import type { Decided } from "./settle.ts";
import { heardAt, nextDue, passTime } from "./timers.ts";

export interface ApplyPorts {
  readonly jobs: Jobs;
  /** Who takes a seat that nobody else can: the administrators, in order. */
  readonly admins: readonly Holder[];
  /** What follows in the same transaction once an approval is no longer pending. */
  readonly onSettled: (trx: Transaction<Database>, approval: Approval, now: Date) => Promise<void>;
}

/**
 * Applies a command to an approval under its row's lock: state, ledger events, what follows, and the jobs that redraw the cards and
 * wait for the next timer, all in the caller's transaction. What the clock has brought by now comes first, so that a deadline counts
 * also when its job is late.
 *
 * @param asked when the command came in. Whoever waited for the lock acts no earlier than what happened meanwhile: decisions, and with
 *   them the ledger, stand in the order in which they were made, also between replicas whose clocks differ.
 * @param presence who has left, where the caller asked because the clock has something to do
 * @throws PortcullisError whatever `decide` refuses, `approval_unknown`
 */
export async function applyCommand(
  ports: ApplyPorts,
  trx: Transaction<Database>,
  approvalId: string,
  command: ApprovalCommand,
  asked: Date,
  presence: Presence = NOBODY_ASKED,
): Promise<Approval> {
  const before = await lockApproval(trx, approvalId);
  const now = max([asked, before.modifiedAt]);
  const passed = passTime(before, now, standInsOf(before, ports.admins), presence);
  const decided = decide(passed.approval, command, now);
  return store(ports, trx, before, { approval: decided.approval, events: [...passed.events, ...decided.events] }, now);
}

/**
 * What the clock alone has brought by now (reminders, escalations, the deadline), and what has become of the seats of those who left.
 *
 * @param reference under which the log says that nobody is left
 * @returns what has happened, with the approval as it is now
 */
export async function applyTime(
  ports: ApplyPorts,
  trx: Transaction<Database>,
  approvalId: string,
  { rung, presence, reference }: { readonly rung: Date; readonly presence: Presence; readonly reference: string },
): Promise<Decided> {
  const before = await lockApproval(trx, approvalId);
  const now = max([rung, before.modifiedAt]);
  const passed = passTime(before, now, standInsOf(before, ports.admins), presence);
  const [fallback = null] = standInsOf(before, []);
  const handed = handOn(passed.approval, { now, presence, fallback, admins: ports.admins, reference });
  const events = [...passed.events, ...handed.events];
  if (events.length > 0) await store(ports, trx, before, { approval: handed.approval, events }, now);
  return { approval: handed.approval, events };
}

/** Has the next timer of an approval ring, if one is left. */
export async function planTimer(jobs: Jobs, trx: Transaction<Database>, approval: Approval, now: Date): Promise<void> {
  const startAfter = nextDue(approval, now);
  if (startAfter !== null) await jobs.enqueue(trx, "approval-timer", { approvalId: approval.id }, { startAfter });
}

async function store(ports: ApplyPorts, trx: Transaction<Database>, before: Approval, { approval, events }: Decided, now: Date) {
  await saveApproval(trx, approval);
  await recordEvents(trx, approval, events);
  // Before anything follows from the decision: what is granted is what was approved.
  for (const event of events) if (event.kind === "request.changed") await changeTerms(trx, approval.requestId, event.after);
  if (approval.status !== "PENDING") await ports.onSettled(trx, approval, now);
  if (nextDue(approval)?.getTime() !== nextDue(before)?.getTime()) await planTimer(ports.jobs, trx, approval, now);
  await ports.jobs.enqueue(trx, "project-request", { requestId: approval.requestId });
  await planLateNudge(ports.jobs, trx, approval, events);
  return approval;
}

/** Approvers hear of a nudge that falls into quiet hours when those end. */
async function planLateNudge(jobs: Jobs, trx: Transaction<Database>, approval: Approval, events: readonly ApprovalEvent[]): Promise<void> {
  const nudge = events.find(({ kind }) => kind === "approval.nudged");
  if (nudge === undefined || approval.status !== "PENDING") return;
  const startAfter = heardAt(approval, nudge.at);
  if (startAfter > nudge.at) await jobs.enqueue(trx, "project-request", { requestId: approval.requestId }, { startAfter });
}

/** The fallback approver of the configuration first. */
export const standInsOf = ({ config: { fallbackApprover } }: Pick<Approval, "config">, admins: readonly Holder[]): Holder[] => [
  ...(fallbackApprover ? [holderNamed(fallbackApprover.identityID, fallbackApprover.type)] : []),
  ...admins,
];

const holderNamed = (id: string, type: "IDENTITY" | "GOVERNANCE_GROUP" | undefined): Holder =>
  type === "GOVERNANCE_GROUP" ? { kind: "group", groupId: id } : { kind: "person", userId: id };
