import { PortcullisError } from "../../../src/errors.ts";
import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import type { JobAttempt, Jobs } from "../../../src/jobs/jobs.ts";
import { amendGrant } from "../../../src/services/access/amend-grant.ts";
import { type ChangeAccess, changeAccess } from "../../../src/services/access/change-access.ts";
import { endGrant } from "../../../src/services/access/end-grant.ts";
import { endRequest } from "../../../src/services/access/end-request.ts";
import { finishAccess } from "../../../src/services/access/finish-access.ts";
import { readGrant, readGrants } from "../../../src/services/access/grant-rows.ts";
import { homeLists } from "../../../src/services/access/home-lists.ts";
import { loadOverview } from "../../../src/services/access/load-overview.ts";
import { lookAtAccess } from "../../../src/services/access/look-at-access.ts";
import { provisionGrant } from "../../../src/services/access/provision-grant.ts";
import type { ProvisionPorts } from "../../../src/services/access/provision-ports.ts";
import { realignGrant } from "../../../src/services/access/realign-grant.ts";
import { recheckCrons } from "../../../src/services/access/recheck-crons.ts";
import { renewAccess } from "../../../src/services/access/renew-access.ts";
import { readRequest } from "../../../src/services/access/request-rows.ts";
import { resumeGrants } from "../../../src/services/access/resume-grants.ts";
import { revokeAccess } from "../../../src/services/access/revoke-access.ts";
import { type Revoker, revokePerson } from "../../../src/services/access/revoke-person.ts";
import { settleRequest } from "../../../src/services/access/settle-request.ts";
import { submitRequest } from "../../../src/services/access/submit-request.ts";
import { sweepGoneHolders } from "../../../src/services/access/sweep-gone-holders.ts";
import { sweepLateEffects } from "../../../src/services/access/sweep-late-effects.ts";
import { warnEnd } from "../../../src/services/access/warn-end.ts";
import type { Holder } from "../../../src/services/approvals/approval.ts";
import { decideApproval } from "../../../src/services/approvals/decide-approval.ts";
import { QUEUE_START, type QueuePlace } from "../../../src/services/approvals/queue.ts";
import { readQueue } from "../../../src/services/approvals/read-queue.ts";
import type { Catalog, CatalogConsole } from "../../../src/services/catalog/catalog.ts";
import type { People, Person } from "../../../src/services/directory/person.ts";
import type { Scope } from "../../../src/services/policy/rules.ts";
import type { SubmitRequest } from "../../../src/services/services.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { keptLog } from "../../support/silent-log.ts";
import { fakeZpa } from "./fake-zpa.ts";

const person = (userId: string, name: string, timeZone: string): Person => ({
  teamId: "T1",
  userId,
  name,
  email: `${name.toLowerCase()}@example.com`,
  zpaUser: `${name.toLowerCase()}@example.com`,
  timeZone,
  locale: "en-US",
});

const console = (id: string, name: string, segmentId: string, change: Partial<CatalogConsole> = {}): CatalogConsole => ({
  id,
  name,
  description: null,
  enabled: true,
  segmentId,
  segmentName: `segment ${segmentId}`,
  segmentGroupId: segmentId === "seg-1" ? "grp-1" : "grp-2",
  segmentGroupName: segmentId === "seg-1" ? "Databases" : "Everything else",
  microtenantId: null,
  microtenantName: "Default",
  privilegedApprovalsEnabled: true,
  protocol: "SSH",
  domain: `${name}.internal`,
  portals: [{ id: "9", name: "Portal", url: "https://pra.example.com" }],
  ...change,
});

const consoles = [
  console("1", "db-prod", "seg-1"),
  console("2", "db-prod-replica", "seg-1"),
  console("3", "hmi-line-4", "seg-2", { microtenantId: "77", microtenantName: "Plant" }),
  console("4", "retired", "seg-3", { enabled: false }),
  ...Array.from({ length: 100 }, (_, index) => console(`many-${index}`, `jump-${index}`, `seg-many-${index}`)),
  console("5", "locked", "seg-4", { microtenantId: "78", privilegedApprovalsEnabled: false }),
];

