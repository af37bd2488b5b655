import { addMinutes } from "date-fns/addMinutes";
import type { Clock } from "./clock.ts";
import { fromUnknown } from "./errors.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { Log } from "./log.ts";
import { amendGrant } from "./services/access/amend-grant.ts";
import { endGrant } from "./services/access/end-grant.ts";
import { endRequest } from "./services/access/end-request.ts";
import { provisionGrant } from "./services/access/provision-grant.ts";
import type { ProvisionPorts } from "./services/access/provision-ports.ts";
import { realignGrant } from "./services/access/realign-grant.ts";
import { carryOutFinding } from "./services/access/reconcile/carry-out-finding.ts";
import { type ProjectFindingPorts, projectFinding } from "./services/access/reconcile/project-finding.ts";
import { runReconcile } from "./services/access/reconcile/reconcile-tenant.ts";
import { sweepGoneHolders } from "./services/access/sweep-gone-holders.ts";
import { sweepLateEffects } from "./services/access/sweep-late-effects.ts";
import { warnEnd } from "./services/access/warn-end.ts";
import { type ApproveClickPorts, runApproveClick } from "./services/approvals/approve-click.ts";
import { type RunBulkPorts, runBulk } from "./services/approvals/run-bulk.ts";
import { runApprovalTimer } from "./services/approvals/run-timer.ts";
import { showBulk } from "./services/approvals/show-bulk.ts";
import { type SweepPorts, sweepLeavers } from "./services/approvals/sweep-leavers.ts";
import { type LedgerPorts, runSealLedger, runShipLedger } from "./services/audit/run-ledger.ts";
import type { LoadedCatalog } from "./services/catalog/create-catalog.ts";
import { type RefreshPorts, refreshCatalog } from "./services/catalog/refresh-catalog.ts";
import { type RefreshCoveragePorts, refreshCoverage } from "./services/coverage/refresh-coverage.ts";
import { type ReportPorts, reportStale } from "./services/credentials/report-stale.ts";
import { type SettlePorts, settleHandover } from "./services/credentials/settle-handover.ts";
import { type AskReviewPorts, askForReview } from "./services/emergency/ask-for-review.ts";
import type { Notify } from "./services/notify/create-notify.ts";
import { type HeardPorts, runHeardMessage } from "./services/notify/hear-message.ts";
import { type RelayPorts, relayComments } from "./services/notify/relay-comments.ts";
import { type TellPorts, tellProposer } from "./services/notify/tell-proposer.ts";
import { type ProjectChangePorts, projectChange } from "./services/rules/project-change.ts";

export interface WorkerPorts extends ProvisionPorts {
  readonly approveClick: ApproveClickPorts;
  readonly approvalTimer: Parameters<typeof runApprovalTimer>[0];
  readonly bulk: RunBulkPorts & Parameters<typeof showBulk>[0];
  readonly sweep: SweepPorts;
  readonly notify: Notify;
  readonly talk: HeardPorts & RelayPorts & TellPorts;
  readonly rulesChange: ProjectChangePorts;
  readonly ledger: LedgerPorts;
  readonly reconcile: Parameters<typeof runReconcile>[0];
  readonly finding: ProjectFindingPorts;
  readonly handover: SettlePorts;
  readonly credentialReport: ReportPorts;
  readonly review: AskReviewPorts;
  readonly catalog: LoadedCatalog;
  readonly catalogZpa: RefreshPorts["zpa"] & RefreshCoveragePorts["zpa"];
  readonly catalogRefreshMinutes: number;
  readonly endWarningMinutes: number;
}

