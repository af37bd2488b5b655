import { fromUnknown } from "../../errors.ts";
import { keepClaim } from "../../jobs/keep-claim.ts";
import { systemTimers } from "../../timers.ts";
import { approverAudiences, audienceKey, calledAdmins, deciders, peopleBehind, personalAudiences, readerAudiences } from "./audiences.ts";
import { cardsOf, claimNotice, claimRequest, ensureCards, releaseRequest, wholeKey } from "./card-rows.ts";
import type { Audience } from "./notify-port.ts";
import { refreshHomes } from "./refresh-homes.ts";
import type { ProjectPorts, Run } from "./run.ts";
import { sayCalls } from "./say-calls.ts";
import { sayWhatIsDue } from "./say-what-is-due.ts";
import { showCard } from "./show-card.ts";

/** When a worker of another replica is at this request: come back once it should have finished. */
const COME_BACK_MILLISECONDS = 1_000;

/** A third of what a claim lasts. */
const RENEW_MILLISECONDS = 5_000;

/**
 * Brings every card of a request up to its state, posts those that are missing, says each step once, and has the App Homes of
 * those concerned published anew. Where the approvals channel refuses its card, those who may decide get one in person. Running it
 * again changes nothing; running it after a crash finishes the work.
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
  const { timers = systemTimers, log } = ports;
  const letGo = keepClaim({ claim, everyMilliseconds: RENEW_MILLISECONDS, timers, log });
  try {
    await project({ ...ports, claim, failures: [], overview: await ports.loadOverview(requestId) });
  } finally {
    await letGo();
    await releaseRequest(ports.db, requestId, worker);
  }
};

const comeBack = (ports: ProjectPorts, requestId: string): Promise<void> =>
  ports.jobs.enqueueNow(
    "project-request",
    { requestId },
    { startAfter: new Date(ports.clock.now().getTime() + COME_BACK_MILLISECONDS), singletonKey: requestId },
  );

const project = async (ports: Omit<Run, "asked">): Promise<void> => {
  const { db, ids, clock, overview, failures } = ports;
  const requestId = overview.request.id;
  const groupMembers = knownMembers(ports);
  const ensure = (audiences: readonly Audience[]): Promise<void> => ensureCards(db, { requestId, audiences, ids, now: clock.now() });

  await ensure([...personalAudiences(overview), ...(await approverAudiences(overview, { ...ports, groupMembers }))]);
  const otherCards = (await cardsOf(db, requestId)).map(({ audience }) => audience);
  await ensure(await readerAudiences(overview, { ...ports, groupMembers, otherCards }));
  const asked = new Set([
    ...(await deciders(overview, groupMembers)),
    ...(await peopleBehind(overview.approval, calledAdmins(overview.approval, ports.admins), groupMembers)),
  ]);
  const run = { ...ports, groupMembers, asked: failures.length > 0 ? null : asked };
  const cards = await cardsOf(db, requestId);
  const shown = await Promise.all(cards.map((card) => showCard(run, card)));
  if (shown.includes("channel-refused") && overview.approval.status === "PENDING") {
    // Nobody would hear of the request: whoever may decide gets a card in person, and the channel's is tried again.
    await ensure((await deciders(overview, groupMembers)).map((userId) => ({ kind: "approver", userId })));
    const tried = new Set(cards.map(({ id }) => id));
    const inPerson = (await cardsOf(db, requestId)).filter(({ id }) => !tried.has(id));
    shown.push(...(await Promise.all(inPerson.map((card) => showCard(run, card)))));
  }
  const said = await sayWhatIsDue(run);
  const called = await sayCalls(run);
  const { review } = overview;
  if (review?.isDue) await ports.jobs.enqueueNow("break-glass-review", { reviewId: review.id }, { singletonKey: `${review.id}:first` });
  await refreshHomes(run, shown.includes("changed") || said || called ? "changed" : "unchanged");
  if (failures.length === 0 && overview.request.origin === "BREAK_GLASS") await claimNotice(db, wholeKey(requestId), clock.now());
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts of ${requestId} were not shown in Slack`);
};

/** Each group is read once a run. One whose members cannot be read just now keeps its own cards back, and no one else's. */
const knownMembers = ({ groupMembers, log, failures, overview }: Omit<Run, "asked">): ProjectPorts["groupMembers"] => {
  const known = new Map<string, Promise<readonly string[]>>();
  const read = async (groupId: string): Promise<readonly string[]> => {
    try {
      return await groupMembers(groupId);
    } catch (thrown) {
      log.warn({ err: fromUnknown(thrown), requestId: overview.request.id, groupId }, "card.group-not-read");
      failures.push(thrown);
      return [];
    }
  };
  return (groupId) => {
    const reading = known.get(groupId) ?? read(groupId);
    known.set(groupId, reading);
    return reading;
  };
};
