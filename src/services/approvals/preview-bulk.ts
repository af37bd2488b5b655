import { type Kysely, sql } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { SlackActor } from "../directory/person.ts";
import { approvalFromRow } from "./approval-rows.ts";
import { BULK_LIMIT, type BulkItem, type BulkPreview, type BulkSelection, WITHDRAWABLE_LISTED, type Withdrawable } from "./bulk.ts";
import { previewRows } from "./bulk-rows.ts";
import { commentRequired } from "./comment-required.ts";

/**
 * What the form shows before a selection is decided. Nobody's rights are asked here: each item is decided, or refused, on its own.
 * @throws PortcullisError `selection_empty` | `selection_too_large`
 */
export const previewBulk =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async ({ verdict, items: selected }: BulkSelection): Promise<BulkPreview> => {
    const items = checkedSelection(selected);
    return { verdict, rows: await previewRows(db, items), commentRequired: await asksForComment(db, { verdict, items }) };
  };

/**
 * A selection without repetitions.
 * @throws PortcullisError `selection_empty` | `selection_too_large`
 */
export function checkedSelection(selected: readonly BulkItem[]): readonly BulkItem[] {
  const items = [...new Map(selected.map((item) => [item.approvalId, item])).values()];
  if (items.length === 0) throw new PortcullisError("selection_empty");
  if (items.length > BULK_LIMIT) throw new PortcullisError("selection_too_large", { params: { count: items.length, limit: BULK_LIMIT } });
  return items;
}

/** Whether the configuration of any of them asks for a comment with this verdict; to hand seats over takes one always. */
export async function asksForComment(db: Kysely<Database>, { verdict, items }: BulkSelection): Promise<boolean> {
  if (verdict === "reassign") return true;
  if (verdict !== "approve" && verdict !== "reject") return false;
  const ids = items.map(({ approvalId }) => approvalId);
  const rows = await db.selectFrom("approval").selectAll().where("id", "in", ids).execute();
  return rows.some((row) => commentRequired(approvalFromRow(row), verdict === "approve" ? "APPROVED" : "REJECTED"));
}

/**
 * The requests of their own that a person can choose among to take them back, the newest first, and how many there are.
 * @throws PortcullisError `request_unknown` when none waits any more
 */
export const withdrawableRequests =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async ({ userId }: SlackActor): Promise<Withdrawable> => {
    const rows = await db
      .selectFrom("approval")
      .innerJoin("request", "request.id", "approval.request_id")
      .select(["approval.id as approvalId", "approval.version as version", sql<string>`count(*) over ()`.as("waiting")])
      .where("request.requester_user_id", "=", userId)
      .where("request.status", "=", "PENDING")
      .orderBy("request.created_at", "desc")
      .limit(WITHDRAWABLE_LISTED)
      .execute();
    const [newest] = rows;
    if (newest === undefined) throw new PortcullisError("request_unknown");
    const items = rows.map(({ approvalId, version }) => ({ approvalId, version }));
    return { rows: await previewRows(db, items), waiting: Number(newest.waiting) };
  };
