import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { type ApplyPorts, applyCommand, standInsOf } from "./apply-command.ts";
import type { Approval } from "./approval.ts";
import { readApproval } from "./approval-rows.ts";
import { refuseDeadEnd } from "./assignee.ts";
import { countSettled } from "./count-settled.ts";
import { type ApprovalCommand, type Decider, decide } from "./decide.ts";
import { NOBODY_ASKED } from "./presence.ts";
import { nextDue, passTime } from "./timers.ts";
import { presenceFor } from "./visit-approval.ts";

export interface DecidePorts extends ApplyPorts {
  readonly db: Kysely<Database>;
  readonly people: People;
  readonly clock: Clock;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
  readonly metrics?: Metrics;
}

/** A command as it comes in: who acted is what Slack signed, and nothing else about them is believed. */
export type PersonCommand = DistributiveOmit<ApprovalCommand, "by"> & { readonly by: SlackActor };
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * Applies one person's command to an approval. State, ledger events and follow-up jobs are one transaction under the row's lock,
 * so that of two people who click at once exactly one decides and the other is told who was first.
 *
 * @throws PortcullisError whatever `decide` or `people.trusted` refuses, `reassign_not_possible`, `approval_unknown`
 */
export const decideApproval =
  ({ db, people, clock, log, faultPoint, metrics, ...ports }: DecidePorts) =>
  async (approvalId: string, command: PersonCommand): Promise<Approval> => {
    // Slack is asked before the lock is taken: a slow answer must not hold up the other decider.
    const by = await deciderOf(db, people, approvalId, command.by);
    const seen = await readApproval(db, approvalId);
    if (command.kind === "reassign") await refuseDeadEnd(people, seen, { ...command, by }, clock.now());
    const due = nextDue(seen, clock.now());
    const isLate = due !== null && due <= clock.now();
    const presence = isLate ? await presenceFor({ db, people, log }, seen, ports.admins) : NOBODY_ASKED;
    const settled = await db.transaction().execute(async (trx) => {
      const approval = await applyCommand(ports, trx, approvalId, { ...command, by }, clock.now(), presence);
      await faultPoint("decision.before-commit");
      return approval;
    });
    metrics?.decision(command.kind);
    countSettled(metrics, settled);
    await faultPoint("decision.committed");
    return settled;
  };

/**
 * Whether this person may decide now, before a form asks for a reason.
 * @throws PortcullisError as the decision itself would
 */
export const mayDecide =
  ({ db, people, clock, admins }: Pick<DecidePorts, "db" | "people" | "clock" | "admins">) =>
  async (approvalId: string, version: number, actor: SlackActor): Promise<Approval> => {
    const by = await deciderOf(db, people, approvalId, actor);
    const stored = await readApproval(db, approvalId);
    const now = clock.now();
    const { approval } = passTime(stored, now, standInsOf(stored, admins)); // the deadline's job may be late
    decide(approval, { kind: "reject", by, version, comment: "rehearsal" }, now);
    return stored;
  };

/**
 * Who acts, with what counts for this approval, asked of Slack now.
 * @throws PortcullisError whatever `people.trusted` refuses, `approval_unknown`
 */
export async function deciderOf(db: Kysely<Database>, people: People, approvalId: string, actor: SlackActor): Promise<Decider> {
  const { teamId, userId, zpaUser } = await people.trusted(actor);
  const { seats } = await readApproval(db, approvalId);
  const groups = seats.flatMap(({ holder }) => (holder.kind === "group" ? [holder.groupId] : []));
  const [groupIds, isAdmin] = await Promise.all([groups.length === 0 ? [] : people.groupsOf(userId, groups), people.isAdmin(userId)]);
  return { teamId, userId, zpaUser, groupIds, isAdmin };
}
