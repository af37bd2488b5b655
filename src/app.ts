import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type FaultPoint, noFault } from "./fault-points.ts";
import { startControlOf } from "./http/control/start-control.ts";
import { type Ids, randomIds } from "./ids.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import type { Log } from "./log.ts";
import { letGoOfAllGrants } from "./services/access/grant-claim.ts";
import { homeLists } from "./services/access/home-lists.ts";
import { loadOverview } from "./services/access/load-overview.ts";
import { resumeGrants } from "./services/access/resume-grants.ts";
import { retryRequest } from "./services/access/retry-request.ts";
import { settleRequest } from "./services/access/settle-request.ts";
import { submitRequest } from "./services/access/submit-request.ts";
import { withdrawRequest } from "./services/access/withdraw-request.ts";
import { recordApproveClick } from "./services/approvals/approve-click.ts";
import { decideApproval, mayDecide } from "./services/approvals/decide-approval.ts";
import { createCatalog } from "./services/catalog/create-catalog.ts";
import { followCatalog } from "./services/catalog/follow-catalog.ts";
import { createPeople } from "./services/directory/people.ts";
import { releaseEveryClaim } from "./services/notify/card-rows.ts";
import { createNotify } from "./services/notify/create-notify.ts";
import { holderOf } from "./services/policy/route.ts";
import { createRulesService } from "./services/rules/create-rules-service.ts";
import { placesIn } from "./services/rules/places.ts";
import type { Services } from "./services/services.ts";
import { createZpaClient } from "./services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "./services/zpa/memory-slots.ts";
import { createPostgresSlots } from "./services/zpa/postgres-slots.ts";
import { createThrottle } from "./services/zpa/throttle.ts";
import { createChangeCardPort } from "./slack/change-card-port.ts";
import { createSlack } from "./slack/create-slack.ts";
import { createNotifyPort } from "./slack/notify-port.ts";
import { createPublishHome } from "./slack/publish-home.ts";
import { registerListeners } from "./slack/register-listeners.ts";
import { onceEachEvent } from "./slack/seen-events.ts";
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
  if (database.kind === "pglite") await Promise.all([releaseEveryClaim(db), letGoOfAllGrants(db)]);
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
  const home = homeLists({ db, people, clock, rules });
  const { directory, outbound, clients } = slack;
  const { approvalsChannel } = config.slack;
  const trustedPlace = createTrustedPlace({ client: clients.interactive, timers });
  const publishHome = createPublishHome({ client: clients.interactive, directory, home, clock });
  const port = createNotifyPort({ outbound, directory, trustedPlace, publishHome });
  const { groupMembers } = directory;
  const notify = createNotify({ db, jobs, port, loadOverview: overview, groupMembers, approvalsChannel, clock, ids, log, faultPoint });

  const provision = { db, jobs, zpa, people, clock, ids, log, faultPoint };
  const onSettled = settleRequest({ jobs, ids, log, overnightHours: config.overnightHours });
  const admins = config.admins.map(holderOf);
  const decidePorts = { db, jobs, people, clock, faultPoint, onSettled, admins };
  const decide = decideApproval(decidePorts);
  const rehearse = mayDecide(decidePorts);
  const rulesPorts = { db, jobs, people, admins, clock, ids, settings: rules, places: placesIn(catalog) };
  const services: Services = {
    people,
    catalog,
    rules: createRulesService(rulesPorts),
    access: {
      submit: submitRequest({ db, jobs, people, catalog, clock, ids, rules, admins, onSettled }),
      retry: retryRequest(provision),
      withdraw: withdrawRequest({ db, decide }),
      overview,
      home,
    },
    approvals: {
      recordApproveClick: recordApproveClick({ jobs, faultPoint }),
      reject: ({ approvalId, version, by, comment }) => decide(approvalId, { kind: "reject", version, by, comment }),
      reassign: ({ approvalId, version, by, to, comment }) =>
        decide(approvalId, { kind: "reassign", version, by, from: null, to, comment }),
      mayDecide: ({ approvalId, version, by }) => rehearse(approvalId, version, by),
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
    userGroups,
    approvalsChannel,
    clock,
    log,
  });
  await startWorkers({
    ...provision,
    approvalTimer: decidePorts,
    approveClick: { decide, adoptCard: notify.adoptCard, port, ids, log },
    notify,
    rulesChange: { ...rulesPorts, port: createChangeCardPort({ outbound, directory }), log },
    catalog,
    catalogZpa: zpa,
    catalogRefreshMinutes: config.catalogRefreshMinutes,
  });
  await resumeGrants({ db, jobs });
  // PostgreSQL is opened by `pra` itself; the embedded database has one owner.
  const control = database.kind === "pglite" ? await startControlOf({ folder: config.database.folder, services, ids, log }) : null;
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
