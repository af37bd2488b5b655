import { type Kysely, sql, type Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "./ledger.ts";
import type { LedgerKey, LedgerKeys } from "./ledger-keys.ts";
import { recordColumns, recordText } from "./ledger-record.ts";
import { GENESIS, macOf } from "./seal-chain.ts";
import { newestSeal } from "./seal-rows.ts";

export interface SealPorts {
  readonly db: Kysely<Database>;
  readonly keys: LedgerKeys;
  readonly clock: Clock;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
}

/** Events of one transaction. On the embedded database everybody else waits while it runs. */
const BATCH = 200;

/**
 * Chains every event that is committed and not sealed yet. One sealer works at a time, on however many replicas; another that comes
 * meanwhile leaves at once. A batch is one transaction: a crash leaves its events as unsealed as they were.
 *
 * @param signal ends it after the batch that is under way
 * @returns how many events were sealed
 * @throws PortcullisError `ledger_key_missing` | `ledger_key_unknown`
 */
export async function sealLedger(ports: SealPorts, signal: AbortSignal): Promise<number> {
  const { current } = ports.keys;
  if (current === null) throw new PortcullisError("ledger_key_missing");
  let sealed = 0;
  for (let after = "0"; !signal.aborted; ) {
    const batch = await ports.db
      .transaction()
      // What was committed before the lock was taken must be seen: each statement looks anew.
      .setIsolationLevel("read committed")
      .execute((trx) => sealBatch(ports, trx, current, after));
    if (batch === null) return sealed;
    sealed += batch.sealed;
    after = batch.last;
  }
  return sealed;
}

async function sealBatch(
  ports: SealPorts,
  trx: Transaction<Database>,
  key: LedgerKey,
  after: string,
): Promise<{ readonly sealed: number; readonly last: string } | null> {
  if (!(await isOurTurn(trx))) return null;
  const newest = await newestSeal(trx);
  await continueWith(ports, trx, key, newest?.key_id ?? null);
  const marked = await trx
    .selectFrom("ledger_unsealed")
    .select("event_id")
    .where("event_id", ">", after)
    .orderBy("event_id")
    .limit(BATCH)
    .execute();
  const last = marked.at(-1)?.event_id;
  if (last === undefined) return null;
  const events = await unsealedAmong(
    trx,
    marked.map(({ event_id }) => event_id),
  );
  if (events.length < marked.length) ports.log.error({ missing: marked.length - events.length }, "ledger.marks-without-events");

  let previous = newest?.mac ?? GENESIS;
  let number = Number(newest?.number ?? 0);
  const seals = events.map((event) => {
    previous = macOf(key, previous, recordText(event));
    number += 1;
    return { number: String(number), event_id: event.id, mac: previous, key_id: key.id };
  });
  if (seals.length === 0) return { sealed: 0, last };
  await trx.insertInto("ledger_seal").values(seals).execute();
  await trx
    .deleteFrom("ledger_unsealed")
    .where(
      "event_id",
      "in",
      seals.map(({ event_id }) => event_id),
    )
    .execute();
  await ports.faultPoint("ledger.before-commit");
  return { sealed: seals.length, last };
}

async function isOurTurn(trx: Transaction<Database>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(hashtext('portcullis.ledger')) as taken`.execute(trx);
  return rows[0]?.taken === true;
}

/** Marks may be forged: an event is sealed once, and only one that exists. */
const unsealedAmong = (trx: Transaction<Database>, ids: readonly string[]) =>
  trx
    .selectFrom("ledger_event as e")
    .select(recordColumns)
    .where("e.id", "in", ids)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("ledger_seal").select("number").whereRef("ledger_seal.event_id", "=", "e.id"))),
    )
    .orderBy("e.id")
    .execute();

/**
 * A replaced key goes on where the old one ended, and says so in the ledger; one that nobody announced seals nothing.
 * @throws PortcullisError `ledger_key_unknown`
 */
async function continueWith(
  { keys, clock, log }: SealPorts,
  trx: Transaction<Database>,
  key: LedgerKey,
  newestKeyId: string | null,
): Promise<void> {
  if (newestKeyId === null || newestKeyId === key.id) return;
  if (!keys.older.some(({ id }) => id === newestKeyId)) throw new PortcullisError("ledger_key_unknown", { params: { keyId: newestKeyId } });
  log.warn({ from: newestKeyId, to: key.id }, "ledger.key-replaced");
  await appendToLedger(trx, clock.now(), [
    {
      kind: "ledger.key_replaced",
      requestId: null,
      actor: "portcullis",
      subject: "ledger",
      before: { keyId: newestKeyId },
      after: { keyId: key.id },
    },
  ]);
}
