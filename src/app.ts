import { addMinutes } from "date-fns/addMinutes";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type FaultPoint, noFault } from "./fault-points.ts";
import { explainPlainly } from "./http/control/explain-plainly.ts";
import { startControlOf } from "./http/control/start-control.ts";
import { type Health, startHealth } from "./http/health/start-health.ts";
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
import { findRequest, lookAtAccess } from "./services/access/look-at-access.ts";
import { operateAccess } from "./services/access/operate-access.ts";
import { recheckCrons } from "./services/access/recheck-crons.ts";
import { createFindingsService } from "./services/access/reconcile/findings-service.ts";
import { letGoOfThePass, planReconcile } from "./services/access/reconcile/reconcile-tenant.ts";
import { renewAccess } from "./services/access/renew-access.ts";
import { resumeGrants } from "./services/access/resume-grants.ts";
import { retryRequest } from "./services/access/retry-request.ts";
import { revokeAccess } from "./services/access/revoke-access.ts";
import { previewRevokePerson, revokePerson } from "./services/access/revoke-person.ts";
import { settleRequest } from "./services/access/settle-request.ts";
import { submitRequest } from "./services/access/submit-request.ts";
import { withdrawRequest } from "./services/access/withdraw-request.ts";
import { recordApproveClick } from "./services/approvals/approve-click.ts";
import { assignableGroups } from "./services/approvals/assignable-groups.ts";
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
import { createAuditService } from "./services/audit/audit-service.ts";
import { loadLedgerKeys } from "./services/audit/load-ledger-keys.ts";
import { startLedger } from "./services/audit/run-ledger.ts";
import { newestSeal } from "./services/audit/seal-rows.ts";
import { createSiemClient } from "./services/audit/siem-client.ts";
import { catalogAge } from "./services/catalog/catalog-age.ts";
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
import { countedTransport } from "./services/zpa/counted-transport.ts";
import { createZpaClient } from "./services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "./services/zpa/memory-slots.ts";
import { createPostgresSlots } from "./services/zpa/postgres-slots.ts";
import { createThrottle } from "./services/zpa/throttle.ts";
import { createTransport, timeoutsFor } from "./services/zpa/transport.ts";
import { createAskForReview } from "./slack/ask-for-review.ts";
import { createChangeCardPort } from "./slack/change-card-port.ts";
import { createSlack } from "./slack/create-slack.ts";
import { createFindingPort } from "./slack/finding-card-port.ts";
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
  /** What spaces calls to ZPA and messages to Slack, where those allow only so many in a time; `timers` unless both sides are hurried. */
  readonly pacing?: Timers;
  readonly random?: () => number;
  readonly faultPoint?: FaultPoint;
  /** Called when the process can do no good any more: the database is gone, or no socket to Slack stands for minutes. */
  readonly onFatal?: (cause: Error) => void;
}

export interface Portcullis {
  readonly services: Services;
  /** HTTP mode: the port that Slack posts to. */
  port(): number | null;
  /** The port of `/healthz`, `/readyz` and `/metrics`; null when they are switched off. */
  healthPort(): number | null;
  /** To be called after a movable clock has jumped. */
  clockMoved(): Promise<void>;
  /**
   * Says that it is not ready, takes nothing new in, finishes what runs, closes everything; at most about `deadlineMilliseconds`.
   * `cut-short`: something was still running at the deadline. Nothing is lost by that: what was acknowledged is written down, and goes on
   * in another replica or at the next start.
   */
  stop(deadlineMilliseconds: number): Promise<"clean" | "cut-short">;
}

/** What closing the database gets at least. */
const LAST_MILLISECONDS = 1_000;

/**
 * The composition root: the one place that wires services, adapters and listeners. Resolves when the bot receives.
 * @throws PortcullisError `data_folder_in_use` | `port_in_use` | `database_unreachable` | `slack_unreachable` | `slack_refused` | `setting_*`
 */
export async function startPortcullis(options: PortcullisOptions): Promise<Portcullis> {
  const { config, log, clock = systemClock, timers = systemTimers } = options;
  const health = await startHealth({ config: config.health, clock, timers, log });
  try {
    return await startBehind(health, options);
  } catch (cause) {
    await health.close();
    throw cause;
  }
}

