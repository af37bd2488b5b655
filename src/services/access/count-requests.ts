import type { Kysely, Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";

const OPEN = ["PENDING", "GRANTING", "GRANTED"] as const;

/** How many requests wait, are being granted, and are granted; those that are over are not counted through. */
export async function countOpenRequests(db: Kysely<Database> | Transaction<Database>): Promise<Readonly<Record<string, number>>> {
  const rows = await db
    .selectFrom("request")
    .select(["status", (eb) => eb.fn.countAll<string>().as("count")])
    .where("status", "in", OPEN)
    .groupBy("status")
    .execute();
  const found = new Map(rows.map(({ status, count }) => [status, Number(count)]));
  return Object.fromEntries(OPEN.map((status) => [status, found.get(status) ?? 0]));
}
