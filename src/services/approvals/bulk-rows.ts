import { type Kysely, sql, type Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { requestLabel } from "../access/request.ts";
import { failureShape, requestFromRow } from "../access/request-rows.ts";
import { HolderJson } from "./approval-json.ts";
import { BULK_VERDICTS, BulkItem, type BulkPreviewRow, type SubmitBulk } from "./bulk.ts";

const Body = z.object({
  verdict: z.enum(BULK_VERDICTS),
  items: z.array(BulkItem),
  by: z.object({ teamId: z.string(), userId: z.string() }),
  comment: z.string(),
  to: HolderJson.nullable(),
  viewId: z.string(),
}) satisfies z.ZodType<SubmitBulk>;
const Results = z.record(z.string(), failureShape.nullable());

/** A command as it was written down, and how far it has come. */
export interface BulkCommand extends SubmitBulk {
  readonly id: string;
  /** By approval id: null where it was done. What is not here was not tried to an end yet. */
  readonly results: z.infer<typeof Results>;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** @returns the id of the command that now stands for this submission, and whether it is a new one */
export async function insertBulk(
  trx: Transaction<Database>,
  {
    id,
    submissionKey,
    command,
    now,
  }: { readonly id: string; readonly submissionKey: string; readonly command: SubmitBulk; readonly now: Date },
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const row = await trx
    .insertInto("bulk_command")
    .values({ id, submission_key: submissionKey, body: JSON.stringify(Body.parse(command)), created_at: now, finished_at: null })
    .onConflict((conflict) => conflict.column("submission_key").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row !== undefined) return { id: row.id, isNew: true };
  const earlier = await trx.selectFrom("bulk_command").select("id").where("submission_key", "=", submissionKey).executeTakeFirstOrThrow();
  return { id: earlier.id, isNew: false };
}

/** @throws PortcullisError `approval_unknown` when there is no such command */
export async function readBulk(db: Kysely<Database>, bulkId: string): Promise<BulkCommand> {
  const row = await db.selectFrom("bulk_command").selectAll().where("id", "=", bulkId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("approval_unknown", { params: { bulkId } });
  return {
    ...Body.parse(row.body),
    id: row.id,
    results: Results.parse(row.results),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** Notes what became of one item; what another run has noted before stands. */
export async function noteResult(
  db: Kysely<Database>,
  bulkId: string,
  approvalId: string,
  result: BulkCommand["results"][string],
): Promise<void> {
  await db
    .updateTable("bulk_command")
    .set({ results: sql<string>`results || jsonb_build_object(${approvalId}::text, ${JSON.stringify(result)}::jsonb)` })
    .where("id", "=", bulkId)
    .where(sql<boolean>`not jsonb_exists(results, ${approvalId})`)
    .execute();
}

/** @returns false when another run has finished it */
export async function finishBulk(trx: Transaction<Database>, bulkId: string, now: Date): Promise<boolean> {
  const row = await trx
    .updateTable("bulk_command")
    .set({ finished_at: now })
    .where("id", "=", bulkId)
    .where("finished_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** The requests behind a selection, in its order; what does not exist is left out. */
export async function previewRows(db: Kysely<Database>, items: readonly BulkItem[]): Promise<readonly BulkPreviewRow[]> {
  const ids = items.map(({ approvalId }) => approvalId);
  const rows = await db
    .selectFrom("approval")
    .innerJoin("request", "request.id", "approval.request_id")
    .selectAll("request")
    .select("approval.id as approval_id")
    .where("approval.id", "in", ids)
    .execute();
  const found = new Map(rows.map((row) => [row.approval_id, requestFromRow(row)]));
  return items.flatMap((item) => {
    const request = found.get(item.approvalId);
    if (request === undefined) return [];
    const consoleNames = request.consoles.map(({ name }) => name);
    return [{ item, label: requestLabel(request), consoleNames, beneficiaryUserId: request.beneficiary.userId }];
  });
}
