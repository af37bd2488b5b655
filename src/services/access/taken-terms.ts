import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Grant } from "./grant.ts";
import { microtenantKey, segmentKey } from "./grant-rows.ts";

const SECOND = 1000;

/** The first second from `start` on that no other grant of the same person and segments uses or ever tried, with the grant's end. */
export async function freeStart(trx: Transaction<Database>, grant: Grant, start: Date): Promise<Date> {
  const taken = new Set(
    (await othersOf(trx, grant)).flatMap((other) => (sameInstant(other.end, grant.end) ? [other.start.getTime()] : [])),
  );
  let free = start.getTime();
  while (taken.has(free)) free += SECOND;
  return new Date(free);
}

/** The last second up to `end` that no other grant of the same person and segments uses or ever tried, with the grant's start. */
export async function freeEnd(trx: Transaction<Database>, grant: Grant, end: Date): Promise<Date> {
  const taken = new Set(
    (await othersOf(trx, grant)).flatMap((other) => (sameInstant(other.start, grant.start) ? [other.end.getTime()] : [])),
  );
  let free = end.getTime();
  while (taken.has(free)) free -= SECOND;
  return new Date(free);
}

async function othersOf(trx: Transaction<Database>, grant: Grant): Promise<readonly { readonly start: Date; readonly end: Date }[]> {
  const same = {
    email: grant.email,
    microtenant_key: microtenantKey(grant.microtenantId),
    segment_key: segmentKey(grant.segmentIds),
  };
  const planned = await trx
    .selectFrom("access_grant")
    .select(["start_at", "end_at"])
    .where((where) => where.and(same))
    .where("id", "!=", grant.id)
    .execute();
  const tried = await trx
    .selectFrom("grant_attempt")
    .select(["start_at", "end_at"])
    .where((where) => where.and(same))
    .where("grant_id", "!=", grant.id)
    .execute();
  return [...planned, ...tried].map((row) => ({ start: row.start_at, end: row.end_at }));
}

const sameInstant = (a: Date, b: Date): boolean => a.getTime() === b.getTime();
