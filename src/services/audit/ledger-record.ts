import { sql } from "kysely";
import { z } from "zod";

/** An event exactly as the database has it, in texts: a seal covers every digit of it. */
export const RecordRow = z.object({
  id: z.string(),
  /** In UTC, with microseconds. What is no instant (`infinity`, which nobody of us writes) as the database prints it. */
  at: z.string(),
  kind: z.string(),
  requestId: z.string().nullable(),
  actor: z.string(),
  subject: z.string(),
  /** JSON as the database prints it, null where there is none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type RecordRow = z.infer<typeof RecordRow>;

/** What to select of `ledger_event as e` for a {@link RecordRow}. A Date has no microseconds, and a parsed number fewer digits. */
export const recordColumns = [
  "e.id as id",
  sql<string>`coalesce(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.at::text)`.as("at"),
  "e.kind as kind",
  "e.request_id as requestId",
  "e.actor as actor",
  "e.subject as subject",
  sql<string | null>`e.before::text`.as("before"),
  sql<string | null>`e.after::text`.as("after"),
] as const;

/**
 * The canonical JSON of an event: its fields in this order, without white space, `before` and `after` as PostgreSQL prints jsonb (keys in
 * its own order, numbers with all their digits) and left out where there is none. Two events that differ anywhere differ here.
 */
export function recordText({ before, after, ...event }: RecordRow): string {
  const { id, at, kind, requestId, actor, subject } = event;
  const fields = JSON.stringify({ id, at, kind, requestId, actor, subject });
  const states = [...(before === null ? [] : [`"before":${before}`]), ...(after === null ? [] : [`"after":${after}`])];
  return [fields.slice(0, -1), ...states].join(",").concat("}");
}
