import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Database } from "../../store/schema.ts";
import type { RequestOverview } from "../access/overview.ts";
import { readApproval } from "../approvals/approval-rows.ts";
import { audienceKey, audienceOf } from "./audiences.ts";
import { cardsOf, claimNotice, unclaimNotice } from "./card-rows.ts";
import type { TalkPort } from "./talk-port.ts";

export interface TellPorts {
  readonly db: Kysely<Database>;
  readonly talk: Pick<TalkPort, "tellProposer">;
  readonly loadOverview: (requestId: string) => Promise<RequestOverview>;
  readonly clock: Clock;
}

/** The job that tells an approver what became of their proposal: under their own card, else under the channel's, else in person. */
export const tellProposer =
  ({ db, talk, loadOverview, clock }: TellPorts) =>
  async ({ approvalId, proposalId, proposer, outcome }: Payload<"tell-proposer">): Promise<void> => {
    const { requestId } = await readApproval(db, approvalId);
    const overview = await loadOverview(requestId);
    const cards = (await cardsOf(db, requestId)).flatMap(({ audience, channelId, ts }) =>
      ts === null ? [] : [{ audience, channelId, ts }],
    );
    const card =
      cards.find(({ audience }) => audience === audienceKey({ kind: "approver", userId: proposer.userId })) ??
      cards.find(({ audience }) => audienceOf(audience)?.kind === "channel");
    const key = `proposal:${proposalId}:${outcome}`;
    if (!(await claimNotice(db, key, clock.now()))) return;
    try {
      await talk.tellProposer(card ?? null, proposer, outcome, overview);
    } catch (thrown) {
      await unclaimNotice(db, key);
      throw thrown;
    }
  };
