import { fromUnknown, type PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { JobAttempt, Jobs } from "../../jobs/jobs.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Log } from "../../log.ts";
import type { ClickedCard } from "../notify/adopt-card.ts";
import type { NotifyPort } from "../notify/notify-port.ts";
import type { decideApproval } from "./decide-approval.ts";

type Click = Payload<"approve-click">;

/** Writes a click on Approve so that it survives a crash; awaited before the click is acknowledged. */
export const recordApproveClick =
  ({ jobs, faultPoint }: { readonly jobs: Jobs; readonly faultPoint: FaultPoint }) =>
  async (click: Click): Promise<void> => {
    await jobs.enqueueNow("approve-click", click);
    await faultPoint("click.recorded");
  };

export interface ApproveClickPorts {
  readonly decide: ReturnType<typeof decideApproval>;
  /** Has the clicked card kept current from now on. */
  readonly adoptCard: (card: ClickedCard) => Promise<void>;
  readonly port: Pick<NotifyPort, "tell">;
  readonly ids: Ids;
  readonly log: Log;
}

/** The job behind a recorded click: decides, or tells the person, where they clicked, why not. */
export const runApproveClick =
  ({ decide, adoptCard, port, ids, log }: ApproveClickPorts) =>
  async ({ approvalId, version, by, place, audience }: Click, attempt: JobAttempt): Promise<void> => {
    if (audience !== null && place.channelId !== null && place.messageTs !== null) {
      const card = { request: { approvalId, version }, audience, channelId: place.channelId, ts: place.messageTs };
      // The click counts even where the card on which it was made cannot be kept current.
      await adoptCard(card).catch((thrown: unknown) => log.warn({ err: fromUnknown(thrown), approvalId }, "card.not-adopted"));
    }
    try {
      await decide(approvalId, { kind: "approve", by, version, comment: null });
    } catch (thrown) {
      const error = fromUnknown(thrown);
      if (isOwnEarlierRun(error, by.userId, attempt)) return;
      if (mayPass(error) && !attempt.isLast) throw error;
      const reference = ids.reference();
      log.warn({ err: error, reference, approvalId, userId: by.userId }, "approve-click.refused");
      await port.tell(by, place, error, reference);
    }
  };

/** The run before this one committed and the process died before the job was marked done: nothing to say. */
const isOwnEarlierRun = (error: PortcullisError, userId: string, attempt: JobAttempt): boolean =>
  attempt.retryCount > 0 &&
  error.code === "already_decided" &&
  error.details.params?.byUserId === userId &&
  error.details.params?.status === "APPROVED";

/** Faults of Slack or the database that may be gone at the next try. */
export const mayPass = (error: PortcullisError): boolean =>
  ["slack_unreachable", "database_unreachable", "unexpected"].includes(error.code);
