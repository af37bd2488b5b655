import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "../store/schema.ts";
import { inboxQueue } from "./inbox.ts";
import { queues } from "./queues.ts";

export interface QueueDepth {
  readonly queue: string;
  /** Jobs that are due and not begun; what waits for a later instant does not count. */
  readonly due: number;
  readonly oldestSeconds: number;
}

const names = [...Object.keys(queues), inboxQueue];

/**
 * How much is due in each queue, by the database's clock. Costs what is due, not what is planned: each queue is one range of the index by
 * (name, start_after) of jobs not begun.
 */
export async function readDepths(
  db: Kysely<Database> | Transaction<Database>,
  { schema = "pgboss" }: { readonly schema?: string } = {},
): Promise<readonly QueueDepth[]> {
  const { rows } = await sql<{ name: string; due: string; oldest: number | null }>`
    select name, count(*) as due, extract(epoch from now() - min(start_after))::float8 as oldest
    from ${sql.id(schema, "job")}
    where name = any(${names}) and state < 'active' and start_after <= now()
    group by name`.execute(db);
  const found = new Map(rows.map((row) => [row.name, row]));
  return names.map((queue) => {
    const row = found.get(queue);
    return { queue, due: Number(row?.due ?? 0), oldestSeconds: Math.max(0, row?.oldest ?? 0) };
  });
}
