import { addSeconds } from "date-fns/addSeconds";
import { type Kysely, sql } from "kysely";
import { fromUnknown, type PortcullisError } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import { keepClaim } from "../../jobs/keep-claim.ts";
import type { Database } from "../../store/schema.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import { isText } from "../sailpoint/filter.ts";
import { databaseNow } from "./approval-rows.ts";
import { changedAmong, missingFrom } from "./compare-stored.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { mapIdentities } from "./map-identities.ts";
import { planMessages } from "./plan-messages.ts";
import { storeApprovals } from "./store-approvals.ts";
import { tellUnmapped } from "./tell-unmapped.ts";

/** By the database's clock, which all replicas share. */
const LEASE = sql<Date>`now() + interval '60 seconds'`;
const RENEW_MILLISECONDS = 15_000;
/** Stored in one transaction. */
const TOGETHER = 250;
/** So many that left the list are asked for one by one, to learn who decided; of more only how it ended is asked, fifty a call. */
const ASKED_SINGLY = 40;

/**
 * The recurring job: plans the next poll first, so that a tenant that is away now is asked again when it is back. A poll that fails is
 * noted, logged and counted, and touches nothing but SailPoint's.
 */
export const runPoll = (ports: InboxPorts) => async (): Promise<void> => {
  const { jobs, clock, pollSeconds, log, metrics } = ports;
  await planPoll(jobs, addSeconds(clock.now(), pollSeconds));
  try {
    const outcome = await pollSailPoint(ports);
    if (outcome === "polled") metrics.sailpointPoll("ok");
    else log.info({}, "sailpoint.polled-elsewhere");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    metrics.sailpointPoll("failed");
    log.warn({ err: error, code: error.code }, "sailpoint.not-polled");
    await noteFailure(ports, error.code);
  }
};

