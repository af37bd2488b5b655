import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { RequestOverview } from "../access/overview.ts";
import { approverAudiences, audienceKey, audienceOf, deciders, personalAudiences } from "./audiences.ts";
import {
  type CardRow,
  cardsOf,
  claimNotice,
  claimRequest,
  ensureCards,
  markPosted,
  markShown,
  releaseRequest,
  unclaimNotice,
} from "./card-rows.ts";
import { dueNotices } from "./due-notices.ts";
import type { Audience, NotifyPort, PostedCard } from "./notify-port.ts";

export interface ProjectPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly port: NotifyPort;
  readonly loadOverview: (requestId: string) => Promise<RequestOverview>;
  readonly groupMembers: (groupId: string) => Promise<readonly string[]>;
  readonly approvalsChannel: string | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
}

/** When a worker of another replica is at this request: come back once it should have finished. */
const COME_BACK_MILLISECONDS = 1_000;

/**
 * Brings every card of a request up to its state, posts those that are missing, says each step once, and has the App Homes of
 * those concerned published anew. Running it again changes nothing; running it after a crash finishes the work.
 *
 * One worker at a time projects a request, and reads its state after it got the claim: an older state never overwrites a newer.
 * What fails on one card is logged and stops no other; the job then fails as a whole and is tried again.
 *
 * @throws AggregateError of what failed
 */
export const projectRequest = (ports: ProjectPorts): ((requestId: string) => Promise<void>) => {
  const latest = new Map<string, Promise<void>>();
  // Within this process the next run of a request simply waits for the one before it.
  return (requestId) => {
    const run = (latest.get(requestId) ?? Promise.resolve()).then(() => projectClaimed(ports, requestId));
    const quiet = run.then(
      () => undefined,
      () => undefined, // its own caller hears of the failure
    );
    latest.set(requestId, quiet);
    void quiet.then(() => latest.get(requestId) === quiet && latest.delete(requestId));
    return run;
  };
};

const projectClaimed = async (ports: ProjectPorts, requestId: string): Promise<void> => {
  const worker = ports.ids.uuid();
  const first = await ports.loadOverview(requestId);
  const lead: Audience = { kind: "requester", userId: first.request.requester.userId };
  await ensureCards(ports.db, { requestId, audiences: [lead], ids: ports.ids, now: ports.clock.now() });
  const claim = (): Promise<boolean> => claimRequest(ports.db, requestId, audienceKey(lead), worker);
  if (!(await claim())) return comeBack(ports, requestId);
  try {
    await project(ports, await ports.loadOverview(requestId), claim);
  } finally {
    await releaseRequest(ports.db, requestId, worker);
  }
};

const comeBack = (ports: ProjectPorts, requestId: string): Promise<void> =>
  ports.jobs.enqueueNow(
    "project-request",
    { requestId },
    { startAfter: new Date(ports.clock.now().getTime() + COME_BACK_MILLISECONDS), singletonKey: requestId },
  );

const project = async (ports: ProjectPorts, overview: RequestOverview, claim: () => Promise<boolean>): Promise<void> => {
  const { db, ids, clock } = ports;
  const requestId = overview.request.id;
  const audiences = [...personalAudiences(overview), ...(await approverAudiences(overview, ports))];
  await ensureCards(db, { requestId, audiences, ids, now: clock.now() });

  const failures: unknown[] = [];
  const changes = await Promise.all(
    (await cardsOf(db, requestId)).map(async (card) => {
      try {
        return await bringUpToDate(ports, card, overview);
      } catch (thrown) {
        ports.log.warn({ err: fromUnknown(thrown), requestId, audience: card.audience }, "card.not-shown");
        failures.push(thrown);
        return false;
      }
    }),
  );
  const said = await sayWhatIsDue(ports, overview, { claim, failures });
  if (changes.includes(true) || said) await refreshHomes(ports, overview);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} messages of ${requestId} did not reach Slack`);
};

/** @returns whether anything in Slack changed */
const bringUpToDate = async ({ db, port, faultPoint }: ProjectPorts, card: CardRow, overview: RequestOverview): Promise<boolean> => {
  const audience = audienceOf(card.audience);
  if (audience === null) return false;
  const shown = await port.digest(audience, overview);
  if (card.shown === shown) return false;
  await faultPoint("cards.updating");
  if (card.ts !== null && (await updated(port, { channelId: card.channelId, ts: card.ts }, audience, overview))) {
    await markShown(db, card.id, shown);
    return true;
  }
  const posted = await port.post(audience, overview);
  await markPosted(db, card.id, { ...posted, shown });
  return true;
};

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

/**
 * In the threads of the requester's and the beneficiary's cards. A notice is claimed before it is said and given back when Slack
 * refused it: a crash in between loses a line of chat, never the card that says the same, and nobody reads a step twice.
 */
const sayWhatIsDue = async (
  ports: ProjectPorts,
  overview: RequestOverview,
  { claim, failures }: { readonly claim: () => Promise<boolean>; readonly failures: unknown[] },
): Promise<boolean> => {
  const { db, port, clock, log } = ports;
  const cards = await cardsOf(db, overview.request.id);
  let said = false;
  for (const audience of personalAudiences(overview)) {
    const name = audienceKey(audience);
    const card = cards.find((row) => row.audience === name);
    if (!card?.ts) continue;
    for (const { notice, key } of dueNotices(overview)) {
      const personal = `${key}:${name}`;
      if (!(await claim())) throw new PortcullisError("unexpected", { params: { reason: "the claim on the request was lost" } });
      if (!(await claimNotice(db, personal, clock.now()))) continue;
      try {
        await port.say({ channelId: card.channelId, ts: card.ts }, audience, notice, overview);
        said = true;
      } catch (thrown) {
        await unclaimNotice(db, personal);
        log.warn({ err: fromUnknown(thrown), requestId: overview.request.id, notice }, "notice.not-said");
        failures.push(thrown);
        break;
      }
    }
  }
  return said;
};

const refreshHomes = async ({ jobs, groupMembers }: ProjectPorts, overview: RequestOverview): Promise<void> => {
  const { requester, beneficiary } = overview.request;
  const concerned = new Set([requester.userId, beneficiary.userId, ...(await deciders(overview, groupMembers))]);
  await Promise.all([...concerned].map((userId) => jobs.enqueueNow("publish-home", { userId }, { singletonKey: userId })));
};
