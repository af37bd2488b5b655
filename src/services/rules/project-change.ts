import { addSeconds } from "date-fns/addSeconds";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Log } from "../../log.ts";
import { claimNotice, unclaimNotice } from "../notify/card-rows.ts";
import type { PostedCard } from "../notify/notify-port.ts";
import { type ChangeCard, changeCards, claimChange, noteChangeCard, releaseChange } from "./change-cards.ts";
import { readChange } from "./change-rows.ts";
import { changeView } from "./list-rules.ts";
import { everyAdmin } from "./other-admins.ts";
import { isOsUser, type RulesPorts } from "./rules-ports.ts";
import type { ChangeView } from "./rules-service.ts";

/** What `slack/` fills in: draws the card for its reader and sends it through the outbound queue. */
export interface ChangeCardPort {
  /** Digest of what the card would show now. */
  digest(userId: string, change: ChangeView): Promise<string>;
  post(userId: string, change: ChangeView): Promise<PostedCard>;
  update(card: PostedCard, userId: string, change: ChangeView): Promise<void>;
  /** Says in the thread of the proposer's card what became of it: an update alone rings nowhere. */
  say(card: PostedCard, userId: string, change: ChangeView): Promise<void>;
}

export interface ProjectChangePorts extends Omit<RulesPorts, "jobs"> {
  readonly jobs: Pick<Jobs, "enqueueNow">;
  readonly port: ChangeCardPort;
  readonly log: Log;
}

const COME_BACK_SECONDS = 1;

/**
 * The job that asks administrators about a change, each in person, and keeps their cards true: once it is settled the buttons are gone
 * and the card says who did it and when. Who proposed it in Slack gets a card, too, to take it back. Running it again changes nothing.
 *
 * One worker at a time shows a change, and reads it after it got the claim: an older state never overwrites a newer one.
 *
 * @throws AggregateError of what failed; a card that fails stops no other
 */
export const projectChange =
  (ports: ProjectChangePorts) =>
  async ({ changeId }: Payload<"project-rules-change">): Promise<void> => {
    const { db, ids, jobs, clock } = ports;
    const worker = ids.uuid();
    if (!(await claimChange(db, changeId, worker))) {
      await readChange(db, changeId);
      const startAfter = addSeconds(clock.now(), COME_BACK_SECONDS);
      return jobs.enqueueNow("project-rules-change", { changeId }, { startAfter, singletonKey: changeId });
    }
    try {
      await show(ports, changeId, worker);
    } finally {
      await releaseChange(db, changeId, worker);
    }
  };

async function show(ports: ProjectChangePorts, changeId: string, worker: string): Promise<void> {
  const { db, log } = ports;
  const change = changeView(ports, await readChange(db, changeId));
  const posted = await changeCards(db, changeId);
  const failures: unknown[] = [];
  for (const userId of await readersOf(ports, change, posted)) {
    if (!(await claimChange(db, changeId, worker)))
      throw new PortcullisError("unexpected", { params: { reason: "the claim on the change was lost" } });
    try {
      await bringUpToDate(ports, change, userId, posted.find((card) => card.userId === userId) ?? null);
    } catch (thrown) {
      log.warn({ err: fromUnknown(thrown), changeId, userId }, "rules-change.not-shown");
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} cards of ${changeId} were not shown in Slack`);
}

/** Who is asked, while it waits; once it is settled, whoever was asked. */
async function readersOf(ports: ProjectChangePorts, { status, proposedBy }: ChangeView, posted: readonly ChangeCard[]) {
  const asked = posted.map(({ userId }) => userId);
  if (status !== "WAITING") return asked;
  return [...new Set([...asked, ...(await everyAdmin(ports)), ...(isOsUser(proposedBy) ? [] : [proposedBy])])];
}

async function bringUpToDate(ports: ProjectChangePorts, change: ChangeView, userId: string, card: ChangeCard | null): Promise<void> {
  const { db, port } = ports;
  const shown = await port.digest(userId, change);
  if (card?.shown !== shown) {
    const stands = card !== null && (await updated(port, card, userId, change)) ? card : await port.post(userId, change);
    await noteChangeCard(db, change.id, { userId, channelId: stands.channelId, ts: stands.ts, shown });
  }
  if (card !== null && userId === change.proposedBy) await tell(ports, change, card);
}

/** `false` when the message is gone. */
async function updated(port: ChangeCardPort, card: ChangeCard, userId: string, change: ChangeView): Promise<boolean> {
  try {
    await port.update(card, userId, change);
    return true;
  } catch (thrown) {
    if (fromUnknown(thrown).details.params?.reason === "message_not_found") return false;
    throw thrown;
  }
}

/** Once; who settled it themselves knows. */
async function tell({ db, clock, port }: ProjectChangePorts, change: ChangeView, card: ChangeCard): Promise<void> {
  if (change.status === "WAITING" || change.settledBy === change.proposedBy) return;
  const key = `rules-change:${change.id}:${change.status}`;
  if (!(await claimNotice(db, key, clock.now()))) return;
  try {
    await port.say(card, change.proposedBy, change);
  } catch (thrown) {
    await unclaimNotice(db, key);
    throw thrown;
  }
}
