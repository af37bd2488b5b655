import { createHash } from "node:crypto";
import { addMilliseconds } from "date-fns/addMilliseconds";
import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import type { People } from "../directory/person.ts";
import { refuseUnstorable } from "../policy/storable-text.ts";
import type { SubmitBulk } from "./bulk.ts";
import { insertBulk } from "./bulk-rows.ts";
import { asksForComment, checkedSelection } from "./preview-bulk.ts";

export interface SubmitBulkPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly people: Pick<People, "trusted">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly faultPoint: FaultPoint;
}

/**
 * Slack draws what the ack of a submission brings a moment after it was sent. A result that came earlier would be covered by it for ever.
 */
const ACK_DRAWN_MILLISECONDS = 1_500;
export const showableFrom = (submittedAt: Date): Date => addMilliseconds(submittedAt, ACK_DRAWN_MILLISECONDS);

/**
 * Writes decisions on many approvals down as one command, so that a crash cannot lose it; awaited before the form's submission is
 * acknowledged. Whether each item may be decided is asked when it is, by the rules of a single decision.
 *
 * @throws PortcullisError `selection_empty` | `selection_too_large` | `comment_required` | `invalid_input` | what speaks against the person
 */
export const submitBulk =
  ({ db, jobs, people, clock, ids, faultPoint }: SubmitBulkPorts) =>
  async (submitted: SubmitBulk): Promise<void> => {
    const command = { ...submitted, items: checkedSelection(submitted.items), comment: submitted.comment.trim() };
    refuseUnstorable(command.comment, "comment");
    await people.trusted(command.by);
    if (command.comment === "" && (await asksForComment(db, command))) throw new PortcullisError("comment_required", { field: "comment" });
    const now = clock.now();
    await db.transaction().execute(async (trx) => {
      const { id, isNew } = await insertBulk(trx, { id: ids.uuid(), submissionKey: keyOf(command), command, now });
      if (isNew) await jobs.enqueue(trx, "bulk-decide", { bulkId: id });
      // Slack did not hear the first ack, and shows again that the command is being worked on: perhaps it is done long since.
      else await jobs.enqueue(trx, "show-bulk", { bulkId: id }, { startAfter: showableFrom(now) });
    });
    await faultPoint("bulk.recorded");
  };

/** A form that is sent again with something else in it is another command. */
const keyOf = ({ viewId, ...content }: SubmitBulk): string =>
  `${viewId}:${createHash("sha256").update(JSON.stringify(content)).digest("hex")}`;
