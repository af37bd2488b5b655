import { PortcullisError } from "../../../../src/errors.ts";
import { randomIds } from "../../../../src/ids.ts";
import type { JobAttempt } from "../../../../src/jobs/jobs.ts";
import { carryOutFinding } from "../../../../src/services/access/reconcile/carry-out-finding.ts";
import type { FindingKind, FindingView, Verdict } from "../../../../src/services/access/reconcile/finding.ts";
import { findingFromRow, readFinding } from "../../../../src/services/access/reconcile/finding-rows.ts";
import { createFindingsService } from "../../../../src/services/access/reconcile/findings-service.ts";
import { type FindingPort, projectFinding } from "../../../../src/services/access/reconcile/project-finding.ts";
import { reconcileTenant } from "../../../../src/services/access/reconcile/reconcile-tenant.ts";
import { aHouse } from "../a-house.ts";

const attempt = (isLast = false): JobAttempt => ({ jobId: "job", retryCount: 0, isLast, signal: new AbortController().signal });

/** A house whose tenant is compared, and whose administrators are told on a wall that the test can read. */
export async function aReconciler({ cleanExpired = false }: { readonly cleanExpired?: boolean } = {}) {
  const house = await aHouse();
  const { db, clock, zpa, enqueued } = house;
  const root = {
    ...[...house.known.values()][0],
    teamId: "T1",
    userId: "UROOT",
    name: "Root",
    email: "root@example.com",
    zpaUser: "root@example.com",
    timeZone: "UTC",
    locale: "en-US",
  };
  house.known.set("UROOT", root);
  const microtenants = [{ id: "0", name: "Default", enabled: true, privilegedApprovalsEnabled: true }];
  const approvals = {
    ...zpa.approvals,
    list: async (options: Parameters<typeof zpa.approvals.list>[0] = {}) =>
      (await zpa.approvals.list(options)).filter((found) => found.microtenantId === (options.microtenantId ?? null)),
  };
  const ports = {
    ...house.ports,
    zpa: { approvals, microtenants: { list: async () => microtenants } },
    catalog: house.catalog,
    cleanExpired,
  };
  const wall = new Map<string, FindingView>();
  const refusing = new Set<string>();
  let posts = 0;
  const port: FindingPort = {
    digest: async (_, finding) => JSON.stringify(finding),
    post: async (place, finding) => {
      if ("channelId" in place && refusing.has(place.channelId)) throw new PortcullisError("slack_refused");
      posts += 1;
      const ts = String(posts);
      wall.set(ts, finding);
      return { channelId: "channelId" in place ? place.channelId : place.userId, ts };
    },
    update: async ({ ts }, _, finding) => void wall.set(ts, finding),
    tell: async () => {},
  };
  const project = projectFinding({ ...ports, admins: house.admins, port, approvalsChannel: "C1" });
  const carryOut = carryOutFinding(ports);
  const service = createFindingsService(ports);
  const by = { teamId: "T1", userId: "UROOT" };
  /** Runs the jobs of findings, and of the grants that they concern, until none waits. */
  const work = async () => {
    for (let job = enqueued.shift(); job !== undefined; job = enqueued.shift()) {
      const payload = job.payload as { findingId: string; grantId: string; round: number };
      if (job.queue === "project-finding") await project(payload);
      if (job.queue === "carry-out-finding") await carryOut(payload, attempt());
      if (job.queue === "provision-grant") await house.provision(payload.grantId);
      if (job.queue === "end-grant") await house.endGrant(payload.grantId);
    }
  };
  const findings = async () => (await db.selectFrom("finding").selectAll().orderBy("found_at").orderBy("id").execute()).map(findingFromRow);
  const open = async (kind?: FindingKind) =>
    (await findings()).filter((each) => each.status === "OPEN" && (kind === undefined || each.kind === kind));
  return {
    ...house,
    ports,
    service,
    microtenants,
    wall,
    /** Channels that refuse messages. */
    refusing,
    root: by,
    findings,
    work,
    carryOut: (findingId: string, isLast = false) => carryOut({ findingId, round: 0 }, attempt(isLast)),
    project: (findingId: string) => project({ findingId }),
    open,
    /** The one that is open, of a kind if one is given. */
    only: async (kind?: FindingKind) => {
      const [finding, ...others] = await open(kind);
      if (finding === undefined || others.length > 0) throw new Error(`${others.length + 1} findings where one was expected`);
      return finding;
    },
    /** Ids of the approvals that stand in the tenant. */
    standing: () => zpa.stored.map(({ id }) => id),
    /** Kind and status of each finding as its message tells it. */
    said: () => [...wall.values()].map(({ kind, status }) => `${kind} ${status}`),
    /** An hour on, with nothing in the tenant, nothing on the wall and no access that stands. */
    clear: async () => {
      zpa.stored.length = 0;
      for (const faults of Object.values(zpa.faults)) faults.length = 0;
      enqueued.length = 0;
      wall.clear();
      await db.deleteFrom("finding_card").execute();
      await db.deleteFrom("finding").execute();
      await db.updateTable("access_grant").set({ status: "ENDED", updated_at: clock.at }).where("status", "!=", "ENDED").execute();
      clock.at = new Date(clock.at.getTime() + 3_600_000);
    },
    /** A minute and more after whatever was done: grants have come to rest. */
    pass: async () => {
      clock.at = new Date(clock.at.getTime() + 120_000);
      const { microtenants: results } = await reconcileTenant(ports);
      await work();
      return results[0];
    },
    /** As it stands now unless a version is named. */
    judge: async (findingId: string, verdict: Verdict, reason: string | null = "INC-7", version: number | null = null, userId = "UROOT") =>
      service.judge({
        findingId,
        version: version ?? (await readFinding(house.db, findingId)).version,
        by: { teamId: "T1", userId },
        verdict,
        reason,
      }),
    /** Ana's access, proven. */
    aGrant: async (change: Parameters<typeof house.ask>[0] = {}) => {
      const { id } = await house.ask({
        time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 8 * 3600 }, workingHours: null },
        ...change,
      });
      await house.approve(id);
      for (const grant of await house.grants(id)) await house.provision(grant.id);
      enqueued.length = 0;
      const [grant] = await house.grants(id);
      if (grant?.zpaId == null) throw new Error("no grant became real");
      return { id, grant, zpaId: grant.zpaId };
    },
    /** An administrator of ZPA makes one by hand. */
    aForeign: (email = "eve@example.com", minutes = 600) =>
      zpa.keep({
        email,
        segmentIds: ["seg-2"],
        start: new Date(clock.at.getTime() - 60_000),
        end: new Date(clock.at.getTime() + minutes * 60_000),
        workingHours: null,
        microtenantId: null,
      }),
    change: (id: string, change: Partial<(typeof zpa.stored)[number]>) => {
      const at = zpa.stored.findIndex((each) => each.id === id);
      const found = zpa.stored[at];
      if (found === undefined) throw new Error(`${id} is not there`);
      zpa.stored[at] = { ...found, ...change };
    },
    remove: (id: string) => {
      const at = zpa.stored.findIndex((each) => each.id === id);
      if (at >= 0) zpa.stored.splice(at, 1);
    },
    events: async () => (await db.selectFrom("ledger_event").select("kind").orderBy("id").execute()).map(({ kind }) => kind),
    uuid: randomIds.uuid,
  };
}

export type Reconciler = Awaited<ReturnType<typeof aReconciler>>;
