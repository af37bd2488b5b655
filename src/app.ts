import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type FaultPoint, noFault } from "./fault-points.ts";
import { explainPlainly } from "./http/control/explain-plainly.ts";
import { startControlOf } from "./http/control/start-control.ts";
import { type Ids, randomIds } from "./ids.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import type { Log } from "./log.ts";
import { answerProposal } from "./services/access/answer-proposal.ts";
import { approveWithChanges } from "./services/access/approve-with-changes.ts";
import { changeAccess } from "./services/access/change-access.ts";
import { divideRequest } from "./services/access/divide-request.ts";
import { finishAccess } from "./services/access/finish-access.ts";
import { letGoOfAllGrants } from "./services/access/hold-grant.ts";
import { homeLists } from "./services/access/home-lists.ts";
import { loadOverview } from "./services/access/load-overview.ts";
import { recheckCrons } from "./services/access/recheck-crons.ts";
import { resumeGrants } from "./services/access/resume-grants.ts";
import { retryRequest } from "./services/access/retry-request.ts";
import { revokeAccess } from "./services/access/revoke-access.ts";
import { settleRequest } from "./services/access/settle-request.ts";
import { submitRequest } from "./services/access/submit-request.ts";
import { withdrawRequest } from "./services/access/withdraw-request.ts";
import { recordApproveClick } from "./services/approvals/approve-click.ts";
import { decideApproval, mayDecide } from "./services/approvals/decide-approval.ts";
import { explainApproval, explainApprovalTo } from "./services/approvals/explain-approval.ts";
import { movableSeats } from "./services/approvals/movable-seats.ts";
import { nudgeApprovers } from "./services/approvals/nudge-approvers.ts";
import { previewBulk, withdrawableRequests } from "./services/approvals/preview-bulk.ts";
import { createQueueViews } from "./services/approvals/queue-views.ts";
import { readQueue } from "./services/approvals/read-queue.ts";
import { mayRemark, recordRemark } from "./services/approvals/record-remark.ts";
import { submitBulk } from "./services/approvals/submit-bulk.ts";
import { planSweep, sweepSoon } from "./services/approvals/sweep-leavers.ts";
import { createCatalog } from "./services/catalog/create-catalog.ts";
import { followCatalog } from "./services/catalog/follow-catalog.ts";
import { createPeople } from "./services/directory/people.ts";
import { breakGlassAtTerminal } from "./services/emergency/break-glass-at-terminal.ts";
import { createEmergency } from "./services/emergency/create-emergency.ts";
import { namedForBreakGlass } from "./services/emergency/named-for-break-glass.ts";
import { releaseEveryClaim } from "./services/notify/card-rows.ts";
import { createNotify } from "./services/notify/create-notify.ts";
import { hearMessage } from "./services/notify/hear-message.ts";
import { returnEverySaying } from "./services/notify/remark-rows.ts";
import { holderOf } from "./services/policy/route.ts";
import { createRulesService } from "./services/rules/create-rules-service.ts";
import { placesIn } from "./services/rules/places.ts";
import type { Services } from "./services/services.ts";
import { createZpaClient } from "./services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "./services/zpa/memory-slots.ts";
import { createPostgresSlots } from "./services/zpa/postgres-slots.ts";
import { createThrottle } from "./services/zpa/throttle.ts";
import { createAskForReview } from "./slack/ask-for-review.ts";
import { createChangeCardPort } from "./slack/change-card-port.ts";
import { createSlack } from "./slack/create-slack.ts";
import { createHolderNames } from "./slack/holder-names.ts";
import { createNotifyPort } from "./slack/notify-port.ts";
import { createPublishHome } from "./slack/publish-home.ts";
import { createQueueModal } from "./slack/queue-modal.ts";
import { registerListeners } from "./slack/register-listeners.ts";
import { onceEachEvent } from "./slack/seen-events.ts";
import { createShowBulkResult } from "./slack/show-bulk-result.ts";
import { createTalkPort } from "./slack/talk-port.ts";
import { createTrustedPlace } from "./slack/trusted-place.ts";
import { createUserGroups } from "./slack/user-groups.ts";
import { openDatabase } from "./store/open-database.ts";
import { doneWithin, systemTimers, type Timers } from "./timers.ts";
import { startCatalog, startWorkers } from "./workers.ts";

