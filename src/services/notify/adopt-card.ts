import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { copyKey } from "./audiences.ts";
import type { Audience } from "./notify-port.ts";

/** The message on which someone clicked, and the request that its button names. */
export interface ClickedCard {
  readonly request: { readonly requestId: string } | { readonly approvalId: string };
  readonly audience: Audience;
  readonly channelId: string;
  readonly ts: string;
}

/**
 * Takes in a card that stands in Slack without being known here: posted by a process that died before it could note it. From
 * now on it is kept current like the others. A known card is left as it is.
 */
export const adoptCard =
  ({ db, jobs, clock, ids }: { readonly db: Kysely<Database>; readonly jobs: Jobs; readonly clock: Clock; readonly ids: Ids }) =>
  async ({ request, audience, channelId, ts }: ClickedCard): Promise<void> => {
    const found = await lookUp(db, request, channelId, ts);
    if (found === undefined || found.cardId !== null) return;
    const { requestId } = found;
    await db
      .insertInto("card")
      .values({
        id: ids.uuid(),
        request_id: requestId,
        audience: copyKey(audience, ts),
        channel_id: channelId,
        ts,
        shown: null,
        claimed_by: null,
        claimed_until: null,
        created_at: clock.now(),
      })
      .onConflict((conflict) => conflict.columns(["request_id", "audience"]).doNothing())
      .execute();
    await jobs.enqueueNow("project-request", { requestId }, { singletonKey: requestId });
  };

/** The request, and its card at that place: one question, because it is asked at every click. */
const lookUp = (db: Kysely<Database>, request: ClickedCard["request"], channelId: string, ts: string) =>
  db
    .selectFrom("approval")
    .leftJoin("card", (join) =>
      join.onRef("card.request_id", "=", "approval.request_id").on("card.channel_id", "=", channelId).on("card.ts", "=", ts),
    )
    .select(["approval.request_id as requestId", "card.id as cardId"])
    .where((eb) =>
      "requestId" in request ? eb("approval.request_id", "=", request.requestId) : eb("approval.id", "=", request.approvalId),
    )
    .executeTakeFirst();
