import fc from "fast-check";
import type { Grant } from "../../src/services/access/grant.ts";
import type { RequestOverview, RequestRow, ReviewStanding } from "../../src/services/access/overview.ts";
import type { AccessRequest, Failure } from "../../src/services/access/request.ts";
import type { Approval, ApprovalStatus, Holder } from "../../src/services/approvals/approval.ts";
import type { QueueRow } from "../../src/services/approvals/queue.ts";
import type { CatalogConsole } from "../../src/services/catalog/catalog.ts";
import type { Person } from "../../src/services/directory/person.ts";
import type { GovernedForecast } from "../../src/services/governed/governed.ts";
import type { Terms } from "../../src/services/policy/terms.ts";
import { WEEKDAYS, type Window, type WorkingHours } from "../../src/services/schedule/working-hours.ts";
import { ana, approvalOf, at, consoleNamed, grantOf, overviewOf, requestOf, rowOf } from "./models.ts";

/** What people type: nothing, much, other scripts, emoji, markup, controls. */
export const typedText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: "grapheme", maxLength }),
    fc.string({ unit: "binary", maxLength }),
    fc.constantFrom(
      "",
      " ",
      "<!channel> <@U1> <https://evil.example|here>",
      "*bold* _it_ `code` :tada:",
      "שלום עולם",
      "مرحبا",
      "\u202eevil\u202c",
      "👩‍👩‍👧‍👦",
    ),
    fc.constantFrom("x", "👩‍👩‍👧‍👦", "&<>", "ש").map((unit) => unit.repeat(Math.ceil(maxLength / unit.length))),
  );

const userId = fc.constantFrom("U1ANA", "U2BEN", "U3CHIYO", "W4DORA");
const instant = fc.date({ min: at("2020-01-01T00:00:00Z"), max: at("2035-01-01T00:00:00Z"), noInvalidDate: true });
const window: fc.Arbitrary<Window> = fc
  .record({ start: instant, seconds: fc.integer({ min: 1, max: 365 * 86_400 }) })
  .map(({ start, seconds }) => ({ start, end: new Date(start.getTime() + seconds * 1000) }));
const timeZone = fc.constantFrom("UTC", "Europe/Berlin", "Asia/Calcutta", "Australia/Lord_Howe", "America/Argentina/ComodRivadavia");
const url = fc.constantFrom(null, "https://pra.example.com", "http://plain.example", `https://long.example/${"x".repeat(3100)}`);

const person: fc.Arbitrary<Person> = fc.record({ userId, name: typedText(120), timeZone }).map((over) => ({ ...ana, ...over }));

export const console: fc.Arbitrary<CatalogConsole> = fc
  .record({
    id: fc.stringMatching(/^\d{17,19}$/),
    name: typedText(300),
    segmentName: typedText(300),
    microtenantName: typedText(100),
    protocol: fc.option(fc.constantFrom("SSH", "RDP", "VNC")),
    domain: fc.option(typedText(200)),
    portals: fc.array(fc.record({ id: fc.string(), name: typedText(200), url }), { maxLength: 8 }),
  })
  .map((over) => consoleNamed("x", over));

const consoles = (maxLength: number) => fc.uniqueArray(console, { maxLength, selector: ({ id }) => id });
const holder: fc.Arbitrary<Holder> = fc.oneof(
  userId.map((id) => ({ kind: "person" as const, userId: id })),
  fc.constantFrom("S1", "S2").map((groupId) => ({ kind: "group" as const, groupId })),
);
const actor = userId.map((id) => ({ teamId: "T1", userId: id }));
const decision = fc.record({
  capacity: fc.constantFrom("APPROVER", "ADMIN", "AUTO"),
  verdict: fc.constantFrom("APPROVED" as const, "REJECTED" as const),
  by: actor,
  at: instant,
  comment: fc.option(typedText(2000)),
});

