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
  change: Partial<Omit<SiemCursor, "id" | "claimed_until">>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("siem_cursor")
    .set(change)
    .where("id", "=", THE_ROW)
    .where("claimed_by", "=", runId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that the receiver has everything up to a seal. @returns whether the cursor is still this run's */
export const moveCursorTo = (
  db: Kysely<Database>,
  runId: string,
  { seal, now }: { readonly seal: { readonly number: string; readonly mac: string }; readonly now: Date },
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const delivered = { shipped_at: now, failures: 0, last_failure: null, next_at: null, batch_end: null };
    const isOurs = await moveCursor(trx, runId, { ...delivered, shipped: seal.number, shipped_mac: seal.mac });
    if (isOurs)
      await trx
        .insertInto("siem_shipped")
        .values({ number: seal.number, mac: seal.mac })
        .onConflict((conflict) => conflict.column("number").doUpdateSet({ mac: seal.mac }))
        .execute();
    return isOurs;
  });

/** Goes back to where both chains were one. @returns whether the cursor is still this run's */
export const moveCursorBack = (
  db: Kysely<Database>,
  runId: string,
  { fork, shipped, now }: { readonly fork: { readonly after: string; readonly mac: string }; readonly shipped: string; readonly now: Date },
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const isOurs = await moveCursor(trx, runId, {
      ...{ shipped: fork.after, shipped_mac: fork.after === "0" ? null : fork.mac, batch_end: null, shipped_at: null, next_at: null },
      ...{ fork_after: fork.after, fork_shipped: shipped, fork_at: now },
    });
    if (isOurs) await trx.deleteFrom("siem_shipped").where("number", ">", fork.after).execute();
    return isOurs;
  });
