import { fromUnknown } from "../../errors.ts";
import type { Approval, Holder } from "../approvals/approval.ts";
import { person, sameHolder } from "../approvals/seats.ts";
import { audienceKey, decidersThrough, peopleBehind } from "./audiences.ts";
import { type CardRow, cardsOf, claimNotice, noticesSaid } from "./card-rows.ts";
import { type DueCall, dueCalls } from "./due-calls.ts";
import type { Audience } from "./notify-port.ts";
import { confirmClaim, type Run } from "./run.ts";

/** One message: in the thread of one card, to those of a call who read it there. */
interface Saying {
  readonly call: DueCall;
  readonly key: string;
  readonly card: CardRow;
  readonly audience: Audience;
  readonly mentions: readonly Holder[];
}

/**
 * Calls those who can decide now, each of them once: in the thread of their own card, or, who has none, by a mention in the thread of
 * the channel's. Whose turn has just begun is not reminded in the same breath.
 *
 * A call is noted after it was said, under the claim on the request that keeps other workers out: a crash loses none, and one in
 * between has it said twice.
 * @returns whether anything was said
 */
export const sayCalls = async (run: Run): Promise<boolean> => {
  const { db, clock, overview, admins } = run;
  const calls = dueCalls(overview, clock.now(), admins);
  if (calls.length === 0) return false;
  const cards = await cardsOf(db, overview.request.id);
  const sayings = (await Promise.all(calls.map((call) => sayingsOf(run, call, cards)))).flat();
  const before = await noticesSaid(
    db,
    sayings.map(({ key }) => key),
  );
  const due = sayings.filter(({ key }) => !before.has(key));
  let said = false;
  for (const saying of due) said = (await say(run, withoutNewcomers(saying, due))) || said;
  return said;
};

async function sayingsOf(run: Run, call: DueCall, cards: readonly CardRow[]): Promise<readonly Saying[]> {
  const posted = (audience: Audience): CardRow | null =>
    cards.find((card) => card.audience === audienceKey(audience) && card.ts !== null) ?? null;
  const isNews = (card: CardRow): boolean => call.since === null || card.createdAt < call.since;
  const unaddressed: Holder[] = [];
  const inPerson = new Map<string, CardRow>();
  for (const holder of call.to) {
    const peopleOf = call.kind === "not_ended" ? membersBehind : decidersThrough;
    const people = await peopleOf(run.overview.approval, holder, run.groupMembers);
    const own = people.flatMap((userId) => {
      const card = posted({ kind: "approver", userId });
      return card === null ? [] : [[userId, card] as const];
    });
    for (const [userId, card] of own) inPerson.set(userId, card);
    if (own.length === 0 || own.length < people.length) unaddressed.push(holder);
  }
  const sayings = [...inPerson].map(([userId, card]): Saying => {
    const audience: Audience = { kind: "approver", userId };
    return { call, key: `${call.key}:${audienceKey(audience)}`, card, audience, mentions: [person(userId)] };
  });
  const channel: Audience | null = run.approvalsChannel === null ? null : { kind: "channel", channelId: run.approvalsChannel };
  const channelCard = channel === null ? null : posted(channel);
  if (channel !== null && channelCard !== null && unaddressed.length > 0 && call.kind !== "exhausted")
    sayings.push({ call, key: `${call.key}:${audienceKey(channel)}`, card: channelCard, audience: channel, mentions: unaddressed });
  return sayings.filter(({ card }) => isNews(card));
}

/** Whoever is to see to it, also those who have decided before. */
const membersBehind = (approval: Approval, holder: Holder, groupMembers: Run["groupMembers"]): Promise<readonly string[]> =>
  peopleBehind(approval, [holder], groupMembers);

/** Of a reminder or a nudge, without those who hear in this run that it is their turn. */
function withoutNewcomers(saying: Saying, due: readonly Saying[]): Saying {
  const { kind } = saying.call;
  if (kind !== "reminder" && kind !== "nudge") return saying;
  const newcomers = due.filter(({ call, card }) => call.kind === "turn" && card.id === saying.card.id).flatMap(({ mentions }) => mentions);
  const isNew = (holder: Holder): boolean => newcomers.some((each) => sameHolder(each, holder));
  return { ...saying, mentions: saying.mentions.filter((holder) => !isNew(holder)) };
}

async function say(run: Run, { call, key, card, audience, mentions }: Saying): Promise<boolean> {
  const { db, port, clock, log, overview, failures } = run;
  await confirmClaim(run);
  try {
    if (mentions.length > 0 && card.ts !== null)
      await port.call({ channelId: card.channelId, ts: card.ts }, audience, { kind: call.kind, mentions }, overview);
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), requestId: overview.request.id, call: call.kind, audience: card.audience }, "call.not-said");
    failures.push(thrown);
    return false;
  }
  await claimNotice(db, key, clock.now());
  return mentions.length > 0;
}