/** Plans the next poll, unless one is planned. */
export const planPoll = (jobs: Pick<Jobs, "enqueueNow">, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("poll-sailpoint", {}, { startAfter, singletonKey: "next" });

/**
 * Reads what waits in SailPoint, stores it, maps whom it waits for to Slack, and plans who is told what. One poll at a time runs, whatever
 * replica it is in; should a claim be lost, two polls at once store and tell the same.
 *
 * @returns `elsewhere` when another poll runs
 * @throws PortcullisError `sailpoint_*`, `slack_*`
 */
export async function pollSailPoint(ports: InboxPorts): Promise<"polled" | "elsewhere"> {
  const { db, ids, timers, log } = ports;
  const run = ids.uuid();
  const claim = (): Promise<boolean> => claimPoll(db, run);
  if (!(await claim())) return "elsewhere";
  const stopRenewing = keepClaim({ claim, everyMilliseconds: RENEW_MILLISECONDS, timers, log });
  try {
    const pending = await readPending(ports);
    // Whoever Slack would not tell of now is looked for at the next poll; those who are known are told.
    await mapIdentities(ports).catch((thrown: unknown) => log.warn({ err: fromUnknown(thrown) }, "sailpoint.not-all-mapped"));
    await planMessages(ports);
    await tellUnmapped(ports);
    const now = ports.clock.now();
    await db
      .updateTable("sailpoint_poll")
      .set({ first_done_at: sql<Date>`coalesce(first_done_at, ${now})`, good_at: now, failed_since: null, failure: null, pending })
      .where("id", "=", 1)
      .execute();
    return "polled";
  } finally {
    await stopRenewing();
    await db.updateTable("sailpoint_poll").set({ claimed_by: null, claimed_until: null }).where("claimed_by", "=", run).execute();
  }
}

/** @returns how many wait */
async function readPending(ports: InboxPorts): Promise<number> {
  const { db, sailpoint } = ports;
  const poll = await db.selectFrom("sailpoint_poll").select("first_done_at").where("id", "=", 1).executeTakeFirst();
  const wasThere = poll?.first_done_at == null ? ({ wasThere: true } as const) : {};
  const askedAt = await databaseNow(db);
  const listed = await sailpoint.approvals.list({ mine: false, filter: isText("status", "eq", "PENDING") }, { priority: "poll" });
  // A tenant that takes no filter by status, or sends it wrong, decides nothing here.
  const pending = listed.filter(({ status }) => status === "PENDING");
  const changed = await changedAmong(db, pending);
  // Rows that do not say whom they wait for are asked for singly; those that are too many, at the next poll.
  const silent = changed.filter(({ assignedTo }) => assignedTo === null).slice(0, ASKED_SINGLY);
  const told = await Promise.all(silent.map(({ id }) => readOrGone(ports, id, askedAt)));
  const whole = [...changed.filter(({ assignedTo }) => assignedTo !== null), ...told.flatMap((each) => each ?? [])];
  await storeTogether(ports, whole, { askedAt, ...wasThere });
  await readMissing(ports, await missingFrom(db, pending, ports.clock.now()));
  return pending.length;
}

/** An approval that left the list was decided, or was passed over while the pages were read: SailPoint is asked for it by its id. */
async function readMissing(ports: InboxPorts, ids: readonly string[]): Promise<void> {
  const { db, sailpoint } = ports;
  const askedAt = await databaseNow(db);
  const first = ids.slice(0, ASKED_SINGLY);
  const others = ids.slice(ASKED_SINGLY);
  const listed = others.length === 0 ? [] : await sailpoint.approvals.listByIds(others, {}, { priority: "poll" });
  const got = await Promise.all(first.map((id) => readOrGone(ports, id, askedAt)));
  await storeTogether(ports, [...listed, ...got.flatMap((each) => each ?? [])], { askedAt });
}

/** Null when SailPoint no longer has it, which takes it out of the queues, or does not show it to us: then it stays as it was read. */
async function readOrGone({ db, sailpoint, log }: InboxPorts, id: string, askedAt: string): Promise<SailPointApproval | null> {
  try {
    return await sailpoint.approvals.get(id, { priority: "poll" });
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "sailpoint_not_found" && error.code !== "sailpoint_not_permitted") throw thrown;
    log.warn({ code: error.code, approvalId: id }, "sailpoint.approval-not-read");
    if (error.code === "sailpoint_not_found")
      await db
        .updateTable("sailpoint_approval")
        .set({ status: "UNKNOWN", read_at: askedAt })
        .where("id", "=", id)
        .where("status", "=", "PENDING")
        .where(sql<boolean>`read_at <= ${askedAt}::timestamptz`)
        .execute();
    return null;
  }
}

async function storeTogether(
  ports: InboxPorts,
  approvals: readonly SailPointApproval[],
  reading: Parameters<typeof storeApprovals>[3],
): Promise<void> {
  for (let from = 0; from < approvals.length; from += TOGETHER) {
    const part = approvals.slice(from, from + TOGETHER);
    await ports.db.transaction().execute((trx) => storeApprovals(ports, trx, part, reading));
  }
}

async function claimPoll(db: Kysely<Database>, run: string): Promise<boolean> {
  await db
    .insertInto("sailpoint_poll")
    .values({
      id: 1,
      claimed_by: null,
      claimed_until: null,
      first_done_at: null,
      good_at: null,
      failed_since: null,
      failure: null,
      pending: null,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  const claimed = await db
    .updateTable("sailpoint_poll")
    .set({ claimed_by: run, claimed_until: LEASE })
    .where("id", "=", 1)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", run), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
}

async function noteFailure({ db, clock }: InboxPorts, failure: PortcullisError["code"]): Promise<void> {
  await db
    .updateTable("sailpoint_poll")
    .set({ failed_since: sql<Date>`coalesce(failed_since, ${clock.now()})`, failure })
    .where("id", "=", 1)
    .execute();
}

/** For the one process of a PGlite folder, at its start: whoever polled, or showed a message, is dead. */
export async function letGoOfSailPoint(db: Kysely<Database>): Promise<void> {
  for (const table of ["sailpoint_poll", "sailpoint_message"] as const)
    await db.updateTable(table).set({ claimed_by: null, claimed_until: null }).where("claimed_by", "is not", null).execute();
}
