import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { copyKey } from "./audiences.ts";
import type { Audience } from "./notify-port.ts";

/** The message on which someone clicked, and what its button names: the request, or the approval as the card shows it. */
export interface ClickedCard {
  readonly request: { readonly requestId: string } | { readonly approvalId: string; readonly version: number };
  readonly audience: Audience;
  readonly channelId: string;
  readonly ts: string;
}

/**
 * Has a card that someone clicked brought up to date: one that Slack did not let us update in time, or one that stands there without
 * being known, because nobody could note it after posting it. From now on that one is kept current like the others. A click on a known
 * card that shows the approval as it is costs one question and leaves nothing to do.
 */
export const adoptCard =
  ({ db, jobs, clock, ids }: { readonly db: Kysely<Database>; readonly jobs: Jobs; readonly clock: Clock; readonly ids: Ids }) =>
  async ({ request, audience, channelId, ts }: ClickedCard): Promise<void> => {
    const found = await lookUp(db, request, channelId, ts);
    if (found === undefined || (found.cardId !== null && isCurrent(found, request))) return;
    const { requestId } = found;
    if (found.cardId === null) await noteCard({ db, clock, ids }, requestId, { audience, channelId, ts });
    await jobs.enqueueNow("project-request", { requestId }, { singletonKey: requestId });
  };

const isCurrent = (found: { readonly status: string; readonly version: number }, request: ClickedCard["request"]): boolean =>
  "version" in request && found.status === "PENDING" && found.version === request.version;

const noteCard = async (
  { db, clock, ids }: { readonly db: Kysely<Database>; readonly clock: Clock; readonly ids: Ids },
  requestId: string,
  { audience, channelId, ts }: Omit<ClickedCard, "request">,
): Promise<void> => {
  await db
    .insertInto("card")
    .values({
      id: ids.uuid(),
      request_id: requestId,
      audience: copyKey(audience, ts),
      channel_id: channelId,
      ts,
      shown: null,
      posting_since: null,
      claimed_by: null,
      claimed_until: null,
      created_at: clock.now(),
    })
    .onConflict((conflict) => conflict.columns(["request_id", "audience"]).doNothing())
    .execute();
};

/** The request, and its card at that place: one question, because it is asked at every click. */
const lookUp = (db: Kysely<Database>, request: ClickedCard["request"], channelId: string, ts: string) =>
  db
    .selectFrom("approval")
    .leftJoin("card", (join) =>
      join.onRef("card.request_id", "=", "approval.request_id").on("card.channel_id", "=", channelId).on("card.ts", "=", ts),
    )
    .select(["approval.request_id as requestId", "approval.status", "approval.version", "card.id as cardId"])
    .where((eb) =>
      "requestId" in request ? eb("approval.request_id", "=", request.requestId) : eb("approval.id", "=", request.approvalId),
    )
    .executeTakeFirst();
