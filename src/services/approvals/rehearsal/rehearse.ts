import type { Kysely } from "kysely";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../../errors.ts";
import { noFault } from "../../../fault-points.ts";
import { randomIds } from "../../../ids.ts";
import type { Jobs } from "../../../jobs/jobs.ts";
import { createLog } from "../../../log.ts";
import type { Database } from "../../../store/schema.ts";
import type { People, SlackActor } from "../../directory/person.ts";
import { routeFor } from "../../policy/route.ts";
import type { Holder } from "../approval.ts";
import { ApprovalEventJson } from "../approval-json.ts";
import { readApproval } from "../approval-rows.ts";
import { commandOf } from "../command-body.ts";
import { decideApproval } from "../decide-approval.ts";
import { openFor } from "../open-for-request.ts";
import { runApprovalTimer } from "../run-timer.ts";
import { toSailPointApproval } from "../sailpoint-approval.ts";
import { holderKey } from "../seats.ts";
import type { RehearsalScript } from "./script.ts";

export interface Rehearsed {
  readonly approval: ReturnType<typeof toSailPointApproval>;
  /** `ok` or the error's code, in the order of the script's commands. */
  readonly outcomes: readonly string[];
  /** ISO instants, in order. */
  readonly reminders: readonly string[];
  readonly escalations: readonly { readonly at: string; readonly to: string }[];
}

/**
 * Plays a script through the engine's own use-cases: the real store, the real rules, the real timers, and a clock that stands where
 * the script says. Timers that are due run before commands of the same instant.
 *
 * @param db an empty database
 * @throws PortcullisError `invalid_input` when nobody could ever decide
 */
export async function rehearse(script: RehearsalScript, db: Kysely<Database>): Promise<Rehearsed> {
  const clock = { at: script.openedAt, now: () => clock.at };
  const alarms: Date[] = [];
  const jobs = alarmJobs(alarms);
  const people = peopleOf(script);
  const holderNamed = (id: string): Holder => (script.groups.has(id) ? { kind: "group", groupId: id } : { kind: "person", userId: id });
  const admins = script.admins.map(holderNamed);
  const onSettled = async (): Promise<void> => {}; // nothing was asked for
  const ports = { db, jobs, people, clock, admins, onSettled, faultPoint: noFault, ids: randomIds, log: createLog("silent") };
  const decide = decideApproval(ports);
  const ring = runApprovalTimer(ports);

  const approvalId = await openIn(db, script, { people, jobs, admins, onSettled });
  const passTimeUntil = async (until: Date): Promise<void> => {
    for (let next = takeFirst(alarms, until); next !== null; next = takeFirst(alarms, until)) {
      clock.at = next;
      await ring({ approvalId });
    }
    clock.at = until;
  };
  const outcomes: string[] = [];
  for (const { place, at, by, deed, body } of script.commands) {
    await passTimeUntil(at);
    outcomes[place] = await codeOf(script, async () => decide(approvalId, commandOf(deed, body, { by: actor(by), holderNamed })));
  }
  await passTimeUntil(script.until);

  const rows = await db.selectFrom("ledger_event").select("after").where("subject", "=", approvalId).orderBy("id").execute();
  const events = rows.map(({ after }) => ApprovalEventJson.parse(after));
  return {
    approval: toSailPointApproval(await readApproval(db, approvalId), (holder) => namedIn(script, holder)),
    outcomes,
    reminders: events.flatMap((event) => (event.kind === "approval.reminded" ? [event.tick.toISOString()] : [])),
    escalations: events.flatMap((event) =>
      event.kind === "approval.reassigned" && event.escalation
        ? [{ at: event.escalation.tick.toISOString(), to: idOf(event.move.to) }]
        : [],
    ),
  };
}

async function openIn(db: Kysely<Database>, script: RehearsalScript, ports: Omit<Parameters<typeof openFor>[0], "ids">): Promise<string> {
  const { requester: requesterId, requestee, openedAt, approvers, criteria, config } = script;
  const requester = await ports.people.trusted(actor(requesterId));
  const beneficiary = await ports.people.trusted(actor(requestee));
  const { rules } = routeFor({ approvers: [], selfApproval: false });
  const route = { approvers, criteria, config, rules };
  const open = await openFor({ ...ports, ids: randomIds }, { requester, beneficiary, route }, openedAt).catch(nobodyDecides);
  const requestId = randomIds.uuid();
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto("request")
      .values({
        id: requestId,
        requester: JSON.stringify(requester),
        beneficiary: JSON.stringify(beneficiary),
        requester_user_id: requester.userId,
        beneficiary_user_id: beneficiary.userId,
        consoles: "[]",
        requested_time: "{}",
        reason: "a rehearsal",
        status: "PENDING",
        submission_key: requestId,
        created_at: openedAt,
      })
      .execute();
    return open(trx, requestId);
  });
}

/** A script that leaves no seat for anyone to sit on is a wrong one. */
function nobodyDecides(thrown: unknown): never {
  const error = fromUnknown(thrown);
  if (error.code !== "no_approver") throw error;
  const problem = "approvers: too few are left to decide without requester and requestee; name a fallbackApprover or admins";
  throw new PortcullisError("invalid_input", { params: { problem } }, { cause: error });
}

/** Alarms of the approval's timers are kept, and rung by the rehearsal; cards are drawn nowhere. */
const alarmJobs = (alarms: Date[]): Jobs => ({
  enqueue: async (_trx, queue, _payload, options) => {
    if (queue === "approval-timer" && options?.startAfter) alarms.push(options.startAfter);
  },
  enqueueNow: async () => {},
  work: async () => {},
  stop: async () => {},
});

function takeFirst(alarms: Date[], until: Date): Date | null {
  alarms.sort((a, b) => a.getTime() - b.getTime());
  const [first] = alarms;
  if (first === undefined || first > until) return null;
  alarms.shift();
  return first;
}

const actor = (userId: string): SlackActor => ({ teamId: "rehearsal", userId });
const idOf = (holder: Holder): string => (holder.kind === "person" ? holder.userId : holder.groupId);

function namedIn({ groups }: RehearsalScript, holder: Holder) {
  const named = { name: idOf(holder), email: null };
  return holder.kind === "person" ? named : { ...named, members: groups.get(holder.groupId) ?? [] };
}

/** Everybody whom a script names is there and trusted. */
const peopleOf = ({ groups, admins }: RehearsalScript): People => ({
  trusted: async ({ teamId, userId }) => ({
    ...{ teamId, userId, name: userId, email: userId, zpaUser: userId },
    ...{ timeZone: "Etc/UTC", locale: "en-GB" },
  }),
  groupsOf: async (userId, groupIds) => groupIds.filter((groupId) => groups.get(groupId)?.includes(userId)),
  membersOf: async (groupId) => groups.get(groupId) ?? [],
  isAdmin: async (userId) => admins.includes(userId) || admins.some((groupId) => groups.get(groupId)?.includes(userId)),
});

async function codeOf(script: RehearsalScript, run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return "ok";
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code === "unexpected") throw error;
    return error.code === "reassign_not_possible" ? whyNobodyThere(script, error) : error.code;
  }
}

/** Of a group through which nobody could decide, what speaks against its members; SailPoint knows no code for the group itself. */
function whyNobodyThere({ groups, requester, requestee }: RehearsalScript, { details }: PortcullisError): ErrorCode {
  const members = [...groups].find(([groupId]) => details.params?.holder === holderKey({ kind: "group", groupId }))?.[1] ?? [];
  if (members.length === 0) return "invalid_input";
  return members.every((userId) => userId === requester || userId === requestee) ? "self_approval" : "already_approver";
}
