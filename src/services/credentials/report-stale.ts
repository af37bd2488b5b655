import { fromUnknown } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import { claimNotice, unclaimNotice } from "../notify/card-rows.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import type { CredentialList } from "./credentials-service.ts";
import { readCredentials } from "./list-credentials.ts";

/** What `slack/` fills in: tells one administrator which secrets are old, in one message. */
export type TellStale = (userId: string, stale: CredentialList) => Promise<void>;

export type ReportPorts = Pick<CredentialPorts, "db" | "zpa" | "clock" | "log" | "maxAgeDays"> & {
  readonly jobs: Jobs;
  /** Every administrator, groups by their members now. */
  readonly everyAdmin: () => Promise<readonly string[]>;
  readonly tellStale: TellStale;
};

const WEEK_MILLISECONDS = 604_800_000;
/** 1970-01-05 was a Monday. */
const FIRST_REPORT = Date.UTC(1970, 0, 5, 7);

/** The next Monday, 07:00 UTC, after an instant. */
export function nextReportAt(now: Date): Date {
  const weeks = Math.floor((now.getTime() - FIRST_REPORT) / WEEK_MILLISECONDS) + 1;
  return new Date(FIRST_REPORT + weeks * WEEK_MILLISECONDS);
}

/** Plans the next report, unless one is planned. */
export const planReport = (jobs: Jobs, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("report-stale-credentials", {}, { startAfter, singletonKey: "next" });

/**
 * The weekly job: tells administrators which secrets are older than they should be, and nothing when none is and
 * all could be read. What could not be read is named, as nobody knows what is old there. Each hears of a week once,
 * however many replicas run it. The next one is planned first, so that one which fails is not the last.
 * @throws PortcullisError `zpa_*` when nothing could be read, AggregateError of whom Slack did not let be told; the queue comes back for them
 */
export const reportStale = (ports: ReportPorts) => async (): Promise<void> => {
  const now = ports.clock.now();
  const next = nextReportAt(now);
  await planReport(ports.jobs, next);
  const listed = await readCredentials(ports);
  const stale: CredentialList = { ...listed, credentials: listed.credentials.filter(({ isStale }) => isStale) };
  if (stale.credentials.length === 0 && stale.unread.length === 0) return;
  const failures: unknown[] = [];
  for (const userId of await ports.everyAdmin())
    await tellOnce(ports, { userId, stale, key: `credential-report:${next.toISOString()}:${userId}` }).catch((thrown: unknown) => {
      ports.log.warn({ err: fromUnknown(thrown), userId }, "credentials.report-not-told");
      failures.push(thrown);
    });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} administrators were not told`);
};

async function tellOnce(
  { db, clock, tellStale }: ReportPorts,
  { userId, stale, key }: { readonly userId: string; readonly stale: CredentialList; readonly key: string },
): Promise<void> {
  if (!(await claimNotice(db, key, clock.now()))) return;
  try {
    await tellStale(userId, stale);
  } catch (thrown) {
    await unclaimNotice(db, key);
    throw thrown;
  }
}
