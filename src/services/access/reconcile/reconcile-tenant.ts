import { addMinutes } from "date-fns/addMinutes";
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { fromUnknown, PortcullisError } from "../../../errors.ts";
import type { Jobs } from "../../../jobs/jobs.ts";
import { keepClaim } from "../../../jobs/keep-claim.ts";
import type { Database } from "../../../store/schema.ts";
import { systemTimers } from "../../../timers.ts";
import type { ApprovalsApi, MicrotenantList } from "../../zpa/zpa-client.ts";
import type { MicrotenantResult, PassSummary } from "./finding.ts";
import { type ReconcilePorts, reconcileMicrotenant } from "./reconcile-microtenant.ts";
import { settleListFindings } from "./settle-list-findings.ts";

export interface PassPorts extends ReconcilePorts {
  readonly zpa: { readonly approvals: ApprovalsApi; readonly microtenants: MicrotenantList };
}

/** By the database's clock, which all replicas share. */
const LEASE = sql<Date>`now() + interval '60 seconds'`;
const RENEW_MILLISECONDS = 15_000;

/**
 * Compares everything in the tenant with what is intended, one microtenant after the other. One pass at a time runs, whatever replica
 * it is in. A microtenant that ZPA will not list is said to be so, and hinders no other.
 *
 * @throws PortcullisError `reconcile_running`, or what the list of microtenants says
 */
export async function reconcileTenant(ports: PassPorts): Promise<PassSummary> {
  const { db, ids, log, timers = systemTimers, clock } = ports;
  const run = ids.uuid();
  const claim = (): Promise<boolean> => claimPass(db, run);
  if (!(await claim())) throw new PortcullisError("reconcile_running");
  const stopRenewing = keepClaim({ claim, everyMilliseconds: RENEW_MILLISECONDS, timers, log });
  try {
    const results: MicrotenantResult[] = [];
    for (const place of await placesOf(ports)) {
      if (!(await claim())) throw new PortcullisError("reconcile_running");
      results.push(await resultOf(ports, place));
    }
    const summary = { finishedAt: clock.now(), microtenants: results };
    await db
      .updateTable("reconcile_pass")
      .set({ finished_at: summary.finishedAt, summary: JSON.stringify(summary) })
      .where("id", "=", 1)
      .execute();
    return summary;
  } finally {
    await stopRenewing();
    await db.updateTable("reconcile_pass").set({ claimed_by: null, claimed_until: null }).where("claimed_by", "=", run).execute();
  }
}

async function resultOf(ports: PassPorts, place: Place): Promise<MicrotenantResult> {
  try {
    const result = await reconcileMicrotenant(ports, place);
    await settleListFindings(ports, place.microtenantId);
    return result;
  } catch (thrown) {
    const error = fromUnknown(thrown);
    ports.log.warn({ err: error, ...place }, "reconcile.microtenant-not-read");
    return { ...place, ...NOTHING, problem: error.code };
  }
}

const NOTHING = { listed: 0, asIntended: 0, changed: 0, missing: 0, foreign: 0, expired: 0, moving: 0, removed: 0, cleaned: 0 } as const;

interface Place {
  readonly microtenantId: string | null;
  readonly microtenantName: string;
}

/** ZPA calls the Default microtenant 0, and leaves it out of some lists. */
const DEFAULT = "0";

async function placesOf({ zpa }: PassPorts): Promise<readonly Place[]> {
  const listed = (await zpa.microtenants.list()).map(({ id, name }) => ({
    microtenantId: id === DEFAULT ? null : id,
    microtenantName: name,
  }));
  return listed.some(({ microtenantId }) => microtenantId === null)
    ? listed
    : [{ microtenantId: null, microtenantName: "Default" }, ...listed];
}

async function claimPass(db: Kysely<Database>, run: string): Promise<boolean> {
  const claimed = await db
    .updateTable("reconcile_pass")
    .set({ claimed_by: run, claimed_until: LEASE })
    .where("id", "=", 1)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", run), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
}

/** For the one process of a PGlite folder, at its start: whoever compared the tenant is dead. */
export async function letGoOfThePass(db: Kysely<Database>): Promise<void> {
  await db.updateTable("reconcile_pass").set({ claimed_by: null, claimed_until: null }).where("claimed_by", "is not", null).execute();
}

const result = z.object({
  microtenantId: z.string().nullable(),
  microtenantName: z.string(),
  listed: z.number(),
  asIntended: z.number(),
  changed: z.number(),
  missing: z.number(),
  foreign: z.number(),
  expired: z.number(),
  moving: z.number(),
  removed: z.number(),
  cleaned: z.number(),
  problem: z.string().nullable(),
}) satisfies z.ZodType<MicrotenantResult>;
const summary = z.object({ finishedAt: z.coerce.date(), microtenants: z.array(result) }) satisfies z.ZodType<PassSummary>;

/** What the last pass that came to its end found; null before the first. */
export async function lastPass(db: Kysely<Database>): Promise<PassSummary | null> {
  const row = await db.selectFrom("reconcile_pass").select("summary").where("id", "=", 1).executeTakeFirst();
  return row?.summary == null ? null : summary.parse(row.summary);
}

interface SchedulePorts extends PassPorts {
  readonly jobs: Jobs;
  readonly reconcileMinutes: number;
  /** Tells whoever asked for a pass what it came to. */
  readonly tell: (userId: string, summary: PassSummary) => Promise<void>;
}

/** The recurring job: plans the next pass first, so that a tenant that is away today is compared again when it is back. */
export const runReconcile =
  (ports: SchedulePorts) =>
  async ({ askedBy }: { readonly askedBy: string | null }): Promise<void> => {
    await planReconcile(ports.jobs, addMinutes(ports.clock.now(), ports.reconcileMinutes));
    try {
      const found = await reconcileTenant(ports);
      if (askedBy !== null) await ports.tell(askedBy, found);
    } catch (thrown) {
      const error = fromUnknown(thrown);
      // The one that runs says the same.
      if (error.code !== "reconcile_running") throw error;
      ports.log.info({}, "reconcile.running-elsewhere");
    }
  };

/** Plans the next pass, unless one is planned. */
export const planReconcile = (jobs: Jobs, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("reconcile-tenant", { askedBy: null }, { startAfter, singletonKey: "next" });
