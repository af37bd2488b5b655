import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { SiemCursorTable } from "../../store/tables/ledger.ts";

export type SiemCursor = Selectable<SiemCursorTable>;

const THE_ROW = 1;

/** A run's hold on the cursor: longer than a delivery may take, and renewed before each. */
const CLAIM_SECONDS = 90;

/**
 * Takes the cursor, or takes it again, so that one run ships at a time and the order holds.
 * @returns null while another run has it
 */
export async function claimCursor(db: Kysely<Database>, runId: string): Promise<SiemCursor | null> {
  await db
    .insertInto("siem_cursor")
    .values({ id: THE_ROW, shipped: "0" })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .updateTable("siem_cursor")
    .set({ claimed_by: runId, claimed_until: sql<Date>`now() + make_interval(secs => ${CLAIM_SECONDS})` })
    .where("id", "=", THE_ROW)
    .where((where) =>
      where.or([where("claimed_by", "is", null), where("claimed_by", "=", runId), where("claimed_until", "<", sql<Date>`now()`)]),
    )
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Sets what this run knows, if the cursor is still its own. @returns whether it is */
export async function moveCursor(
  db: Kysely<Database>,
  runId: string,
  change: Partial<Pick<SiemCursor, "shipped" | "batch_end" | "shipped_at" | "failures" | "last_failure" | "next_at" | "claimed_by">>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("siem_cursor")
    .set(change)
    .where("id", "=", THE_ROW)
    .where("claimed_by", "=", runId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
