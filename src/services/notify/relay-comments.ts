import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { requestLabel } from "../access/request.ts";
import { readRequest } from "../access/request-rows.ts";
import { readApproval } from "../approvals/approval-rows.ts";
import { audienceKey, audienceOf } from "./audiences.ts";
import type { Audience } from "./notify-port.ts";
import { claimSaying, markSaid, type NotedRemark, remarksOf, returnSaying } from "./remark-rows.ts";
import type { SaidRemark, TalkPort } from "./talk-port.ts";

export interface RelayPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly talk: Pick<TalkPort, "sayRemark" | "findRemark">;
  readonly clock: Clock;
  readonly log: Log;
}

interface Thread {
  readonly audience: Audience;
  readonly name: string;
  readonly card: { readonly channelId: string; readonly ts: string } | null;
  readonly createdAt: Date;
}

/** When another worker is saying something in a thread: come back once it should have finished. */
const COME_BACK_MILLISECONDS = 2_000;

/**
 * Says every remark on an approval in the thread of every card of its request, except where it was written: in order, once each. What fails
 * in one thread holds up what comes after it there, and no other thread; the job then fails and is tried again.
 *
 * Slack has no key for messages. So each attempt is written down first, and after one whose outcome nobody knows (a crash, an answer that
 * was lost) the thread is looked through before anything is said again.
 *
 * @throws AggregateError of what failed
 */
export const relayComments =
  (ports: RelayPorts) =>
  async ({ approvalId }: Payload<"relay-comments">): Promise<void> => {
    const { db, log } = ports;
    const approval = await readApproval(db, approvalId);
    const request = await readRequest(db, approval.requestId);
    const noted = await remarksOf(db, approvalId);
    const remarks = noted.flatMap((remark) => {
      const comment = approval.comments.find(({ id }) => id === remark.commentId);
      return comment === undefined ? [] : [{ ...remark, said: said(requestLabel(request), approvalId, remark, comment) }];
    });
    const failures: unknown[] = [];
    const threads = await threadsOf(db, request.id);
    await Promise.all(
      threads.map(async (thread) => {
        try {
          for (const remark of remarks)
            if (isMeantFor(remark, thread) && (await sayOnce(ports, approvalId, remark, thread)) === "underway")
              return comeBack(ports, approvalId);
        } catch (thrown) {
          log.warn({ err: fromUnknown(thrown), approvalId, audience: thread.name }, "remark.not-said");
          failures.push(thrown);
        }
      }),
    );
    if (failures.length > 0) throw new AggregateError(failures, `remarks on ${approvalId} were not said in ${failures.length} threads`);
  };

const said = (
  label: string,
  approvalId: string,
  { kind, commentId }: NotedRemark,
  { by, text }: Pick<SaidRemark, "by" | "text">,
): SaidRemark => ({ label, by, kind, text, key: `${approvalId}:${commentId}` });

/**
 * A reply is not said where it was written, nor to its own writer elsewhere. A card that came later shows the comments of before by itself.
 */
function isMeantFor({ message, said: { by }, createdAt }: NotedRemark & { readonly said: SaidRemark }, thread: Thread): boolean {
  if (createdAt < thread.createdAt) return false;
  if (message === null) return true;
  const isItsWriters = "userId" in thread.audience && thread.audience.userId === by.userId;
  return !isItsWriters && !(thread.card?.channelId === message.channelId && thread.card.ts === message.threadTs);
}

/** Nothing may overtake what another worker is saying in that thread just now. */
const comeBack = ({ jobs, clock }: RelayPorts, approvalId: string): Promise<void> =>
  jobs.enqueueNow(
    "relay-comments",
    { approvalId },
    { startAfter: new Date(clock.now().getTime() + COME_BACK_MILLISECONDS), singletonKey: approvalId },
  );

async function sayOnce(
  { db, talk }: RelayPorts,
  approvalId: string,
  { commentId, said }: NotedRemark & { readonly said: SaidRemark },
  { audience, name, card }: Thread,
): Promise<"said" | "underway"> {
  const place = { approvalId, commentId, audience: name };
  const claim = await claimSaying(db, place);
  if (claim === "said" || claim === "underway") return claim;
  try {
    if (card === null) throw new Error("the card is not posted yet");
    const found = claim === "again" ? await talk.findRemark(card, said.key) : null;
    await markSaid(db, place, found ?? (await talk.sayRemark(card, audience, said)));
    return "said";
  } catch (thrown) {
    await returnSaying(db, place);
    throw thrown;
  }
}

/** One thread an audience; copies of a card are read by nobody who has the card. */
async function threadsOf(db: Kysely<Database>, requestId: string): Promise<readonly Thread[]> {
  const rows = await db.selectFrom("card").selectAll().where("request_id", "=", requestId).orderBy("created_at").execute();
  return rows.flatMap(({ audience: name, channel_id: channelId, ts, created_at: createdAt }): Thread[] => {
    const audience = audienceOf(name);
    if (audience === null || audienceKey(audience) !== name) return [];
    return [{ audience, name, card: ts === null ? null : { channelId, ts }, createdAt }];
  });
}
