import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Database } from "../../store/schema.ts";
import { type ApplyPorts, applyTime } from "./apply-command.ts";

/** The job behind an approval's timers. Under the row's lock a tick counts once, however many replicas it woke. */
export const runApprovalTimer =
  ({ db, clock, ...ports }: ApplyPorts & { readonly db: Kysely<Database>; readonly clock: Clock }) =>
  async ({ approvalId }: Payload<"approval-timer">): Promise<void> => {
    await db.transaction().execute((trx) => applyTime(ports, trx, approvalId, clock.now()));
  };
