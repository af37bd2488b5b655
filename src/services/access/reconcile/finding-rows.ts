import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../../errors.ts";
import type { Database } from "../../../store/schema.ts";
import type { FindingTable } from "../../../store/tables/findings.ts";
import { microtenantKey } from "../grant-rows.ts";
import { failureShape, workingHoursWithCrons } from "../request-rows.ts";
import {
  FINDING_KINDS,
  FINDING_STATUSES,
  type Finding,
  type FindingBody,
  type FindingCounts,
  type FindingTerms,
  type Found,
  VERDICTS,
  type Wanted,
} from "./finding.ts";

/** ZPA stores any hours: those of a foreign one are shown as they are. */
const anyHours = workingHoursWithCrons.extend({ days: workingHoursWithCrons.shape.days.catch([]) });
const terms = z.object({
  emailIds: z.array(z.string()),
  segmentIds: z.array(z.string()),
  start: z.coerce.date(),
  end: z.coerce.date(),
  workingHours: anyHours.nullable(),
}) satisfies z.ZodType<FindingTerms>;
const body = z.object({
  microtenantName: z.string(),
  fields: z.array(z.string()),
  intended: terms.nullable(),
  seen: terms.nullable(),
  counts: z.record(z.string(), z.number()),
}) satisfies z.ZodType<FindingBody>;
const wanted = z.object({ verdict: z.enum(VERDICTS), by: z.string(), reason: z.string().nullable() }) satisfies z.ZodType<Wanted>;

/** A finding out of its row. */
export const findingFromRow = (row: Selectable<FindingTable>): Finding => ({
  id: row.id,
  kind: z.enum(FINDING_KINDS).parse(row.kind),
  subject: row.subject,
  microtenantId: row.microtenant_key === "" ? null : row.microtenant_key,
  zpaId: row.zpa_id,
  grantId: row.grant_id,
  fingerprint: row.fingerprint,
  body: body.parse(row.body),
  status: z.enum(FINDING_STATUSES).parse(row.status),
  version: row.version,
  wanted: row.wanted === null ? null : wanted.parse(row.wanted),
  failure: row.failure === null ? null : failureShape.parse(row.failure),
  isTold: row.is_told,
  settledBy: row.settled_by,
  reason: row.reason,
  owner: row.owner,
  foundAt: row.found_at,
  settledAt: row.settled_at,
  closedAt: row.closed_at,
});

/** Everything that still counts in a microtenant, held until the transaction ends. */
export async function lockStanding(trx: Transaction<Database>, microtenantId: string | null): Promise<readonly Finding[]> {
  const rows = await trx
    .selectFrom("finding")
    .selectAll()
    .where("microtenant_key", "=", microtenantKey(microtenantId))
    .where("closed_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(findingFromRow);
}

/** The same without holding it. */
export async function readStanding(db: Kysely<Database>, microtenantId: string | null): Promise<readonly Finding[]> {
  const rows = await db
    .selectFrom("finding")
    .selectAll()
    .where("microtenant_key", "=", microtenantKey(microtenantId))
    .where("closed_at", "is", null)
    .execute();
  return rows.map(findingFromRow);
}

/** @throws PortcullisError `finding_unknown` */
export async function readFinding(db: Kysely<Database>, findingId: string): Promise<Finding> {
  const isId = z.uuid().safeParse(findingId).success;
  const row = isId ? await db.selectFrom("finding").selectAll().where("id", "=", findingId).executeTakeFirst() : undefined;
  if (row === undefined) throw new PortcullisError("finding_unknown");
  return findingFromRow(row);
}

/**
 * Reads a finding and holds its row until the transaction ends. It comes before the request's and the grant's.
 * @throws PortcullisError `finding_unknown`
 */
export async function lockFinding(trx: Transaction<Database>, findingId: string): Promise<Finding> {
  const isId = z.uuid().safeParse(findingId).success;
  const row = isId ? await trx.selectFrom("finding").selectAll().where("id", "=", findingId).forUpdate().executeTakeFirst() : undefined;
  if (row === undefined) throw new PortcullisError("finding_unknown");
  return findingFromRow(row);
}

/** Takes turns with other passes over the same microtenant, until the transaction ends. */
export async function takeTurnIn(trx: Transaction<Database>, microtenantId: string | null): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`findings of ${microtenantKey(microtenantId)}`}, 0))`.execute(trx);
}

export async function insertFinding(
  trx: Transaction<Database>,
  { id, found, isTold, now }: { readonly id: string; readonly found: Found; readonly isTold: boolean; readonly now: Date },
): Promise<void> {
  await trx
    .insertInto("finding")
    .values({
      id,
      kind: found.kind,
      subject: found.subject,
      microtenant_key: microtenantKey(found.microtenantId),
      zpa_id: found.zpaId,
      grant_id: found.grantId,
      fingerprint: found.fingerprint,
      body: JSON.stringify(found.body),
      status: "OPEN",
      version: 1,
      is_told: isTold,
      settled_by: null,
      reason: null,
      owner: null,
      found_at: now,
      settled_at: null,
      closed_at: null,
    })
    .execute();
}

type Change = Partial<
  Pick<
    Finding,
    | "fingerprint"
    | "body"
    | "zpaId"
    | "status"
    | "wanted"
    | "failure"
    | "isTold"
    | "settledBy"
    | "reason"
    | "owner"
    | "settledAt"
    | "closedAt"
  >
>;

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** Sets what became of a finding; what is not named stays. With every change it has another version, and older buttons are refused. */
export async function updateFinding(trx: Transaction<Database>, findingId: string, change: Change): Promise<void> {
  const { fingerprint, body: said, zpaId, status, wanted: wish, failure, isTold, settledBy, reason, owner, settledAt, closedAt } = change;
  await trx
    .updateTable("finding")
    .set((eb) => ({
      version: eb("version", "+", 1),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(said === undefined ? {} : { body: JSON.stringify(said) }),
      ...(zpaId === undefined ? {} : { zpa_id: zpaId }),
      ...(status === undefined ? {} : { status }),
      ...(wish === undefined ? {} : { wanted: json(wish) }),
      ...(failure === undefined ? {} : { failure: json(failure) }),
      ...(isTold === undefined ? {} : { is_told: isTold }),
      ...(settledBy === undefined ? {} : { settled_by: settledBy }),
      ...(reason === undefined ? {} : { reason }),
      ...(owner === undefined ? {} : { owner }),
      ...(settledAt === undefined ? {} : { settled_at: settledAt }),
      ...(closedAt === undefined ? {} : { closed_at: closedAt }),
    }))
    .where("id", "=", findingId)
    .execute();
}

/** How many findings wait for an administrator, by class. */
export async function countFindings(db: Kysely<Database>): Promise<FindingCounts> {
  const rows = await db
    .selectFrom("finding")
    .select(["kind", (eb) => eb.fn.countAll<string>().as("open")])
    .where("status", "=", "OPEN")
    .groupBy("kind")
    .execute();
  const of = (kind: FindingKindCounted): number => Number(rows.find((row) => row.kind === kind)?.open ?? 0);
  return { changed: of("CHANGED"), missing: of("MISSING"), foreign: of("FOREIGN"), list: of("LIST") };
}

type FindingKindCounted = "CHANGED" | "MISSING" | "FOREIGN" | "LIST";
