import { fromUnknown } from "../../errors.ts";
import { audienceKey, personalAudiences } from "./audiences.ts";
import { cardsOf, claimNotice, unclaimNotice } from "./card-rows.ts";
import { dueNotices } from "./due-notices.ts";
import { confirmClaim, type Run } from "./run.ts";

/**
 * In the threads of the requester's and the beneficiary's cards. A notice is claimed before it is said and given back when that
 * failed. Slack may have taken one whose answer was lost, and then it is said twice: better than that nobody hears "granted". A crash
 * in between loses a line of chat, never the card that says the same.
 * @returns whether anything was said
 */
export const sayWhatIsDue = async (run: Run): Promise<boolean> => {
  const { db, port, clock, log, overview, failures } = run;
  const cards = await cardsOf(db, overview.request.id);
  let said = false;
  for (const audience of personalAudiences(overview)) {
    const name = audienceKey(audience);
    const card = cards.find((row) => row.audience === name);
    if (!card?.ts) continue;
    for (const { step, key } of dueNotices(overview)) {
      const personal = `${key}:${name}`;
      await confirmClaim(run);
      if (!(await claimNotice(db, personal, clock.now()))) continue;
      try {
        await port.say({ channelId: card.channelId, ts: card.ts }, audience, step, overview);
        said = true;
      } catch (thrown) {
        await unclaimNotice(db, personal);
        log.warn({ err: fromUnknown(thrown), requestId: overview.request.id, notice: step.notice }, "notice.not-said");
        failures.push(thrown);
        break;
      }
    }
  }
  return said;
};
