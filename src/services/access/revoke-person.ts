import type { Kysely } from "kysely";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { type ApplyPorts, applyCommand } from "../approvals/apply-command.ts";
import type { Decider } from "../approvals/decide.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { endAccess } from "./end-access.ts";
import { failureOf } from "./failure.ts";
import type { EndPorts } from "./finish-access.ts";
import { mayBeOpen } from "./may-be-open.ts";
import type { PersonItem, PersonOutcome } from "./overview.ts";
import { type AccessRequest, requestLabel } from "./request.ts";
import { requestFromRow } from "./request-rows.ts";

export interface RevokePersonPorts extends Omit<EndPorts, "people">, ApplyPorts {
  readonly people: Pick<People, "trusted" | "isAdmin">;
  readonly db: Kysely<Database>;
  readonly ids: Ids;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
}

/** An administrator in Slack, or an account of the machine, which the control socket or the database let in. */
export type Revoker = SlackActor | { readonly osUser: string };

/** What would end and be withdrawn. @throws PortcullisError `admins_only`, whatever `people.trusted` refuses */
export const previewRevokePerson =
  (ports: Pick<RevokePersonPorts, "db" | "people">) =>
  async ({ userId, by }: { readonly userId: string; readonly by: Revoker }): Promise<readonly PersonItem[]> => {
    await administratorOf(ports, by);
    return itemsOf(ports.db, userId);
  };

/**
 * Takes everything from a person: every access that stands or is on its way, and every request by or for them that waits. Each is a
 * transaction of its own, so that one that fails stops no other; what is decided meanwhile is ended in the next round.
 *
 * @throws PortcullisError `admins_only`, `comment_required`, whatever `people.trusted` refuses
 */
export const revokePerson =
  (ports: RevokePersonPorts) =>
  async ({
    userId,
    reason: typed,
    by,
  }: {
    readonly userId: string;
    readonly reason: string;
    readonly by: Revoker;
  }): Promise<readonly PersonOutcome[]> => {
    const admin = await administratorOf(ports, by);
    const reason = typed.trim();
    if (reason === "") throw new PortcullisError("comment_required", { field: "reason" });
    const outcomes = new Map<string, PersonOutcome>();
    for (let round = 0; round < ROUNDS; round++) {
      const due = (await itemsOf(ports.db, userId)).filter(({ requestId, does }) => isDue(outcomes.get(requestId), does));
      if (due.length === 0) break;
      for (const item of due) outcomes.set(item.requestId, await revoke(ports, item, admin, reason));
    }
    return [...outcomes.values()].toSorted((a, b) => a.label.localeCompare(b.label, "en", { numeric: true }));
  };

const ROUNDS = 3;

/** Not seen yet, or withdrawn too late: it was approved meanwhile. */
const isDue = (before: PersonOutcome | undefined, does: PersonItem["does"]): boolean =>
  before === undefined || (before.outcome === "NOTHING" && before.does === "CANCEL" && does === "END");

async function revoke(ports: RevokePersonPorts, item: PersonItem, by: Decider, reason: string): Promise<PersonOutcome> {
  const now = ports.clock.now();
  try {
    if (item.does === "END") {
      const ending = { cause: "REVOKED", by: by.userId, reason, at: now } as const;
      const { status } = await ports.db.transaction().execute((trx) => endAccess(trx, ports.jobs, item.requestId, ending));
      await ports.faultPoint("end.wanted");
      return { ...item, outcome: status === "ENDED" ? "ENDED" : "ENDING", failure: null };
    }
    const { id } = await ports.db.selectFrom("approval").select("id").where("request_id", "=", item.requestId).executeTakeFirstOrThrow();
    await ports.db.transaction().execute((trx) => applyCommand(ports, trx, id, { kind: "cancel", by, comment: reason }, now));
    return { ...item, outcome: "CANCELLED", failure: null };
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code === "access_not_open" || error.code === "already_decided") return { ...item, outcome: "NOTHING", failure: null };
    const failure = failureOf(error, ports.ids.reference(), ports.log, { requestId: item.requestId });
    return { ...item, outcome: "FAILED", failure };
  }
}

async function administratorOf({ people }: Pick<RevokePersonPorts, "people">, by: Revoker): Promise<Decider> {
  if ("osUser" in by) return { teamId: "", userId: `cli:${by.osUser}`, zpaUser: "", groupIds: [], isAdmin: true };
  const { teamId, userId, zpaUser } = await people.trusted(by);
  if (!(await people.isAdmin(userId))) throw new PortcullisError("admins_only");
  return { teamId, userId, zpaUser, groupIds: [], isAdmin: true };
}

/** The access of a person, and the requests by or for them that wait, in the order of their numbers. */
async function itemsOf(db: Kysely<Database>, userId: string): Promise<readonly PersonItem[]> {
  const rows = await db
    .selectFrom("request")
    .selectAll()
    .where((where) =>
      where.or([
        where.and([
          where("beneficiary_user_id", "=", userId),
          where("status", "in", ["GRANTING", "GRANTED", "FAILED"]),
          where.exists(
            where
              .selectFrom("access_grant")
              .select("access_grant.id")
              .whereRef("access_grant.request_id", "=", "request.id")
              .where(mayBeOpen()),
          ),
        ]),
        where.and([
          where("status", "=", "PENDING"),
          where.or([where("beneficiary_user_id", "=", userId), where("requester_user_id", "=", userId)]),
        ]),
      ]),
    )
    .orderBy("number")
    .execute();
  return rows.map(requestFromRow).map(itemOf);
}

const itemOf = (request: AccessRequest): PersonItem => ({
  requestId: request.id,
  label: requestLabel(request),
  consoleNames: request.consoles.map(({ name }) => name),
  does: request.status === "PENDING" ? "CANCEL" : "END",
});
