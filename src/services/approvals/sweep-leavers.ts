import { addMinutes } from "date-fns/addMinutes";
import { fromUnknown } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Approval, Holder } from "./approval.ts";
import { approvalFromRow } from "./approval-rows.ts";
import { lookUpPresence } from "./look-up-presence.ts";
import type { Presence } from "./presence.ts";
import { person } from "./seats.ts";
import { type VisitPorts, visitApproval } from "./visit-approval.ts";

const SWEEP_MINUTES = 60;
const PAGE = 200;

/** Has the next sweep run; one waits at a time, however many replicas plan it. */
export const planSweep = (jobs: Jobs, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("sweep-leavers", {}, { startAfter, singletonKey: "next" });

/** What Slack just said of somebody: they left, or a group changed. The sweep of every hour sees to what this loses. */
export const sweepSoon =
  ({ jobs }: { readonly jobs: Jobs }) =>
  (): Promise<void> =>
    jobs.enqueueNow("sweep-leavers", {}, { singletonKey: "now" });

export interface SweepPorts extends VisitPorts {
  /** The workspace of the bot. */
  readonly teamId: () => Promise<string>;
}

/**
 * Looks at every pending approval for seats of people who have left, and for requesters and beneficiaries who have. The next sweep is
 * planned first, so that one which fails is not the last. An approval that fails stops no other.
 *
 * @throws AggregateError of what failed
 */
export const sweepLeavers = (ports: SweepPorts) => async (): Promise<void> => {
  await planSweep(ports.jobs, addMinutes(ports.clock.now(), SWEEP_MINUTES));
  const visit = visitApproval(ports);
  const teamId = await ports.teamId();
  const failures: unknown[] = [];
  for await (const page of pendingApprovals(ports)) {
    const holders = page.flatMap(holdersOf);
    const presence = await lookUpPresence(ports, { teamId, holders, barred: [], voiced: [] });
    for (const approval of page.filter((each) => mayConcern(each, presence)))
      await visit(approval.id).catch((thrown: unknown) => {
        ports.log.warn({ err: fromUnknown(thrown), approvalId: approval.id }, "sweep.approval-not-visited");
        failures.push(thrown);
      });
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} approvals were not visited`);
};

const holdersOf = (approval: Approval): Holder[] => [
  person(approval.requesterUserId),
  person(approval.beneficiaryUserId),
  ...approval.seats.flatMap(({ decision, holder }) => (decision === null ? [holder] : [])),
];

/** A group's members may all be barred from this very approval: the visit looks closer. */
const mayConcern = (approval: Approval, presence: Presence): boolean =>
  holdersOf(approval).some((holder) => holder.kind === "group" || presence.of(holder) === "gone");

async function* pendingApprovals({ db }: Pick<VisitPorts, "db">): AsyncGenerator<readonly Approval[]> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await db
      .selectFrom("approval")
      .selectAll()
      .where("status", "=", "PENDING")
      .where("id", ">", after)
      .orderBy("id")
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(approvalFromRow);
    after = last.id;
  }
}
