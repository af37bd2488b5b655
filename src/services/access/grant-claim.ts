import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/schema.ts";

/**
 * Longer than any run: a write waits at most for ZPA's budget, five tries of a minute each, and the pauses that a 429 asks for.
 * It is renewed right before the POST.
 */
const UNRENEWED_SECONDS = 600;
/** For a run that renews it every third of that time: the grant of a replica that was killed goes on in another within a minute. */
export const RENEWED_SECONDS = 60;

/** Takes the grant for one run, or renews what this run holds. False while another run has it. */
export async function holdGrant(db: Kysely<Database>, grantId: string, run: string, seconds = UNRENEWED_SECONDS): Promise<boolean> {
  const held = await db
    .updateTable("access_grant")
    .set({ claimed_by: run, claimed_until: sql<Date>`now() + make_interval(secs => ${seconds})` })
    .where("id", "=", grantId)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", run), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return held.numUpdatedRows === 1n;
}

export async function letGoOfGrant(db: Kysely<Database>, grantId: string, run: string): Promise<void> {
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
