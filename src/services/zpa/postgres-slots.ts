import type { Pool } from "pg";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { type SlotRules, type Slots, zpaSlotRules } from "./slots.ts";

/** Sent as one text, which PostgreSQL runs as one transaction: processes that start at once take turns at the lock. */
const makeTable = ({ perLane }: SlotRules): string => `
  select pg_advisory_xact_lock(hashtext('zpa_slot'));
  create table if not exists zpa_slot (
    lane text not null,
    number integer not null,
    free_at timestamptz not null default 'epoch',
    ticket bigint not null default 0,
    primary key (lane, number)
  );
  insert into zpa_slot (lane, number)
  select 'read', generate_series(1, ${perLane.read}) union all select 'write', generate_series(1, ${perLane.write})
  on conflict do nothing`;

const takeSlot = `
  with free as (
    select lane, number from zpa_slot
    where lane = $1 and free_at <= clock_timestamp()
    order by free_at limit 1
    for update skip locked
  )
  update zpa_slot set free_at = clock_timestamp() + $2 * interval '1 millisecond', ticket = zpa_slot.ticket + 1
  from free where zpa_slot.lane = free.lane and zpa_slot.number = free.number
  returning zpa_slot.number, zpa_slot.ticket`;

const nextFree = `
  select greatest(extract(epoch from min(free_at) - clock_timestamp()) * 1000, 10)::double precision as wait from zpa_slot where lane = $1`;

const releaseSlot = `
  update zpa_slot set free_at = clock_timestamp() + $4 * interval '1 millisecond' where lane = $1 and number = $2 and ticket = $3`;

const countFree = `
  select count(*) filter (where lane = 'read')::integer as read, count(*) filter (where lane = 'write')::integer as write
  from zpa_slot where free_at <= clock_timestamp()`;

const free = z.object({ read: z.number(), write: z.number() });
const taken = z.object({ number: z.number(), ticket: z.string() });
const waiting = z.object({ wait: z.number() });

/**
 * Slots of all replicas, as rows that are taken with `skip locked`: nobody waits for another's lock, and the database's clock is
 * the only one. The table makes itself on first use, so that the budget also holds for `pra` beside a bot.
 *
 * Its methods throw PortcullisError `database_unreachable`.
 */
export function createPostgresSlots(pool: Pick<Pool, "query">, rules: SlotRules = zpaSlotRules): Slots {
  const { restMilliseconds, leaseMilliseconds } = rules;
  let prepared: Promise<unknown> | null = null;
  const ready = (): Promise<unknown> => {
    prepared ??= pool.query(makeTable(rules)).catch((cause: unknown) => {
      prepared = null;
      throw cause;
    });
    return prepared;
  };
  return {
    take: (lane) =>
      reachable(async () => {
        await ready();
        const { rows } = await pool.query(takeSlot, [lane, leaseMilliseconds]);
        if (rows.length > 0) return { lane, ...taken.parse(rows[0]) };
        const next = await pool.query(nextFree, [lane]);
        return { waitMilliseconds: waiting.parse(next.rows[0]).wait };
      }),
    release: ({ lane, number, ticket }) =>
      reachable(async () => {
        await pool.query(releaseSlot, [lane, number, ticket, restMilliseconds]);
      }),
    left: () =>
      reachable(async () => {
        await ready();
        const { rows } = await pool.query(countFree);
        return free.parse(rows[0]);
      }),
  };
}

async function reachable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new PortcullisError("database_unreachable", {}, { cause });
  }
}