const terms: fc.Arbitrary<Terms> = fc.record({
  consoles: fc.array(fc.record({ id: fc.stringMatching(/^\d{17}$/), name: typedText(300) }), { maxLength: 100 }),
  time: fc.record({
    start: fc.constant({ kind: "onApproval" as const }),
    end: fc.oneof(
      fc.integer({ min: 1, max: 365 * 86_400 }).map((seconds) => ({ kind: "after" as const, seconds })),
      instant.map((at) => ({ kind: "at" as const, at })),
    ),
    workingHours: fc.constant(null),
  }),
});
const change = fc.record({ by: actor, at: instant, before: terms, after: terms });
const proposal = fc
  .record({ change, id: fc.uuid(), comment: fc.option(typedText(2000)) })
  .map(({ change: proposed, ...over }) => ({ ...proposed, ...over }));

export const approval: fc.Arbitrary<Approval> = fc
  .record({
    status: fc.constantFrom<ApprovalStatus>("PENDING", "APPROVED", "REJECTED", "CANCELLED", "EXPIRED", "PASSED"),
    seats: fc.array(
      fc.record({
        id: fc.uuid(),
        holder,
        decision: fc.option(decision),
        insteadOf: fc.option(holder),
        autoApproveFor: fc.constant(null),
      }),
      { maxLength: 30, size: "max" },
    ),
    reassignmentHistory: fc.array(
      fc.record({
        seatId: fc.uuid(),
        from: fc.option(holder),
        to: holder,
        by: fc.option(actor),
        at: instant,
        comment: fc.option(typedText(2000)),
        commentId: fc.constant(null),
        kind: fc.constantFrom("MANUAL_REASSIGNMENT" as const, "ESCALATION" as const, "AUTO_REASSIGNMENT" as const),
      }),
      { maxLength: 5 },
    ),
    comments: fc.array(fc.record({ id: fc.string(), by: actor, at: instant, text: typedText(2000) }), { maxLength: 6 }),
    additionalAttributes: fc.dictionary(typedText(80), typedText(500), { maxKeys: 40 }),
    changes: fc.array(change, { maxLength: 3 }),
    proposal: fc.option(proposal),
    completedAt: fc.option(instant),
    settledBy: fc.option(actor),
  })
  .map((over) => approvalOf(over));

const hours: fc.Arbitrary<WorkingHours> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  start: fc.constantFrom("00:00", "09:30", "22:00"),
  end: fc.constantFrom("06:00", "17:45", "23:59"),
  timeZone,
});

const failure: fc.Arbitrary<Failure> = fc.record({
  code: fc.constantFrom("zpa_timeout", "zpa_refused", "no_longer_known"),
  params: fc.record({ reason: typedText(500) }),
  reference: fc.uuid(),
});

const request: fc.Arbitrary<AccessRequest> = fc
  .record({
    requester: person,
    beneficiary: person,
    reason: typedText(1000),
    origin: fc.constantFrom<AccessRequest["origin"]>("REQUEST", "ON_CALL", "BREAK_GLASS", "RENEWAL", "SAILPOINT"),
    status: fc.constantFrom<AccessRequest["status"]>(
      "PENDING",
      "REJECTED",
      "CANCELLED",
      "EXPIRED",
      "PASSED",
      "GRANTING",
      "GRANTED",
      "FAILED",
      "ENDED",
    ),
    workingHours: fc.option(hours),
    startAt: fc.option(instant),
    failure: fc.option(failure),
    consoles: consoles(100),
  })
  .map(({ workingHours, startAt, ...over }) =>
    requestOf({
      ...over,
      time: {
        start: startAt === null ? { kind: "onApproval" } : { kind: "at", at: startAt },
        end: { kind: "after", seconds: 3600 },
        workingHours,
      },
    }),
  );

const grantedParts = fc.array(
  fc.record({ status: fc.constantFrom<Grant["status"]>("PLANNED", "GRANTED", "FAILED", "ENDED"), failure: fc.option(failure) }),
  { maxLength: 12 },
);

