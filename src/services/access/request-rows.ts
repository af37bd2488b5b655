import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { RequestTable } from "../../store/tables/requests.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { RequestedTime } from "../schedule/working-hours.ts";
import { WEEKDAYS } from "../schedule/working-hours.ts";
import type { AccessRequest, Amendment, Ending, Failure, RequestOrigin, RequestStatus } from "./request.ts";

const person = z.object({
  teamId: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  zpaUser: z.string(),
  timeZone: z.string(),
  locale: z.string(),
});

const catalogConsole = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  segmentId: z.string(),
  segmentName: z.string(),
  segmentGroupId: z.string().nullable().default(null), // stored before there were any
  segmentGroupName: z.string().nullable().default(null),
  microtenantId: z.string().nullable(),
  microtenantName: z.string(),
  privilegedApprovalsEnabled: z.boolean(),
  protocol: z.string().nullable(),
  domain: z.string().nullable(),
  portals: z.array(z.object({ id: z.string(), name: z.string(), url: z.string().nullable() })),
}) satisfies z.ZodType<CatalogConsole>;

const workingHours = z.object({ days: z.array(z.enum(WEEKDAYS)), start: z.string(), end: z.string(), timeZone: z.string() });

/** Working hours with their crons, as a grant's row holds them. */
export const workingHoursWithCrons = workingHours.extend({ startTimeCron: z.string(), endTimeCron: z.string() });

const requestedTime = z.object({
  start: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("onApproval") }),
    z.object({ kind: z.literal("at"), at: z.coerce.date() }),
  ]),
  end: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("after"), seconds: z.number() }),
    z.object({ kind: z.literal("at"), at: z.coerce.date() }),
  ]),
  workingHours: workingHours.nullable(),
}) satisfies z.ZodType<RequestedTime>;

export const failureShape = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  reference: z.string(),
}) satisfies z.ZodType<Failure>;

const ending = z.object({
  cause: z.enum(["DONE", "REVOKED", "LEFT"]),
  by: z.string(),
  reason: z.string().nullable(),
  at: z.coerce.date(),
}) satisfies z.ZodType<Ending>;

const accessTerms = z.object({ end: z.coerce.date(), workingHours: workingHours.nullable() });
const amendments = z.array(
  z.object({
    id: z.string(),
    by: z.string(),
    at: z.coerce.date(),
    reason: z.string().nullable(),
    before: accessTerms,
    after: accessTerms,
    outcome: z.enum(["WANTED", "WRITTEN", "REFUSED", "OVERTAKEN"]),
    failure: failureShape.nullable(),
  }) satisfies z.ZodType<Amendment>,
);
const origin = z.enum(["REQUEST", "ON_CALL", "BREAK_GLASS", "RENEWAL", "SAILPOINT"]) satisfies z.ZodType<RequestOrigin>;

const status = z.enum([
  "PENDING",
  "REJECTED",
  "CANCELLED",
  "EXPIRED",
  "PASSED",
  "GRANTING",
  "GRANTED",
  "FAILED",
  "ENDING",
  "ENDED",
]) satisfies z.ZodType<RequestStatus>;

/** A request out of its row. */
export const requestFromRow = (row: Selectable<RequestTable>): AccessRequest => ({
  id: row.id,
  number: row.number,
  requester: person.parse(row.requester),
  beneficiary: person.parse(row.beneficiary),
  consoles: z.array(catalogConsole).parse(row.consoles),
  time: requestedTime.parse(row.requested_time),
  reason: row.reason,
  status: status.parse(row.status),
  window: row.window_start !== null && row.window_end !== null ? { start: row.window_start, end: row.window_end } : null,
  failure: row.failure === null ? null : failureShape.parse(row.failure),
  batch: row.batch_id === null ? null : { id: row.batch_id, size: row.batch_size },
  origin: origin.parse(row.origin),
  renewsId: row.renews_id,
  ending: row.ending === null ? null : ending.parse(row.ending),
  amendments: amendments.parse(row.amendments),
  createdAt: row.created_at,
  decidedAt: row.decided_at,
});

/** @throws PortcullisError `request_unknown` */
export async function readRequest(db: Kysely<Database>, requestId: string): Promise<AccessRequest> {
  const row = await db.selectFrom("request").selectAll().where("id", "=", requestId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("request_unknown");
  return requestFromRow(row);
}

/**
 * Reads a request and holds its row until the transaction ends.
 * @throws PortcullisError `request_unknown`
 */
export async function lockRequest(trx: Transaction<Database>, requestId: string): Promise<AccessRequest> {
  const row = await trx.selectFrom("request").selectAll().where("id", "=", requestId).forUpdate().executeTakeFirst();
  if (row === undefined) throw new PortcullisError("request_unknown");
  return requestFromRow(row);
}

/** Sets where a request stands; what is not named stays. */
export async function updateRequest(
  trx: Transaction<Database>,
  requestId: string,
  change: Partial<Pick<AccessRequest, "status" | "window" | "time" | "failure" | "decidedAt" | "ending" | "amendments">>,
): Promise<void> {
  await trx
    .updateTable("request")
    .set({
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.window === undefined ? {} : { window_start: change.window?.start ?? null, window_end: change.window?.end ?? null }),
      ...(change.failure === undefined ? {} : { failure: change.failure === null ? null : JSON.stringify(change.failure) }),
      ...(change.decidedAt === undefined ? {} : { decided_at: change.decidedAt }),
      ...(change.time === undefined ? {} : { requested_time: JSON.stringify(change.time) }),
      ...(change.ending === undefined ? {} : { ending: change.ending === null ? null : JSON.stringify(change.ending) }),
      ...(change.amendments === undefined ? {} : { amendments: JSON.stringify(change.amendments) }),
    })
    .where("id", "=", requestId)
    .execute();
}
