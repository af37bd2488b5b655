import type { Pool } from "pg";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { type SlotRules, type Slots, zpaSlotRules } from "./slots.ts";

/** Whose budget the rows are: each service has a table of its own. */
type SlotTable = "zpa_slot" | "sailpoint_slot";

/** Sent as one text, which PostgreSQL runs as one transaction: processes that start at once take turns at the lock. */
const makeTable = ({ perLane }: SlotRules, table: SlotTable): string => `
  select pg_advisory_xact_lock(hashtext('${table}'));
  create table if not exists ${table} (
    lane text not null,
    number integer not null,
    free_at timestamptz not null default 'epoch',
    ticket bigint not null default 0,
    primary key (lane, number)
  );
  insert into ${table} (lane, number)
  select 'read', generate_series(1, ${perLane.read}) union all select 'write', generate_series(1, ${perLane.write})
  on conflict do nothing`;

const takeSlot = (table: SlotTable): string => `
  with free as (
    select lane, number from ${table}
    where lane = $1 and free_at <= clock_timestamp()
    order by free_at limit 1
    for update skip locked
  )
  update ${table} as slot set free_at = clock_timestamp() + $2 * interval '1 millisecond', ticket = slot.ticket + 1
  from free where slot.lane = free.lane and slot.number = free.number
  returning slot.number, slot.ticket`;

const nextFree = (table: SlotTable): string => `
  select greatest(extract(epoch from min(free_at) - clock_timestamp()) * 1000, 10)::double precision as wait from ${table} where lane = $1`;

const releaseSlot = (table: SlotTable): string => `
  update ${table} set free_at = clock_timestamp() + $4 * interval '1 millisecond' where lane = $1 and number = $2 and ticket = $3`;

const countFree = (table: SlotTable): string => `
  select count(*) filter (where lane = 'read')::integer as read, count(*) filter (where lane = 'write')::integer as write
  from ${table} where free_at <= clock_timestamp()`;

const free = z.object({ read: z.number(), write: z.number() });
const taken = z.object({ number: z.number(), ticket: z.string() });
const waiting = z.object({ wait: z.number() });

/**
 * Slots of all replicas, as rows that are taken with `skip locked`: nobody waits for another's lock, and the database's clock is
 * the only one. The table makes itself on first use, so that the budget also holds for `pra` beside a bot.
 *
 * Its methods throw PortcullisError `database_unreachable`.
 */
export function createPostgresSlots(pool: Pick<Pool, "query">, rules: SlotRules = zpaSlotRules, table: SlotTable = "zpa_slot"): Slots {
  const { restMilliseconds, leaseMilliseconds } = rules;
  let prepared: Promise<unknown> | null = null;
  const ready = (): Promise<unknown> => {
    prepared ??= pool.query(makeTable(rules, table)).catch((cause: unknown) => {
      prepared = null;
      throw cause;
    });
    return prepared;
  };
  return {
    take: (lane) =>
      reachable(async () => {
        await ready();
        const { rows } = await pool.query(takeSlot(table), [lane, leaseMilliseconds]);
        if (rows.length > 0) return { lane, ...taken.parse(rows[0]) };
        const next = await pool.query(nextFree(table), [lane]);
        return { waitMilliseconds: waiting.parse(next.rows[0]).wait };
      }),
    release: ({ lane, number, ticket }) =>
      reachable(async () => {
        await pool.query(releaseSlot(table), [lane, number, ticket, restMilliseconds]);
      }),
    left: () =>
      reachable(async () => {
        await ready();
        const { rows } = await pool.query(countFree(table));
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