const review: fc.Arbitrary<ReviewStanding> = fc.record({
  id: fc.uuid(),
  userId,
  answer: fc.option(fc.record({ happened: typedText(1000), done: typedText(1000), follows: typedText(1000) })),
  answeredBy: fc.constantFrom("U1", "cli:ops"),
  answeredAt: fc.option(instant),
  isDue: fc.boolean(),
});

export const overview: fc.Arbitrary<RequestOverview> = fc
  .record({
    request,
    approval,
    parts: grantedParts,
    alsoOpens: consoles(30),
    withoutEffect: consoles(30),
    alreadyHolds: fc.array(
      fc.record({ label: fc.constant("PRA-1001"), consoleNames: fc.array(typedText(200), { maxLength: 6 }), window }),
      { maxLength: 9 },
    ),
    window: fc.option(window),
    nextOpenings: fc.array(window, { maxLength: 3 }),
    offsetChanges: fc.array(instant, { maxLength: 4 }),
    review: fc.option(review),
    madeTogether: fc.array(
      fc.nat(1e6).map((number) => `PRA-${number}`),
      { maxLength: 100 },
    ),
    deadline: fc.option(fc.record({ at: instant, result: fc.constantFrom("EXPIRED" as const, "APPROVED" as const) })),
  })
  .map(({ parts, ...over }) => {
    const consoleIds = over.request.consoles.map(({ id }) => id);
    return overviewOf({ ...over, consoles: over.request.consoles, grants: parts.map((part) => grantOf({ ...part, consoleIds })) });
  });

/** What an approval of SailPoint's would open. */
export const forecast: fc.Arbitrary<GovernedForecast> = fc.oneof(
  overview.map(
    ({ request: { reason, time }, consoles: asked, alsoOpens, withoutEffect, window: opened, nextOpenings, crons, offsetChanges }) => ({
      ...{
        kind: "opens" as const,
        attributeNames: [],
        reason,
        time,
        needsOthers: asked.length % 2 === 0,
        consoles: asked,
        alsoOpens,
        withoutEffect,
      },
      ...{ window: opened, nextOpenings, crons, offsetChanges },
    }),
  ),
  fc.record({
    kind: fc.constant("refused" as const),
    refusal: fc.record({ code: fc.constantFrom("console_unknown", "no_longer_known"), params: fc.record({ console: typedText(500) }) }),
  }),
  fc.constant({ kind: "unknown" as const }),
);

export const row: fc.Arbitrary<RequestRow> = fc
  .record({
    requestId: fc.uuid(),
    approvalId: fc.uuid(),
    status: fc.constantFrom<RequestRow["status"]>("PENDING", "GRANTED", "FAILED", "ENDED"),
    requesterUserId: userId,
    beneficiaryUserId: userId,
    consoleNames: fc.array(typedText(200), { maxLength: 100 }),
    reason: typedText(1000),
    window: fc.option(window),
    nextOpening: fc.option(window),
    portalUrl: url,
  })
  .map((over) => rowOf(over));

export const queueRow: fc.Arbitrary<QueueRow> = fc
  .record({
    row,
    dueAt: fc.option(fc.date({ min: at("2026-03-01T00:00:00Z"), max: at("2026-06-01T00:00:00Z"), noInvalidDate: true })),
    isDueSoon: fc.boolean(),
    priority: fc.constantFrom("HIGH", "MEDIUM", "LOW"),
    needsComment: fc.boolean(),
    asks: fc.oneof(
      fc.constant({ kind: "YOU" } as const),
      fc.constant({ kind: "OTHERS" } as const),
      fc.constant({ kind: "GROUP", groupId: "S01PRAAPPR" } as const),
    ),
  })
  .map(({ row: request, ...rest }) => ({ ...request, status: "PENDING", ...rest }));
