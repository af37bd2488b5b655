import { addMinutes } from "date-fns/addMinutes";
import { recheckCrons } from "../services/access/recheck-crons.ts";
import { planReconcile } from "../services/access/reconcile/reconcile-tenant.ts";
import { resumeGrants } from "../services/access/resume-grants.ts";
import { planSweep } from "../services/approvals/sweep-leavers.ts";
import { startLedger } from "../services/audit/run-ledger.ts";
import { nextReportAt, planReport } from "../services/credentials/report-stale.ts";
import { everyAdmin } from "../services/rules/other-admins.ts";
import type { Slack } from "../slack/create-slack.ts";
import { startWorkers } from "../workers.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Credentials } from "./wire-credentials.ts";
import type { Ledger } from "./wire-ledger.ts";
import type { Ports } from "./wire-ports.ts";
import type { Reading } from "./wire-reading.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";
import type { Tenant } from "./wire-tenant.ts";

interface Wired extends Given, Store {
  readonly ledger: Ledger;
  readonly tenant: Tenant;
  readonly slack: Slack;
  readonly reading: Reading;
  readonly slackPorts: SlackPorts;
  readonly ports: Ports;
  readonly credentials: Pick<Credentials, "ports">;
}

/** Starts the workers, then plans what an earlier process may have left undone and what comes round again and again. */
export async function startWork(wired: Wired): Promise<void> {
  const { config, clock, db, jobs, ledger } = wired;
  await startWorkers(workerPorts(wired));
  await resumeGrants({ db, jobs });
  await recheckCrons({ db, jobs, clock });
  await planSweep(jobs, clock.now());
  await startLedger(ledger);
  await planReport(jobs, nextReportAt(clock.now()));
  await planReconcile(jobs, addMinutes(clock.now(), config.reconcileMinutes));
}

function workerPorts({ config, log, clock, ids, db, jobs, ledger, tenant, slack, reading, slackPorts, ports, credentials }: Wired) {
  const { notify, provision, deciding, decide, record, rules, reconcile, admins } = ports;
  const { approvalsChannel } = config.slack;
  return {
    ...provision,
    approvalTimer: deciding,
    sweep: { ...deciding, teamId: slack.directory.teamId },
    approveClick: { decide, adoptCard: notify.adoptCard, port: slackPorts.cards, ids, log },
    bulk: { ...provision, decide, show: slackPorts.showBulkResult },
    notify,
    talk: { db, jobs, talk: slackPorts.talk, record, loadOverview: reading.overview, clock, log },
    rulesChange: { ...rules, port: slackPorts.rulesChanges, log },
    ledger,
    reconcile: { ...reconcile, reconcileMinutes: config.reconcileMinutes, tell: slackPorts.findings.tell },
    finding: { ...reconcile, admins, port: slackPorts.findings, approvalsChannel },
    catalog: tenant.catalog,
    handover: { ...credentials.ports, tellOutcome: slackPorts.credentialMessages.tellOutcome },
    credentialReport: {
      ...credentials.ports,
      jobs,
      everyAdmin: () => everyAdmin({ admins, people: reading.people }),
      tellStale: slackPorts.credentialMessages.tellStale,
    },
    review: { db, jobs, clock, log, ask: slackPorts.askForReview },
    catalogZpa: tenant.zpa,
    catalogRefreshMinutes: config.catalogRefreshMinutes,
    endWarningMinutes: config.endWarningMinutes,
  };
}
