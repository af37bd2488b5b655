import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { GrantTable } from "../../store/tables/grants.ts";
import type { Grant, GrantStatus, GrantTerms } from "./grant.ts";
import { failureShape, workingHoursWithCrons } from "./request-rows.ts";

const ids = z.array(z.string());
const terms = z.object({ end: z.coerce.date(), workingHours: workingHoursWithCrons.nullable() }) satisfies z.ZodType<GrantTerms>;
const status = z.enum(["PLANNED", "GRANTED", "ENDING", "FAILED", "ENDED"]) satisfies z.ZodType<GrantStatus>;

/** Microtenant ids as a key that is never null: '' is the Default microtenant. */
export const microtenantKey = (microtenantId: string | null): string => microtenantId ?? "";

/** Segment ids in one order, so that the same set is the same text. */
export const segmentKey = (segmentIds: readonly string[]): string => segmentIds.toSorted().join(",");

/** A grant out of its row. */
export const grantFromRow = (row: Selectable<GrantTable>): Grant => ({
  id: row.id,
  requestId: row.request_id,
  microtenantId: row.microtenant_key === "" ? null : row.microtenant_key,
  part: row.part,
  email: row.email,
  segmentIds: ids.parse(row.segment_ids),
  consoleIds: ids.parse(row.console_ids),
  start: row.start_at,
  end: row.end_at,
  workingHours: row.working_hours === null ? null : workingHoursWithCrons.parse(row.working_hours),
  changingFrom: row.changing_from === null ? null : terms.parse(row.changing_from),
  status: status.parse(row.status),
  zpaId: row.zpa_id,
  failure: row.failure === null ? null : failureShape.parse(row.failure),
});

export async function readGrants(db: Kysely<Database>, requestId: string): Promise<Grant[]> {
  const rows = await db
    .selectFrom("access_grant")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy("microtenant_key")
    .orderBy("part")
    .execute();
  return rows.map(grantFromRow);
}

/** @throws PortcullisError `grant_unknown` */
export async function readGrant(db: Kysely<Database>, grantId: string): Promise<Grant> {
  const row = await db.selectFrom("access_grant").selectAll().where("id", "=", grantId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("grant_unknown");
  return grantFromRow(row);
}

/**
 * Reads a grant and holds its row until the transaction ends.
 * @throws PortcullisError `grant_unknown`
 */
export async function lockGrant(trx: Transaction<Database>, grantId: string): Promise<Grant> {
  const row = await trx.selectFrom("access_grant").selectAll().where("id", "=", grantId).forUpdate().executeTakeFirst();
  if (row === undefined) throw new PortcullisError("grant_unknown");
  return grantFromRow(row);
}

/** Sets where a grant stands; what is not named stays. */
export async function updateGrant(
  trx: Transaction<Database>,
  grantId: string,
  now: Date,
  change: Partial<Pick<Grant, "status" | "zpaId" | "failure" | "start" | "end" | "workingHours" | "changingFrom">>,
): Promise<void> {
  await trx
    .updateTable("access_grant")
    .set({
      updated_at: now,
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.zpaId === undefined ? {} : { zpa_id: change.zpaId }),
      ...(change.failure === undefined ? {} : { failure: change.failure === null ? null : JSON.stringify(change.failure) }),
      ...(change.start === undefined ? {} : { start_at: change.start }),
      ...(change.end === undefined ? {} : { end_at: change.end }),
      ...(change.changingFrom === undefined
        ? {}
        : { changing_from: change.changingFrom === null ? null : JSON.stringify(change.changingFrom) }),
      ...(change.workingHours === undefined
        ? {}
        : { working_hours: change.workingHours === null ? null : JSON.stringify(change.workingHours) }),
    })
    .where("id", "=", grantId)
    .execute();
}
