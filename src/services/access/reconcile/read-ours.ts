import { type Kysely, sql } from "kysely";
import type { Database } from "../../../store/schema.ts";
import type { PrivilegedApproval } from "../../zpa/zpa-client.ts";
import { attemptFromRow } from "../claim-grant.ts";
import type { Grant } from "../grant.ts";
import { grantFromRow, microtenantKey } from "../grant-rows.ts";
import type { OurGrant } from "./classify.ts";

const PAGE = 500;
/** Clocks of replicas differ, and a list is read over a while: what changed shortly before it began may not be in it. */
const MARGIN_MILLISECONDS = 5_000;

export interface Listing {
  readonly microtenantId: string | null;
  readonly approvals: readonly PrivilegedApproval[];
  /** When the first page was asked for. */
  readonly askedAt: Date;
}

/**
 * Every grant that a microtenant's list concerns: those that stand, those whose id is in it, and those of which a lost attempt fits
 * something in it. To be read after the list: then an attempt is on record before its effect can be listed.
 *
 * Costs by what stands and what is listed, not by what is stored: three indexes carry it.
 */
export async function readOurs(
  db: Kysely<Database>,
  { microtenantId, approvals, askedAt }: Listing,
  now: Date,
): Promise<readonly OurGrant[]> {
  const key = microtenantKey(microtenantId);
  const found = new Map<string, OurGrantRow>();
  const note = (rows: readonly OurGrantRow[]) => {
    for (const row of rows) found.set(row.id, row);
  };
  for (let after = { end: now, id: "00000000-0000-0000-0000-000000000000" }; ; ) {
    const rows = await grants(db)
      .where("microtenant_key", "=", key)
      .where("status", "=", "GRANTED")
      .where(sql<boolean>`(end_at, id) > (${after.end}, ${after.id}::uuid)`)
      .orderBy("end_at")
      .orderBy("id")
      .limit(PAGE)
      .execute();
    note(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = { end: last.end_at, id: last.id };
  }
  const fitting = new Set<string>();
  for (let at = 0; at < approvals.length; at += PAGE) {
    const page = approvals.slice(at, at + PAGE);
    const ids = page.map(({ id }) => id);
    // Attempts first: one whose answer is recorded in between has its id then, and keeps it.
    for (const id of await grantsWithLostAttempts(db, key, page)) fitting.add(id);
    note(await grants(db).where("zpa_id", "in", ids).where("microtenant_key", "=", key).execute());
  }
  const unseen = [...fitting].filter((id) => !found.has(id));
  for (let at = 0; at < unseen.length; at += PAGE)
    note(
      await grants(db)
        .where("id", "in", unseen.slice(at, at + PAGE))
        .execute(),
    );
  const attempts = await attemptsOfAll(db, [...fitting]);
  return [...found.values()].map((row) => ({
    grant: grantFromRow(row),
    attempts: attempts.get(row.id) ?? [],
    isMoving: row.is_claimed || row.updated_at.getTime() > askedAt.getTime() - MARGIN_MILLISECONDS,
  }));
}

type OurGrantRow = Awaited<ReturnType<ReturnType<typeof grants>["execute"]>>[number];

const grants = (db: Kysely<Database>) =>
  db.selectFrom("access_grant").selectAll().select(sql<boolean>`claimed_by is not null and claimed_until > now()`.as("is_claimed"));

/** The terms of hundreds of privileged approvals in one look-up. */
async function grantsWithLostAttempts(db: Kysely<Database>, key: string, page: readonly PrivilegedApproval[]): Promise<readonly string[]> {
  const single = page.flatMap(({ emailIds: [email, ...others], start, end }) =>
    email === undefined || others.length > 0 ? [] : [{ email: email.toLowerCase(), start, end }],
  );
  if (single.length === 0) return [];
  const { rows } = await sql<{ grant_id: string }>`
    select attempt.grant_id
    from unnest(
      ${single.map(({ email }) => email)}::text[],
      ${single.map(({ start }) => start.toISOString())}::timestamptz[],
      ${single.map(({ end }) => end.toISOString())}::timestamptz[]
    ) as listed (email, start_at, end_at)
    join grant_attempt attempt
      on lower(attempt.email) = listed.email and attempt.start_at = listed.start_at and attempt.end_at = listed.end_at
    where attempt.outcome = 'UNKNOWN' and attempt.microtenant_key = ${key}`.execute(db);
  return rows.map(({ grant_id }) => grant_id);
}

async function attemptsOfAll(db: Kysely<Database>, grantIds: readonly string[]): Promise<ReadonlyMap<string, OurGrant["attempts"]>> {
  const byGrant = new Map<string, OurGrant["attempts"][number][]>();
  for (let at = 0; at < grantIds.length; at += PAGE) {
    const ids = grantIds.slice(at, at + PAGE);
    for (const row of await db.selectFrom("grant_attempt").selectAll().where("grant_id", "in", ids).orderBy("attempted_at").execute())
      byGrant.set(row.grant_id, [...(byGrant.get(row.grant_id) ?? []), attemptFromRow(row)]);
  }
  return byGrant;
}

/** How a grant stands now, for a judgement on something that was read of ZPA before; null when it is being worked on. */
export async function readUnmoved(db: Kysely<Database>, grantId: string): Promise<Grant | null> {
  const row = await grants(db).where("id", "=", grantId).executeTakeFirst();
  if (row === undefined || row.is_claimed) return null;
  return grantFromRow(row);
}
