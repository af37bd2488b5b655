import type { Kysely } from "kysely";
import { z } from "zod";
import type { Database } from "../../store/schema.ts";
import type { LedgerKeys } from "./ledger-keys.ts";
import { CHAIN_START, type ChainPlace, FirstBad, follow, isBad } from "./seal-chain.ts";
import { newestSeal, sealsAfter } from "./seal-rows.ts";
import type { SiemCursor } from "./siem-cursor.ts";
import { forkOf, isOtherChain } from "./siem-fork.ts";

/** How the ledger stands, for the doctor. */
export const LedgerState = z.object({
  keyId: z.string().nullable(),
  newestKeyId: z.string().nullable(),
  /** Whether the newest seal was made by a key that is at hand. */
  isKeyKnown: z.boolean(),
  sealed: z.number().int(),
  unsealed: z.number().int(),
  /** Instant of the oldest event that waits for the sealer, ISO. */
  oldestUnsealedAt: z.string().nullable(),
  /** How many of the newest seals were verified, and the first among them that does not hold. */
  checked: z.number().int(),
  firstBad: FirstBad.nullable(),
  siem: z
    .object({
      shipped: z.number().int(),
      failures: z.number().int(),
      lastFailure: z.string().nullable(),
      shippedAt: z.string().nullable(),
      /** The chain is not the one that was shipped: from the seal after this one on, found at that instant; null `at`: found just now. */
      differs: z.object({ after: z.number().int(), at: z.string().nullable() }).nullable().default(null),
    })
    .nullable(),
});
export type LedgerState = z.infer<typeof LedgerState>;

/**
 * Looks at the ledger without going through all of it.
 * @param newest how many of the newest seals are verified, on from the mac of the one before, which is believed
 */
export const examineLedger =
  ({ db, keys }: { readonly db: Kysely<Database>; readonly keys: LedgerKeys }) =>
  async ({ newest }: { readonly newest: number }): Promise<LedgerState> => {
    const head = await newestSeal(db);
    const sealed = Number(head?.number ?? 0);
    const { count } = await db
      .selectFrom("ledger_unsealed")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow();
    const oldest = await db.selectFrom("ledger_unsealed").select("event_id").orderBy("event_id").limit(1).executeTakeFirst();
    const waiting = oldest && (await db.selectFrom("ledger_event").select("at").where("id", "=", oldest.event_id).executeTakeFirst());
    const cursor = await db.selectFrom("siem_cursor").selectAll().executeTakeFirst();
    const newestKeyId = head?.key_id ?? null;
    const known = [...keys.older, ...(keys.current === null ? [] : [keys.current])];
    return {
      keyId: keys.current?.id ?? null,
      newestKeyId,
      isKeyKnown: newestKeyId === null || known.some(({ id }) => id === newestKeyId),
      sealed,
      unsealed: Number(count),
      oldestUnsealedAt: waiting?.at.toISOString() ?? null,
      ...(known.length === 0 ? { checked: 0, firstBad: null } : await checkNewest(db, keys, { sealed, newest })),
      siem: cursor
        ? {
            shipped: Number(cursor.shipped),
            failures: cursor.failures,
            lastFailure: cursor.last_failure,
            shippedAt: cursor.shipped_at?.toISOString() ?? null,
            differs: await differenceOf(db, cursor),
          }
        : null,
    };
  };

async function differenceOf(db: Kysely<Database>, cursor: SiemCursor): Promise<{ after: number; at: string | null } | null> {
  if (await isOtherChain(db, cursor)) return { after: Number((await forkOf(db)).after), at: null };
  const { fork_after, fork_at } = cursor;
  return fork_after === null ? null : { after: Number(fork_after), at: fork_at?.toISOString() ?? null };
}

async function checkNewest(
  db: Kysely<Database>,
  keys: LedgerKeys,
  { sealed, newest }: { readonly sealed: number; readonly newest: number },
): Promise<Pick<LedgerState, "checked" | "firstBad">> {
  const start = Math.max(0, sealed - newest);
  let place: ChainPlace = CHAIN_START;
  if (start > 0) {
    const believed = (await sealsAfter(db, String(start - 1), 1))[0];
    if (Number(believed?.number) !== start || believed === undefined)
      return { checked: 0, firstBad: { number: start, eventId: null, problem: "seal_missing", keyId: null } };
    place = { number: start, mac: believed.mac, keyId: believed.keyId };
  }
  const seals = await sealsAfter(db, String(start), newest);
  for (const [checked, seal] of seals.entries()) {
    const outcome = follow(place, seal, keys);
    if (isBad(outcome)) return { checked, firstBad: outcome };
    place = outcome;
  }
  return { checked: seals.length, firstBad: null };
}