async function startBehind(health: Health, options: PortcullisOptions): Promise<Portcullis> {
  const { config, log, clock = systemClock, ids = randomIds, timers = systemTimers, random = Math.random } = options;
  const { faultPoint = noFault, onFatal, pacing = timers } = options;
  const { metrics } = health;
  const database = await openDatabase({ ...config.database, log, ...(onFatal ? { onFatal } : {}) });
  const { db } = database;
  if (database.kind === "pglite")
    await Promise.all([releaseEveryClaim(db), letGoOfAllGrants(db), letGoOfThePass(db), returnEverySaying(db)]);
  const jobs = await startJobs({ database, clock, log, ids, metrics });

  const ledgerKeys = loadLedgerKeys({
    settings: config.ledger,
    folder: database.kind === "pglite" ? config.database.folder : null,
    whenMissing: (await newestSeal(db)) === null ? "create" : "leave",
  });
  const siem = config.siem === null ? null : createSiemClient(config.siem, { realClock: systemClock });
  const sealing = { db, jobs, keys: ledgerKeys, clock, ids, log, faultPoint };
  const ledger = { ...sealing, siem: siem === null ? null : { ...sealing, siem } };

  const slots = database.kind === "postgres" ? createPostgresSlots(database.pool) : createMemorySlots(pacing);
  const transport = countedTransport(createTransport(timeoutsFor(config.zpa)), metrics);
  const throttle = createThrottle({ slots, timers: pacing, log });
  const zpa = createZpaClient({ config: config.zpa, clock, timers, random, log, throttle, transport });
  const catalog = createCatalog({ db });
  const following = await followCatalog({ catalog, database, log });

  const slack = createSlack({
    config: config.slack,
    log,
    ids,
    timers,
    pacing,
    realClock: systemClock,
    onLost: () => onFatal?.(new Error("no connection to Slack")),
  });
  const people = createPeople({ directory: slack.directory, config });
  const { endWarningMinutes } = config;
  const overview = loadOverview({ db, catalog, clock, endWarningMinutes });
  const rules = { approvers: config.approvers, selfApproval: config.selfApproval, maxConsolesPerRequest: config.maxConsolesPerRequest };
  const home = homeLists({ db, clock, endWarningMinutes });
  const ageOfCatalog = catalogAge({ catalog, clock, refreshMinutes: config.catalogRefreshMinutes });
  const queue = readQueue({ db, people, clock });
  const queueViews = createQueueViews({ db, clock });
  const { directory, outbound, clients } = slack;
  const { approvalsChannel } = config.slack;
  const trustedPlace = createTrustedPlace({ client: clients.interactive, timers });
  const publishHome = createPublishHome({
    client: clients.interactive,
    directory,
    home,
    queue,
    queueViews,
    catalogAge: ageOfCatalog,
    clock,
  });
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
  const provision = { db, jobs, zpa, people, namedForBreakGlass: named, clock, ids, log, faultPoint, metrics, timers };
  const onSettled = settleRequest({ jobs, ids, log, overnightHours: config.overnightHours });
  const decidePorts = { db, jobs, people, clock, ids, log, faultPoint, onSettled, admins, metrics };
  const decide = decideApproval(decidePorts);
  const rehearse = mayDecide(decidePorts);
  const movable = movableSeats(decidePorts);
  const record = recordRemark(decidePorts);
  const talk = createTalkPort({ outbound, directory, client: clients.outbound, trustedPlace });
  const rulesPorts = { db, jobs, people, admins, clock, ids, settings: rules, places: placesIn(catalog) };
  const submit = submitRequest({ db, jobs, people, catalog, clock, ids, nameOf, rules, admins, onSettled, metrics });
  const reconcilePorts = { ...provision, catalog, cleanExpired: config.cleanExpired };
  const findingPort = createFindingPort({ outbound, directory, trustedPlace });
  const emergency = { db, jobs, people, catalog, clock, ids, onSettled, settings: { ...config, approvalsChannel } };
  const services: Services = {
    people,
    catalog,
    catalogAge: ageOfCatalog,
    rules: createRulesService(rulesPorts),
    findings: createFindingsService(reconcilePorts),
    access: {
      submit,
      divide: divideRequest({ db, catalog }),
      retry: retryRequest(provision),
      withdraw: withdrawRequest({ db, decide }),
      finish: finishAccess(provision),
      revoke: revokeAccess(provision),
      change: changeAccess({ ...provision, overnightHours: config.overnightHours }),
      renew: renewAccess({ db, people, catalog, clock, submit }),
      lookAt: lookAtAccess({ db, people }),
      find: findRequest({ db }),
      previewRevokePerson: previewRevokePerson({ db, people }),
      revokePerson: revokePerson(decidePorts),
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
  const assignable = assignableGroups({ db, settings: [...config.approvers, ...config.admins] });
  const groupsNamed = createUserGroups({ client, timers });
  slack.app.use(onceEachEvent(db));
  registerListeners(slack.app, {
    services,
    notify,
    client,
    directory,
    trustedPlace,
    publishHome,
    queueModal,
    userGroups: async (approval) => groupsNamed(await assignable(approval)),
    nameOf,
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
    ledger,
    reconcile: { ...reconcilePorts, reconcileMinutes: config.reconcileMinutes, tell: findingPort.tell },
    finding: { ...reconcilePorts, admins, port: findingPort, approvalsChannel },
    catalog,
    review: { db, jobs, clock, log, ask: createAskForReview({ outbound, directory }) },
    catalogZpa: zpa,
    catalogRefreshMinutes: config.catalogRefreshMinutes,
    endWarningMinutes,
  });
  await resumeGrants({ db, jobs });
  await recheckCrons({ db, jobs, clock });
  await planSweep(jobs, clock.now());
  await startLedger(ledger);
  await planReconcile(jobs, addMinutes(clock.now(), config.reconcileMinutes));
  const explain = explainApproval({ db, membersOf: people.membersOf, clock, admins });
  const terminal = breakGlassAtTerminal({ ...emergency, named });
  const audit = createAuditService({ db, keys: ledgerKeys, clock });
  const controlled = {
    rules: services.rules,
    access: operateAccess(decidePorts),
    findings: services.findings,
    explain: explainPlainly({ explain, nameOf }),
    audit,
    breakGlass: terminal,
  };
  // PostgreSQL is opened by `pra` itself; the embedded database has one owner.
  const control =
    database.kind === "pglite" ? await startControlOf({ folder: config.database.folder, services: controlled, ids, log, timers }) : null;
  health.watch({ db, slots, jobs, catalog, catalogRefreshMinutes: config.catalogRefreshMinutes, slack: slack.health });
  await slack.start();
  health.running();
  await startCatalog({ jobs, catalog, clock, log, catalogRefreshMinutes: config.catalogRefreshMinutes });
  log.info({ mode: config.slack.mode, database: database.kind, port: slack.port() }, "portcullis.started");

  return {
    services,
    port: () => slack.port(),
    healthPort: health.port,
    clockMoved: () => jobs.clockMoved(),
    stop: async (deadlineMilliseconds) => {
      const end = timers.monotonicMilliseconds() + deadlineMilliseconds;
      const left = () => Math.max(0, end - timers.monotonicMilliseconds());
      health.draining();
      await slack.turnAway(Math.min(config.slack.drainSeconds * 1000, left() / 2));
      await control?.close();
      // Listeners write jobs, so they finish before the jobs are stopped.
      const settled = await slack.hangUp(left() / 2);
      const jobsStopped = jobs.stop(left());
      // A job that waits for ZPA's budget or its return is given back, to go on elsewhere.
      if (!(await doneWithin(timers, left() / 2, jobsStopped))) void zpa.close();
      await jobsStopped;
      // Jobs wait for the messages that they send; what is left are answers of listeners.
      const sent = await outbound.drain(left());
      await following.close();
      const closed = await doneWithin(timers, left(), Promise.all([zpa.close(), siem?.close()]));
      // A pool waits for whoever still holds a connection, and the deadline may have passed.
      const stored = await doneWithin(timers, Math.max(LAST_MILLISECONDS, left()), database.close());
      await health.close();
      log.info({ settled, sent, closed, stored }, "portcullis.stopped");
      return settled && sent && closed && stored ? "clean" : "cut-short";
    },
  };
}