/** Ties every queue to its use-case. The numbers are how many jobs of a queue one process runs at once. */
export async function startWorkers(ports: WorkerPorts): Promise<void> {
  const { jobs, notify } = ports;
  await jobs.work("approve-click", runApproveClick(ports.approveClick), { concurrency: 2 });
  await jobs.work("bulk-decide", runBulk(ports.bulk), { concurrency: 2 });
  await jobs.work("show-bulk", showBulk(ports.bulk), { concurrency: 2 });
  await jobs.work("approval-timer", runApprovalTimer(ports.approvalTimer), { concurrency: 2 });
  await jobs.work("sweep-leavers", eachOf(sweepGoneHolders(ports), sweepLeavers(ports.sweep)));
  await jobs.work("provision-grant", provisionGrant(ports), { concurrency: 4 });
  await jobs.work("realign-grant", realignGrant(ports));
  await jobs.work("amend-grant", amendGrant(ports), { concurrency: 2 });
  await jobs.work("end-grant", endGrant(ports), { concurrency: 4 });
  await jobs.work("sweep-late-effects", sweepLateEffects(ports));
  await jobs.work("project-request", ({ requestId }) => notify.projectRequest(requestId), { concurrency: 4 });
  await jobs.work("heard-message", runHeardMessage(ports.talk), { concurrency: 2 });
  await jobs.work("relay-comments", relayComments(ports.talk), { concurrency: 2 });
  await jobs.work("tell-proposer", tellProposer(ports.talk));
  await jobs.work("project-rules-change", projectChange(ports.rulesChange));
  await jobs.work("publish-home", ({ userId }) => notify.publishHome(userId), { concurrency: 2 });
  await jobs.work("seal-ledger", runSealLedger(ports.ledger));
  await jobs.work("ship-ledger", runShipLedger(ports.ledger));
  await jobs.work("warn-end", warnEnd(ports), { concurrency: 2 });
  await jobs.work("break-glass-review", askForReview(ports.review));
  await jobs.work("settle-handover", settleHandover(ports.handover));
  await jobs.work("report-stale-credentials", reportStale(ports.credentialReport));
  await jobs.work("end-request", endRequest(ports));
  await jobs.work("reconcile-tenant", runReconcile(ports.reconcile));
  await jobs.work("carry-out-finding", carryOutFinding(ports), { concurrency: 2 });
  await jobs.work("project-finding", projectFinding(ports.finding), { concurrency: 2 });
  await jobs.work("refresh-catalog", refresh(ports));
}

/** Does both, and lets the failure of one stop nothing of the other. @throws AggregateError of what failed */
const eachOf =
  (...works: readonly (() => Promise<void>)[]) =>
  async (): Promise<void> => {
    const outcomes = await Promise.allSettled(works.map((work) => work()));
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${works.length} parts failed`);
  };

/**
 * Reads the catalog and plans the next reading first, so that a tenant that is away today is read again tomorrow.
 * The stored catalog answers until then, with its age.
 */
const refresh =
  ({ jobs, clock, db, log, catalog, catalogZpa, catalogRefreshMinutes }: WorkerPorts) =>
  async (): Promise<void> => {
    const minutes = catalog.refreshedAt() === null ? FIRST_RETRY_MINUTES : catalogRefreshMinutes;
    await planRefresh(jobs, addMinutes(clock.now(), minutes));
    const snapshot = await refreshCatalog({ zpa: catalogZpa, db, clock, log });
    await catalog.replace(snapshot);
    await refreshCoverage({ zpa: catalogZpa, db, clock, log }, snapshot);
  };

/** Without any catalog nobody can ask for anything: ZPA is asked again soon. */
const FIRST_RETRY_MINUTES = 1;

const planRefresh = (jobs: Jobs, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("refresh-catalog", {}, { startAfter, singletonKey: "next" });

/** Answers from the stored catalog at once, and has it read anew when there is none or it is old. */
export async function startCatalog(ports: {
  readonly jobs: Jobs;
  readonly catalog: LoadedCatalog;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalogRefreshMinutes: number;
}): Promise<void> {
  await ports.catalog.load().catch((thrown: unknown) => {
    ports.log.error({ err: fromUnknown(thrown) }, "catalog.not-loaded");
  });
  const refreshedAt = ports.catalog.refreshedAt();
  if (refreshedAt !== null) return planRefresh(ports.jobs, addMinutes(refreshedAt, ports.catalogRefreshMinutes));
  // Replicas that start together on an empty database need one reading; each costs half of ZPA's budget.
  await ports.jobs.enqueueNow("refresh-catalog", {}, { startAfter: ports.clock.now(), singletonKey: "first", onceInSeconds: 60 });
}