export interface PortcullisOptions {
  readonly config: Config;
  readonly log: Log;
  /** Time of the services: schedules, windows, timers. The sandbox moves it. */
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly timers?: Timers;
  readonly random?: () => number;
  readonly faultPoint?: FaultPoint;
  /** Called when the process can do no good any more: the database is gone, or no socket to Slack stands for minutes. */
  readonly onFatal?: (cause: Error) => void;
}

export interface Portcullis {
  readonly services: Services;
  /** HTTP mode: the port that Slack posts to. */
  port(): number | null;
  /** To be called after a movable clock has jumped. */
  clockMoved(): Promise<void>;
  /** Takes nothing new in, finishes what runs, closes everything; at most `deadlineMilliseconds`. */
  stop(deadlineMilliseconds: number): Promise<void>;
}

/**
 * The composition root: the one place that wires services, adapters and listeners. Resolves when the bot receives.
 * @throws PortcullisError `data_folder_in_use` | `database_unreachable` | `slack_unreachable` | `slack_refused` | `setting_*`
 */
export async function startPortcullis(options: PortcullisOptions): Promise<Portcullis> {
  const { config, log, clock = systemClock, ids = randomIds, timers = systemTimers, random = Math.random } = options;
  const { faultPoint = noFault, onFatal } = options;
  const database = await openDatabase({ ...config.database, log, ...(onFatal ? { onFatal } : {}) });
  const { db } = database;
  if (database.kind === "pglite") await Promise.all([releaseEveryClaim(db), letGoOfAllGrants(db), returnEverySaying(db)]);
  const jobs = await startJobs({ database, clock, log, ids });

  const slots = database.kind === "postgres" ? createPostgresSlots(database.pool) : createMemorySlots(timers);
  const zpa = createZpaClient({ config: config.zpa, clock, timers, random, log, throttle: createThrottle({ slots, timers, log }) });
  const catalog = createCatalog({ db });
  const following = await followCatalog({ catalog, database, log });

  const slack = createSlack({
    config: config.slack,
    log,
    ids,
    timers,
    realClock: systemClock,
    onLost: () => onFatal?.(new Error("no connection to Slack")),
  });
  const people = createPeople({ directory: slack.directory, config });
  const overview = loadOverview({ db, catalog, clock });
  const rules = { approvers: config.approvers, selfApproval: config.selfApproval, maxConsolesPerRequest: config.maxConsolesPerRequest };
  const home = homeLists({ db, clock });
  const queue = readQueue({ db, people, clock });
  const queueViews = createQueueViews({ db, clock });
  const { directory, outbound, clients } = slack;
  const { approvalsChannel } = config.slack;
  const trustedPlace = createTrustedPlace({ client: clients.interactive, timers });
  const publishHome = createPublishHome({ client: clients.interactive, directory, home, queue, queueViews, clock });
  const queueModal = createQueueModal({ client: clients.interactive, directory, queue, queueViews });
  const redrawLists = async (userId: string) => void (await Promise.all([publishHome(userId), queueModal.refresh(userId)]));
  const port = createNotifyPort({ outbound, directory, trustedPlace, publishHome: redrawLists });
  const { groupMembers } = directory;
  const admins = config.admins.map(holderOf);
  const notify = createNotify({
    db,
    jobs,
    port,
    loadOverview: overview,
    groupMembers,
    approvalsChannel,
    admins,
    clock,
    ids,
    log,
    faultPoint,
  });

  const nameOf = createHolderNames({ client: clients.interactive, directory, timers });
  const { breakGlass, zpaUserByEmail } = config;
  const named = namedForBreakGlass({ db, people, directory, breakGlass, zpaUserByEmail });
  const provision = { db, jobs, zpa, people, namedForBreakGlass: named, clock, ids, log, faultPoint };
  const onSettled = settleRequest({ jobs, ids, log, overnightHours: config.overnightHours });
  const decidePorts = { db, jobs, people, clock, ids, log, faultPoint, onSettled, admins };
  const decide = decideApproval(decidePorts);
  const rehearse = mayDecide(decidePorts);
  const movable = movableSeats(decidePorts);
  const record = recordRemark(decidePorts);
  const talk = createTalkPort({ outbound, directory, client: clients.outbound });
  const rulesPorts = { db, jobs, people, admins, clock, ids, settings: rules, places: placesIn(catalog) };
  const emergency = { db, jobs, people, catalog, clock, ids, onSettled, settings: { ...config, approvalsChannel } };
  const services: Services = {
    people,
    catalog,
    rules: createRulesService(rulesPorts),
    access: {
      submit: submitRequest({ db, jobs, people, catalog, clock, ids, nameOf, rules, admins, onSettled }),
      divide: divideRequest({ db, catalog }),
      retry: retryRequest(provision),
      withdraw: withdrawRequest({ db, decide }),
      finish: finishAccess(provision),
      revoke: revokeAccess(provision),
      change: changeAccess({ ...provision, overnightHours: config.overnightHours }),
      nudge: nudgeApprovers({ db, decide }),
      overview,
      home,
    },
    emergency: createEmergency(emergency),
    approvals: {
      recordApproveClick: recordApproveClick({ jobs, faultPoint }),
      approve: ({ approvalId, version, by, comment }) => decide(approvalId, { kind: "approve", version, by, comment }),
      reject: ({ approvalId, version, by, comment }) => decide(approvalId, { kind: "reject", version, by, comment }),
      explain: explainApprovalTo({ db, people, membersOf: people.membersOf, clock, admins }),
      reassign: ({ approvalId, ...command }) => decide(approvalId, { kind: "reassign", ...command }),
      mayReassign: ({ approvalId, version, by }) => movable(approvalId, version, by),
      approveWithChanges: approveWithChanges({ ...decidePorts, ids }),
      answerProposal: answerProposal(decidePorts),
      mayRemark: mayRemark(decidePorts),
      remark: record,
      hear: hearMessage({ db, jobs }),
      sweepSoon: sweepSoon({ jobs }),
      mayDecide: ({ approvalId, version, by }) => rehearse(approvalId, version, by),
      queue,
      bulk: {
        preview: previewBulk({ db }),
        submit: submitBulk({ db, jobs, people, clock, ids, faultPoint }),
        withdrawable: withdrawableRequests({ db }),
      },
    },
  };

  const client = clients.interactive;
  const userGroups = createUserGroups({ client, ids: [...config.approvers, ...config.admins], timers });
  slack.app.use(onceEachEvent(db));
  registerListeners(slack.app, {
    services,
    notify,
    client,
    directory,
    trustedPlace,
    publishHome,
    queueModal,
    userGroups,
    whisper: outbound.whisper,
    forget: slack.forget,
    approvalsChannel,
    clock,
    log,
  });
  await startWorkers({
    ...provision,
    approvalTimer: decidePorts,
    sweep: { ...decidePorts, teamId: directory.teamId },
    approveClick: { decide, adoptCard: notify.adoptCard, port, ids, log },
    bulk: { ...provision, decide, show: createShowBulkResult({ client, outbound, directory }) },
    notify,
    talk: { db, jobs, talk, record, loadOverview: overview, clock, log },
    rulesChange: { ...rulesPorts, port: createChangeCardPort({ outbound, directory }), log },
    catalog,
    review: { db, jobs, clock, log, ask: createAskForReview({ outbound, directory }) },
    catalogZpa: zpa,
    catalogRefreshMinutes: config.catalogRefreshMinutes,
  });
  await resumeGrants({ db, jobs });
  await recheckCrons({ db, jobs, clock });
  await planSweep(jobs, clock.now());
  const explain = explainApproval({ db, membersOf: people.membersOf, clock, admins });
  const terminal = breakGlassAtTerminal({ ...emergency, named });
  const controlled = { rules: services.rules, explain: explainPlainly({ explain, nameOf }), breakGlass: terminal };
  // PostgreSQL is opened by `pra` itself; the embedded database has one owner.
  const control =
    database.kind === "pglite" ? await startControlOf({ folder: config.database.folder, services: controlled, ids, log }) : null;
  await slack.start();
  await startCatalog({ jobs, catalog, clock, log, catalogRefreshMinutes: config.catalogRefreshMinutes });
  log.info({ mode: config.slack.mode, database: database.kind, port: slack.port() }, "portcullis.started");

  return {
    services,
    port: () => slack.port(),
    clockMoved: () => jobs.clockMoved(),
    stop: async (deadlineMilliseconds) => {
      const end = timers.monotonicMilliseconds() + deadlineMilliseconds;
      const left = () => Math.max(0, end - timers.monotonicMilliseconds());
      await control?.close();
      // Listeners write jobs, so they finish before the jobs are stopped.
      const drained = await slack.stop(left() / 2);
      await jobs.stop(left());
      await following.close();
      const closed = await doneWithin(timers, left(), zpa.close());
      await database.close();
      log.info({ drained, closed }, "portcullis.stopped");
    },
  };
}