const catalog: Catalog = {
  search: () => consoles,
  byId: (id) => consoles.find((each) => each.id === id) ?? null,
  byName: (name) => consoles.find((each) => each.name === name) ?? null,
  onSegment: (segmentId) => consoles.filter((each) => each.segmentId === segmentId),
  refreshedAt: () => new Date("2026-11-02T00:00:00Z"),
  size: () => consoles.length,
};

const attempt = (retryCount: number, isLast: boolean): JobAttempt => ({
  jobId: "job",
  retryCount,
  isLast,
  signal: new AbortController().signal,
});

const noted = ({ startAfter, priority }: { startAfter?: Date; priority?: number } = {}) => ({
  startAfter,
  ...(priority === undefined ? {} : { priority }),
});

interface HouseOptions {
  readonly overnightHours?: "next-day" | "split";
}

/** The services of access and approvals over a real PGlite store, with a tenant in memory and a clock that the test sets. */
export async function aHouse(options: HouseOptions = {}) {
  const store = await aStore();
  return { ...aHouseOn(store, options), close: store.close };
}

/** The same over a store that is there: another house on it knows nothing of this one but what is stored. */
export function aHouseOn({ db }: Pick<Store, "db">, { overnightHours = "next-day" }: HouseOptions = {}) {
  const { log, lines } = keptLog();
  const clock = { at: new Date("2026-11-02T08:00:00Z"), now: () => clock.at };
  const known = new Map([
    ["UANA", person("UANA", "Ana", "Europe/Lisbon")],
    ["UBEN", person("UBEN", "Ben", "America/New_York")],
    ["UCHI", person("UCHI", "Chiyo", "Asia/Tokyo")],
  ]);
  const groups = new Map<string, readonly string[]>();
  const people: People = {
    trusted: async ({ userId }) => {
      const found = known.get(userId);
      if (found === undefined) throw new PortcullisError("person_deactivated");
      return found;
    },
    groupsOf: async (userId, groupIds) => groupIds.filter((groupId) => groups.get(groupId)?.includes(userId)),
    membersOf: async (groupId) => groups.get(groupId) ?? [],
    isAdmin: async (userId) => userId === "UROOT",
  };
  const enqueued: { queue: string; payload: unknown; startAfter: Date | undefined; priority?: number | undefined }[] = [];
  const jobs: Jobs = {
    enqueue: async (_trx, queue, payload, options) => void enqueued.push({ queue, payload, ...noted(options) }),
    enqueueNow: async (queue, payload, options) => void enqueued.push({ queue, payload, ...noted(options) }),
    work: async () => {},
    stop: async () => {},
  };
  const zpa = fakeZpa();
  const rules = { approvers: ["UBEN", "UCHI"], selfApproval: false, maxConsolesPerRequest: 100 };
  const ports: ProvisionPorts = { db, jobs, zpa, people, clock, ids: randomIds, log, faultPoint: noFault };
  const onSettled = settleRequest({ ...ports, overnightHours });
  const admins: Holder[] = [{ kind: "person", userId: "UROOT" }];
  const nameOf = async (id: string) => known.get(id)?.name ?? id;
  const submit = submitRequest({ ...ports, catalog, rules, admins, onSettled, nameOf });
  const decide = decideApproval({ ...ports, onSettled, admins });
  const approvalOf = (requestId: string) =>
    db.selectFrom("approval").selectAll().where("request_id", "=", requestId).executeTakeFirstOrThrow();
  let submissions = 0;
  /** Ana asks for an hour on some consoles, from the approval on unless said otherwise. */
  const askAll = (change: Partial<SubmitRequest> = {}) =>
    submit({
      by: { teamId: "T1", userId: "UANA" },
      beneficiaryUserId: null,
      consoleIds: ["1"],
      time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 3600 }, workingHours: null },
      reason: "OPS-123",
      submissionKey: `V${++submissions}`,
      ...change,
    });

  return {
    db,
    clock,
    known,
    groups,
    enqueued,
    zpa,
    lines,
    ports,
    submit,
    decide,
    approvalOf,
    catalog,
    onSettled,
    admins,
    askAll,
    /** The same where the consoles fall under the same rules. */
    ask: async (change: Partial<SubmitRequest> = {}) => {
      const [request, ...others] = await askAll(change);
      if (request === undefined || others.length > 0) throw new Error(`${others.length + 1} requests where one was expected`);
      return request;
    },
    /** An administrator's rules for one scope. */
    writeRules: async (scope: Scope, scopeId: string, body: object, revision = 1) => {
      const row = { body: JSON.stringify(body), revision, changed_by: "UROOT", changed_at: clock.at };
      await db
        .insertInto("approval_rules")
        .values({ scope, scope_id: scopeId, ...row })
        .onConflict((conflict) => conflict.columns(["scope", "scope_id"]).doUpdateSet(row))
        .execute();
    },
    dropRules: () => db.deleteFrom("approval_rules").execute(),
    approve: async (requestId: string, userId = "UBEN") => {
      const { id, version } = await approvalOf(requestId);
      return decide(id, { kind: "approve", by: { teamId: "T1", userId }, version, comment: null });
    },
    grants: (requestId: string) => readGrants(db, requestId),
    requestOf: async (grantId: string) => readRequest(db, (await readGrant(db, grantId)).requestId),
    request: (requestId: string) => readRequest(db, requestId),
    provision: (grantId: string, retryCount = 0, isLast = false) => provisionGrant(ports)({ grantId }, attempt(retryCount, isLast)),
    realign: (grantId: string, retryCount = 0, isLast = false) => realignGrant(ports)({ grantId }, attempt(retryCount, isLast)),
    finish: (requestId: string, userId = "UANA") => finishAccess(ports)({ requestId, by: { teamId: "T1", userId } }),
    revoke: (requestId: string, userId = "UBEN", reason = "INC-9") =>
      revokeAccess(ports)({ requestId, by: { teamId: "T1", userId }, reason }),
    change: (requestId: string, change: Omit<ChangeAccess, "requestId" | "by">, userId = "UBEN") =>
      changeAccess({ ...ports, overnightHours })({ requestId, by: { teamId: "T1", userId }, ...change }),
    amendGrant: (grantId: string, retryCount = 0, isLast = false) => amendGrant(ports)({ grantId }, attempt(retryCount, isLast)),
    endGrant: (grantId: string, retryCount = 0, isLast = false) => endGrant(ports)({ grantId }, attempt(retryCount, isLast)),
    sweepLate: (grantId: string, round = 0) => sweepLateEffects(ports)({ grantId, round }),
    recheck: () => recheckCrons(ports),
    resume: () => resumeGrants(ports),
    renew: (requestId: string, userId = "UANA") =>
      renewAccess({ db, people, catalog, clock, submit })({ requestId, by: { teamId: "T1", userId } }),
    revokePerson: (userId: string, by: Revoker = { teamId: "T1", userId: "UROOT" }, reason = "INC-9") =>
      revokePerson({ ...ports, admins, onSettled })({ userId, by, reason }),
    look: (requestId: string, userId: string) => lookAtAccess({ db, people })({ requestId, by: { teamId: "T1", userId } }),
    sweepHolders: () => sweepGoneHolders(ports)(),
    warnEnd: (requestId: string) => warnEnd({ db, jobs, clock, endWarningMinutes: 30 })({ requestId }),
    overview: (requestId: string) => loadOverview({ db, catalog, clock })(requestId),
    end: (requestId: string) => endRequest(ports)({ requestId }),
    home: (userId: string) => homeLists({ db, clock })(userId, { limit: 100 }),
    queue: (userId: string, place: Partial<QueuePlace> = {}, limit = 100) =>
      readQueue({ db, people, clock })({ by: { teamId: "T1", userId }, place: { ...QUEUE_START, ...place }, limit }),
    ledger: async (requestId: string) =>
      (await db.selectFrom("ledger_event").select("kind").where("request_id", "=", requestId).orderBy("id").execute()).map(
        (row) => row.kind,
      ),
  };
}

export type House = Awaited<ReturnType<typeof aHouse>>;
