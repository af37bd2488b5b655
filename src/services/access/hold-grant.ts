import { addSeconds } from "date-fns/addSeconds";
import { type Kysely, sql } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { JobAttempt } from "../../jobs/jobs.ts";
import { keepClaim } from "../../jobs/keep-claim.ts";
import type { Database } from "../../store/schema.ts";
import { systemTimers } from "../../timers.ts";
import type { ProvisionPorts } from "./provision-ports.ts";

/** By the database's clock, which all replicas share. What a killed run held is free again after that long. */
const LEASE = sql<Date>`now() + interval '15 seconds'`;
const RENEW_MILLISECONDS = 5_000;
/** While another run works on the grant, this one comes back. */
const COME_BACK_SECONDS = 2;

type GrantQueue = "provision-grant" | "amend-grant" | "end-grant" | "realign-grant";

/** One run's hold on a grant. */
export interface Held {
  readonly grantId: string;
  readonly job: JobAttempt;
  /** To be awaited right before something is sent. @throws PortcullisError `unexpected` when the hold was lost */
  readonly confirm: () => Promise<void>;
}

/**
 * Lets one run at a time work on a grant, whatever it does: two that write at once would make two privileged approvals, or write an
 * older wish over a newer one. A run that finds the grant held comes back.
 */
export const onHeldGrant =
  (ports: ProvisionPorts, queue: GrantQueue, work: (held: Held) => Promise<void>) =>
  async ({ grantId }: { readonly grantId: string }, job: JobAttempt): Promise<void> => {
    if (await whileHeld(ports, grantId, (confirm) => work({ grantId, job, confirm }))) return;
    const startAfter = addSeconds(ports.clock.now(), COME_BACK_SECONDS);
    await ports.jobs.enqueueNow(queue, { grantId }, { startAfter, singletonKey: grantId });
  };

/** @returns false, with nothing done, while another run holds the grant */
export async function whileHeld(
  { db, ids, log, timers = systemTimers }: Pick<ProvisionPorts, "db" | "ids" | "log" | "timers">,
  grantId: string,
  work: (confirm: () => Promise<void>) => Promise<void>,
): Promise<boolean> {
  const run = ids.uuid();
  const claim = (): Promise<boolean> => hold(db, grantId, run);
  if (!(await claim())) return false;
  const stopRenewing = keepClaim({ claim, everyMilliseconds: RENEW_MILLISECONDS, timers, log });
  try {
    await work(async () => {
      if (!(await claim())) throw new PortcullisError("unexpected", { params: { reason: "the grant was taken over" } });
    });
  } finally {
    await stopRenewing();
    await letGo(db, grantId, run);
  }
  return true;
}

/** Takes the grant for one run, or renews what this run holds. False while another run has it. */
async function hold(db: Kysely<Database>, grantId: string, run: string): Promise<boolean> {
  const held = await db
    .updateTable("access_grant")
    .set({ claimed_by: run, claimed_until: LEASE })
    .where("id", "=", grantId)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", run), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return held.numUpdatedRows === 1n;
}

async function letGo(db: Kysely<Database>, grantId: string, run: string): Promise<void> {
  await db
    .updateTable("access_grant")
    .set({ claimed_by: null, claimed_until: null })
    .where("id", "=", grantId)
    .where("claimed_by", "=", run)
    .execute();
}

/** For the one process of a PGlite folder, at its start: whoever held a grant is dead. */
export async function letGoOfAllGrants(db: Kysely<Database>): Promise<void> {
  await db.updateTable("access_grant").set({ claimed_by: null, claimed_until: null }).where("claimed_by", "is not", null).execute();
}
