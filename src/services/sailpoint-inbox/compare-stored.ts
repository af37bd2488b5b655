import { isDeepStrictEqual } from "node:util";
import { subDays } from "date-fns/subDays";
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
      .select(["id", "body", "status"])
      .where(
        "id",
        "in",
        part.map(({ id }) => id),
      )
      .execute();
    const stored = new Map(rows.map((row) => [row.id, row]));
    changed.push(...part.filter((approval) => !isAsStored(approval, stored.get(approval.id))));
  }
  return changed;
}

/** A row of a list says less than what is stored: what it says has to be the same. */
const isAsStored = ({ raw, status }: SailPointApproval, stored: { readonly body: object; readonly status: string } | undefined): boolean =>
  stored !== undefined && stored.status === status && isDeepStrictEqual({ ...stored.body, ...raw }, { ...stored.body });

/** What SailPoint does not have any more is asked for so long: it may have been hidden from us for a while. */
const GONE_DAYS = 1;

/** Ids of those that waited when they were last read and are not in the list. */
export async function missingFrom(db: Kysely<Database>, listed: readonly SailPointApproval[], now: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("sailpoint_approval")
    .select("id")
    .where((eb) =>
      eb.or([eb("status", "=", "PENDING"), eb.and([eb("status", "=", "UNKNOWN"), eb("seen_at", ">", subDays(now, GONE_DAYS))])]),
    )
    .orderBy("seen_at")
    .execute();
  const there = new Set(listed.map(({ id }) => id));
  return rows.map(({ id }) => id).filter((id) => !there.has(id));
}
