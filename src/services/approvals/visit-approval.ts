import type { Kysely } from "kysely";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import type { People } from "../directory/person.ts";
import { type ApplyPorts, applyTime, standInsOf } from "./apply-command.ts";
import type { Approval, Holder } from "./approval.ts";
import { readApproval } from "./approval-rows.ts";
import { countSettled } from "./count-settled.ts";
import { concernedBy, lookUpPresence } from "./look-up-presence.ts";
import { NOBODY_ASKED, type Presence } from "./presence.ts";
import { voicedUserIds } from "./seats.ts";
import type { Decided } from "./settle.ts";
import { dueAt } from "./timers.ts";

export interface VisitPorts extends ApplyPorts {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "trusted" | "membersOf">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics?: Metrics;
}

/**
 * Brings about what time, and those who left, make of a pending approval. Slack is asked who is here before the lock is taken; under it
 * only seats that are still held by somebody who left change hands.
 */
export const visitApproval =
  ({ db, clock, ids, log, people, metrics, ...ports }: VisitPorts) =>
  async (approvalId: string): Promise<Decided> => {
    const seen = await readApproval(db, approvalId);
    if (seen.status !== "PENDING") return { approval: seen, events: [] };
    const deadline = dueAt(seen);
    const isOver = deadline !== null && deadline <= clock.now();
    const presence = isOver ? NOBODY_ASKED : await presenceFor({ db, people, log }, seen, ports.admins);
    const reference = ids.reference();
    const visited = await db.transaction().execute((trx) => applyTime(ports, trx, approvalId, { rung: clock.now(), presence, reference }));
    if (visited.events.length > 0) countSettled(metrics, visited.approval);
    const { requestId } = seen;
    if (visited.events.some(({ kind }) => kind === "approval.stranded"))
      log.error({ approvalId, requestId, reference }, "approval.nobody-left");
    return visited;
  };

/** Who is here of those with whom an approval's clock may have to do. */
export async function presenceFor(
  { db, people, log }: Pick<VisitPorts, "db" | "people" | "log">,
  approval: Approval,
  admins: readonly Holder[],
): Promise<Presence> {
  const { requester } = await db.selectFrom("request").select("requester").where("id", "=", approval.requestId).executeTakeFirstOrThrow();
  const { teamId } = z.object({ teamId: z.string() }).parse(requester);
  const barred = approval.config.selfApproval === "ALLOWED" ? [] : [approval.requesterUserId, approval.beneficiaryUserId];
  const holders = concernedBy(approval, standInsOf(approval, admins));
  return lookUpPresence({ people, log }, { teamId, holders, barred, voiced: voicedUserIds(approval) });
}
