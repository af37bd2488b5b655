import type { Control } from "../http/control/start-control.ts";
import type { CredentialPage } from "../http/credential-page/start-credential-page.ts";
import type { Health } from "../http/health/start-health.ts";
import type { Slack } from "../slack/create-slack.ts";
import { doneWithin } from "../timers.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Ledger } from "./wire-ledger.ts";
import type { Tenant } from "./wire-tenant.ts";

/** What closing the database gets at least. */
const LAST_MILLISECONDS = 1_000;

interface Running extends Given, Store {
  readonly health: Health;
  readonly ledger: Ledger;
  readonly tenant: Tenant;
  readonly slack: Slack;
  readonly control: Control | null;
  readonly page: CredentialPage;
}

/** Stops everything, whatever takes something in before whatever that needs, within about the deadline. */
export const stopPortcullis =
  ({ config, log, timers, database, jobs, health, ledger, tenant, slack, control, page }: Running) =>
  async (deadlineMilliseconds: number): Promise<"clean" | "cut-short"> => {
    const { zpa, following } = tenant;
    const end = timers.monotonicMilliseconds() + deadlineMilliseconds;
    const left = () => Math.max(0, end - timers.monotonicMilliseconds());
    health.draining();
    await slack.turnAway(Math.min(config.slack.drainSeconds * 1000, left() / 2));
    await control?.close();
    // A secret on its way is let through; what is cut off is looked for in ZPA by the job that was planned with it.
    const pageClosed = await doneWithin(timers, left() / 2, page.close());
    // Listeners write jobs, so they finish before the jobs are stopped.
    const settled = await slack.hangUp(left() / 2);
    const jobsStopped = jobs.stop(left());
    // A job that waits for ZPA's budget or its return is given back, to go on elsewhere.
    if (!(await doneWithin(timers, left() / 2, jobsStopped))) void zpa.close();
    await jobsStopped;
    // Jobs wait for the messages that they send; what is left are answers of listeners.
    const sent = await slack.outbound.drain(left());
    await following.close();
    const closed = await doneWithin(timers, left(), Promise.all([zpa.close(), ledger.siem?.siem.close()]));
    // A pool waits for whoever still holds a connection, and the deadline may have passed.
    const stored = await doneWithin(timers, Math.max(LAST_MILLISECONDS, left()), database.close());
    await health.close();
    log.info({ settled, sent, closed, stored, pageClosed }, "portcullis.stopped");
    return settled && sent && closed && stored && pageClosed ? "clean" : "cut-short";
  };
