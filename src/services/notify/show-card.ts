import { type ErrorCode, fromUnknown } from "../../errors.ts";
import { systemTimers } from "../../timers.ts";
import type { RequestOverview } from "../access/overview.ts";
import { audienceOf } from "./audiences.ts";
import { type CardRow, directMessagesWith, markPosted, markShown, notePosting } from "./card-rows.ts";
import type { Audience, NotifyPort, PostedCard } from "./notify-port.ts";
import { confirmClaim, type Run } from "./run.ts";

/** The bot is not in the channel, it is archived, or another organisation can read it: waiting does not help. */
const CHANNEL_REFUSALS: ReadonlySet<ErrorCode> = new Set(["slack_refused", "channel_shared_externally"]);

const RECORD_TRIES = 4;
const RECORD_PAUSE_MILLISECONDS = 250;

/** Brings one card up to date. What fails is logged and kept for the end of the run; it stops no other card. */
export const showCard = async (run: Run, card: CardRow): Promise<"changed" | "unchanged" | "failed" | "channel-refused"> => {
  const { log, overview, failures } = run;
  try {
    const changed = await bringUpToDate(run, card);
    if (!(await isWithheld(run, card))) return changed ? "changed" : "unchanged";
    log.error({ requestId: overview.request.id, audience: card.audience }, "card.channel-shared");
    return "channel-refused";
  } catch (thrown) {
    failures.push(thrown);
    const error = fromUnknown(thrown);
    const fields = { err: error, requestId: overview.request.id, audience: card.audience };
    const audience = audienceOf(card.audience);
    const refused = audience !== null && "channelId" in audience && CHANNEL_REFUSALS.has(error.code);
    if (refused) log.error(fields, "card.channel-refused");
    else log.warn(fields, "card.not-shown");
    return refused && audience.kind === "channel" ? "channel-refused" : "failed";
  }
};

/** A channel that has since been shared with another organisation: nobody can decide there, and nobody hears of the request there. */
const isWithheld = async ({ port }: Run, card: CardRow): Promise<boolean> => {
  const audience = audienceOf(card.audience);
  return audience?.kind === "channel" && (await port.isWithheld(audience));
};

/** @returns whether anything in Slack changed */
const bringUpToDate = async (run: Run, card: CardRow): Promise<boolean> => {
  const { db, port, faultPoint, overview } = run;
  const known = audienceOf(card.audience);
  if (known === null) return false;
  const audience = asItIsRead(run, known);
  const shown = await port.digest(audience, overview);
  if (card.shown === shown) return false;
  await confirmClaim(run);
  await faultPoint("cards.updating");
  if (card.ts !== null && (await updated(port, { channelId: card.channelId, ts: card.ts }, audience, overview))) {
    await recorded(run, () => markShown(db, card.id, shown));
    return true;
  }
  const standing = await postedEarlier(run, card, audience);
  const isCurrent = standing !== null && (await updated(port, standing, audience, overview));
  const posted = isCurrent ? standing : await port.post(audience, overview, card.id);
  await recorded(run, () => markPosted(db, card.id, { ...posted, shown }));
  return true;
};

/**
 * Slack has no key for messages. So each attempt to post is written down first, and after one whose outcome nobody knows (a crash, an
 * answer that was lost) the channel is looked through before the card is posted again.
 */
const postedEarlier = async (run: Run, card: CardRow, audience: Audience): Promise<PostedCard | null> => {
  const { db, port, log } = run;
  const since = await notePosting(db, card.id);
  if (since === null) return null;
  // Slack says where the direct messages with a person are when it takes one. To whom none was ever recorded none can be looked for.
  const channelId = "channelId" in audience ? audience.channelId : await directMessagesWith(db, audience.userId);
  if (channelId === null) return null;
  try {
    return await port.findPosted({ channelId, since }, card.id);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "slack_refused") throw thrown;
    log.warn({ err: error, audience: card.audience }, "card.not-looked-for"); // two cards are better than none
    return null;
  }
};

/** What stands in Slack goes on record also when the database's connections were lost in between: else it would be posted again. */
const recorded = async ({ log, timers = systemTimers }: Run, write: () => Promise<void>): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (thrown) {
      if (tries === RECORD_TRIES) throw thrown;
      log.warn({ err: fromUnknown(thrown), tries }, "card.not-recorded-yet");
      await timers.sleep(RECORD_PAUSE_MILLISECONDS);
    }
  }
};

/** A card to decide on is one to read for whoever the decision was taken from while it is awaited. */
const asItIsRead = ({ asked, overview }: Run, audience: Audience): Audience =>
  audience.kind === "approver" && asked !== null && overview.approval.status === "PENDING" && !asked.has(audience.userId)
    ? { kind: "reader", userId: audience.userId }
    : audience;

/** `false` when the message is gone: someone deleted it, and the card is posted anew. */
const updated = async (port: NotifyPort, card: PostedCard, audience: Audience, overview: RequestOverview): Promise<boolean> => {
  try {
    await port.update(card, audience, overview);
    return true;
  } catch (thrown) {
    if (fromUnknown(thrown).details.params?.reason === "message_not_found") return false;
    throw thrown;
  }
};
