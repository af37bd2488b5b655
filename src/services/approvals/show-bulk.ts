import type { Kysely } from "kysely";
import type { Payload } from "../../jobs/queues.ts";
import type { Database } from "../../store/schema.ts";
import type { BulkResult } from "./bulk.ts";
import { previewRows, readBulk } from "./bulk-rows.ts";

/** What `slack/` fills in: shows a result in the modal that it was asked for in, and as a direct message where that is gone. */
export type ShowBulkResult = (result: BulkResult) => Promise<void>;

/** The job that tells a person what became of each item. Once all are done; a run before that has nothing to say. */
export const showBulk =
  ({ db, show }: { readonly db: Kysely<Database>; readonly show: ShowBulkResult }) =>
  async ({ bulkId }: Payload<"show-bulk">): Promise<void> => {
    const { id, verdict, by, viewId, items, results, finishedAt } = await readBulk(db, bulkId);
    if (finishedAt === null) return;
    const rows = (await previewRows(db, items)).map((row) => ({ ...row, failure: results[row.item.approvalId] ?? null }));
    await show({ id, verdict, by, viewId, rows });
  };
