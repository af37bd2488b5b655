import type { Grant } from "../../src/services/access/grant.ts";
import type { RequestOverview, RequestRow } from "../../src/services/access/overview.ts";
import type { AccessRequest } from "../../src/services/access/request.ts";
import type { Approval } from "../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../src/services/approvals/approval-config.ts";
import { QUEUE_START, type QueuePage, type QueueRow } from "../../src/services/approvals/queue.ts";
import type { CatalogConsole } from "../../src/services/catalog/catalog.ts";
import type { Person } from "../../src/services/directory/person.ts";
import { routeFor } from "../../src/services/policy/route.ts";
import type { Window, WorkingHours } from "../../src/services/schedule/working-hours.ts";

export const at = (iso: string): Date => new Date(iso);

export const ana: Person = {
  teamId: "T1",
  userId: "U1ANA",
  name: "Ana Ribeiro",
  email: "ana@example.com",
  zpaUser: "ana@example.com",
  timeZone: "Europe/Lisbon",
  locale: "en-GB",
};
export const ben: Person = { ...ana, userId: "U2BEN", name: "Ben Okafor", email: "ben@example.com", zpaUser: "ben@example.com" };

export const consoleNamed = (name: string, over: Partial<CatalogConsole> = {}): CatalogConsole => ({
  id: `id-${name}`,
  name,
  description: null,
  enabled: true,
  segmentId: `seg-${name}`,
  segmentName: `segment of ${name}`,
  segmentGroupId: null,
  segmentGroupName: null,
  microtenantId: null,
  microtenantName: "Default",
  privilegedApprovalsEnabled: true,
  protocol: "SSH",
  domain: `${name}.example.com`,
  portals: [{ id: "p1", name: "Operations", url: "https://pra.example.com" }],
  ...over,
});

const berlinHours: WorkingHours = {
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  start: "09:00",
  end: "17:00",
  timeZone: "Europe/Berlin",
};

export const twoWeeks: Window = { start: at("2026-03-16T08:00:00Z"), end: at("2026-03-30T08:00:00Z") };

export const requestOf = (over: Partial<AccessRequest> = {}): AccessRequest => ({
  id: "r1",
  number: 1042,
  requester: ana,
  beneficiary: ana,
  consoles: [consoleNamed("db-prod")],
  time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 1_209_600 }, workingHours: berlinHours },
  reason: "OPS-123: replace the disk",
  status: "PENDING",
  window: null,
  failure: null,
  batch: null,
  origin: "REQUEST",
  renewsId: null,
  ending: null,
  amendments: [],
  createdAt: at("2026-03-16T07:55:00Z"),
  decidedAt: null,
  ...over,
});

export const approvalOf = (over: Partial<Approval> = {}): Approval => ({
  interestedZpaUsers: [],
  id: "a1",
  requestId: "r1",
  status: "PENDING",
  version: 3,
  seats: [{ id: "s1", holder: { kind: "person", userId: "U2BEN" }, decision: null, insteadOf: null, autoApproveFor: null }],
  criteria: { type: "PARALLEL", approval: { calculationType: "COUNT", value: 1 }, rejection: { calculationType: "COUNT", value: 1 } },
  config: parseApprovalConfig({ requiresComment: "REJECTION" }),
  rules: routeFor({ approvers: [], selfApproval: false }).rules,
  requesterUserId: ana.userId,
  beneficiaryUserId: ana.userId,
  reassignmentHistory: [],
  comments: [],
  additionalAttributes: {},
  timers: {
    remindersSent: 0,
    lastReminderTick: null,
    escalationStep: 0,
    lastEscalationTick: null,
    isEscalated: false,
    isChainExhausted: false,
    nudges: 0,
    lastNudge: null,
    stranded: null,
  },
  changes: [],
  proposal: null,
  createdAt: at("2026-03-16T07:55:00Z"),
  modifiedAt: at("2026-03-16T07:55:00Z"),
  completedAt: null,
  settledBy: null,
  ...over,
});

export const grantOf = (over: Partial<Grant> = {}): Grant => ({
  id: "g1",
  requestId: "r1",
  microtenantId: null,
  part: 0,
  changingFrom: null,
  email: ana.zpaUser,
  segmentIds: ["s-1"],
  consoleIds: ["db-prod"],
  ...twoWeeks,
  workingHours: null,
  status: "GRANTED",
  zpaId: "20472",
  failure: null,
  ...over,
});

export const overviewOf = (over: Partial<RequestOverview> = {}): RequestOverview => {
  const request = over.request ?? requestOf();
  return {
    request,
    approval: approvalOf(),
    consoles: request.consoles,
    alsoOpens: [],
    alreadyHolds: [],
    withoutEffect: [],
    window: twoWeeks,
    nextOpenings: [
      { start: at("2026-03-16T08:00:00Z"), end: at("2026-03-16T16:00:00Z") },
      { start: at("2026-03-17T08:00:00Z"), end: at("2026-03-17T16:00:00Z") },
      { start: at("2026-03-18T08:00:00Z"), end: at("2026-03-18T16:00:00Z") },
    ],
    crons: { startTimeCron: "0 0 8 ? * MON,TUE,WED,THU,FRI", endTimeCron: "0 0 16 ? * MON,TUE,WED,THU,FRI" },
    offsetChanges: [],
    review: null,
    grants: [],
    endsSoon: false,
    canRenew: false,
    renews: null,
    renewedBy: [],
    madeTogether: [],
    deadline: null,
    ...over,
  };
};

export const rowOf = (over: Partial<RequestRow> = {}): RequestRow => ({
  requestId: "r1",
  approvalId: "a1",
  approvalVersion: 3,
  label: "PRA-1042",
  status: "PENDING",
  beneficiaryUserId: ana.userId,
  requesterUserId: ana.userId,
  consoleNames: ["db-prod"],
  reason: "OPS-123",
  window: twoWeeks,
  nextOpening: null,
  portalUrl: null,
  canRenew: false,
  createdAt: at("2026-03-16T07:55:00Z"),
  ...over,
});

export const queueRowOf = (over: Partial<QueueRow> = {}): QueueRow => ({
  ...rowOf({ approvalId: "5f0a7c1e-9f0b-4a57-8f6e-3f1f0a4c9b10" }),
  dueAt: null,
  isDueSoon: false,
  priority: "MEDIUM",
  needsComment: false,
  asks: { kind: "YOU" },
  ...over,
});

/** A page that holds all that waits. */
export const aQueuePage = (rows: readonly QueueRow[], over: Partial<QueuePage> = {}): QueuePage => ({
  place: QUEUE_START,
  rows,
  waiting: rows.length,
  matching: rows.length,
  before: 0,
  isAdmin: false,
  ...over,
});
