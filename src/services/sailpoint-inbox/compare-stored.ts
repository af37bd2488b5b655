import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";

/** Stored bodies read at once. */
const PAGE = 1_000;

/** Those of a list that are not stored, or not so: most are as they were a minute ago, and cost no writing. */
export async function changedAmong(db: Kysely<Database>, listed: readonly SailPointApproval[]): Promise<readonly SailPointApproval[]> {
  const changed: SailPointApproval[] = [];
  for (let from = 0; from < listed.length; from += PAGE) {
    const part = listed.slice(from, from + PAGE);
    const rows = await db
      .selectFrom("sailpoint_approval")
      .select(["id", "body"])
      .where(
        "id",
        "in",
        part.map(({ id }) => id),
      )
      .execute();
    const stored = new Map(rows.map(({ id, body }) => [id, body]));
    changed.push(...part.filter(({ id, raw }) => !isAsStored(raw, stored.get(id))));
  }
  return changed;
}

/** A row of a list says less than what is stored: what it says has to be the same. */
const isAsStored = (raw: SailPointApproval["raw"], stored: object | undefined): boolean =>
  stored !== undefined && isDeepStrictEqual({ ...stored, ...raw }, { ...stored });

/** Ids of those that waited when they were last read and are not in the list. */
export async function missingFrom(db: Kysely<Database>, listed: readonly SailPointApproval[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("sailpoint_approval")
    .select("id")
    .where("status", "in", ["PENDING", "UNKNOWN"])
    .orderBy("seen_at")
    .execute();
  const there = new Set(listed.map(({ id }) => id));
  return rows.map(({ id }) => id).filter((id) => !there.has(id));
}
